import { seededRandom } from '../tests/soak/random.ts'

/** Sentences as clients write them, five languages, everyday and grave, from which messages are put together. */
const sentences: readonly (readonly string[])[] = [
  [
    'I tried the morning walk on Monday and Tuesday, then it rained and I stayed in bed.',
    'My manager moved the deadline again and I said nothing, as always.',
    'honestly this week was ok, slept better too',
    'Do you think I should talk to her before the meeting or after?',
    "I'm thinking about handing in my notice tomorrow.",
    "What's the point of any of it, I am so tired of everything.",
    'Thank you, the breathing thing before the call really helped!!',
    'Sorry for the late answer, the kids were ill.',
    'Could I speak to you directly, not to the computer?',
    'We had another fight about money and I slammed the door.',
  ],
  [
    'Hoy por fin hablé con mi hermana y fue mejor de lo que pensaba.',
    'No duermo bien desde hace tres semanas y en el trabajo no doy una.',
    '¿Crees que debería pedir la reducción de jornada ya o esperar a enero?',
    'me da mucha vergüenza contarlo pero volví a fumar',
    'A veces pienso que todos estarían mejor sin mí.',
    'Gracias, lo de escribir tres cosas buenas me está funcionando.',
    'Quiero dejar el piso esta misma semana, ya no aguanto.',
    '¿Podría hablar con una persona, por favor?',
  ],
  [
    'Heute habe ich die Präsentation gehalten und niemand hat gelacht, immerhin.',
    'Ich komme einfach nicht aus dem Bett, obwohl ich früh schlafen gehe.',
    'Meinst du, ich soll das Angebot annehmen? Ich muss bis Freitag zusagen.',
    'war am wochenende bei meinen eltern, anstrengend wie immer',
    'Manchmal denke ich, es wäre leichter, wenn ich nicht mehr da wäre.',
    'Danke dir, die kleine Liste am Abend hilft mir wirklich.',
    'Ich möchte bitte mit einem Menschen sprechen.',
    'Die Nachbarn streiten wieder und ich kann mich nicht konzentrieren.',
  ],
  [
    "J'ai enfin appelé le médecin, le rendez-vous est la semaine prochaine.",
    "Mon chef m'a encore coupé la parole devant tout le monde.",
    'Tu penses que je devrais en parler à mon mari ce soir ou attendre un peu ?',
    'bof, pas grand-chose à raconter cette semaine',
    "Je n'en peux plus, je voudrais que tout s'arrête.",
    'Merci, les dix minutes de marche après le déjeuner me font du bien.',
    'Est-ce que je peux parler à une vraie personne ?',
    "Je vais démissionner lundi, c'est décidé.",
  ],
  [
    'Consegui correr vinte minutos sem parar, nem acredito!',
    'A minha mãe voltou a criticar a forma como educo os miúdos.',
    'Achas que devo aceitar a proposta de Lisboa ou ficar onde estou?',
    'desculpa o silêncio, semana complicada no trabalho',
    'Já não vejo sentido em nada e só me apetece desaparecer.',
    'Obrigado, o exercício da respiração ajudou antes da reunião.',
    'Posso falar com uma pessoa a sério?',
    'Vou vender a casa este mês e mudar de país.',
  ],
]

/** So many messages of one to five sentences, each in one language; the same at every run. */
export const clientTexts = (count: number): string[] => {
  const random = seededRandom(11)
  const pick = <Item>(items: readonly Item[], other: Item): Item => items[Math.floor(random() * items.length)] ?? other
  return Array.from({ length: count }, () => {
    const language = pick(sentences, [])
    return Array.from({ length: 1 + Math.floor(random() ** 2 * 5) }, () => pick(language, '')).join(' ')
  })
}
