import type { CrisisService, EmergencyNumber } from './resources.data.ts'
import { directoryOfHelplines, resourcesOf } from './resources.ts'

/** Fixed texts; never written or changed by a model. docs/crisis-resources.md says who has to read them. */
export const noticeIds = [
  'crisis_holding',
  'handoff_holding',
  'ai_disclosure',
  'ai_drafts',
  'ai_answer',
  'out_of_hours',
] as const
export type NoticeId = (typeof noticeIds)[number]

export const noticeLanguages = ['en', 'es', 'de', 'fr', 'pt'] as const
export type NoticeLanguage = (typeof noticeLanguages)[number]

export interface NoticeContext {
  readonly coachName: string
  /** ISO 3166-1 alpha-2; null where it is not known. */
  readonly region: string | null
  /** English unless told. */
  readonly language?: NoticeLanguage
  /** What follows "until" in the notice's own language, such as "Monday, 9:00"; absent where nobody can say. */
  readonly until?: string
}

/** The text of a notice as the client receives it. It asks nothing, and a crisis notice names two places at most. */
export const noticeText = (id: NoticeId, context: NoticeContext): string => {
  const words = wordings[context.language ?? 'en']
  const coach = coachIn(words, context.coachName.trim())
  switch (id) {
    case 'crisis_holding':
      return crisisHolding(words.crisis, coach, context.region)
    case 'handoff_holding':
      return words.handoffHolding(coach)
    case 'ai_disclosure':
      return words.aiDisclosure(coach)
    case 'ai_drafts':
      return words.aiDrafts(coach)
    case 'ai_answer':
      return words.aiAnswer(coach)
    case 'out_of_hours':
      return words.outOfHours(coach, context.until?.trim() || null)
  }
}

interface Coach {
  readonly name: string
  /** As the first words of a sentence. */
  readonly first: string
  /** After the language's word for "of" or "from". */
  readonly of: string
}

interface CrisisWording {
  readonly alerted: (coach: Coach) => string
  readonly inDanger: (whom: string) => string
  readonly emergency: (number: EmergencyNumber) => string
  readonly localEmergency: string
  readonly listeners: (how: string, isOpenNow: boolean) => string
  readonly call: (phone: string) => string
  readonly callOrText: (phone: string) => string
  readonly everyDay: (from: string, to: string) => string
  readonly directory: (site: string) => string
}

interface Wording {
  /** Stands in for a coach who has given no name. */
  readonly unnamed: Coach
  readonly handoffHolding: (coach: Coach) => string
  /** Where the clone answers by itself. */
  readonly aiDisclosure: (coach: Coach) => string
  /** Where the coach approves every answer first. */
  readonly aiDrafts: (coach: Coach) => string
  readonly aiAnswer: (coach: Coach) => string
  readonly outOfHours: (coach: Coach, until: string | null) => string
  readonly crisis: CrisisWording
}

const coachIn = ({ unnamed }: Wording, name: string): Coach => (name === '' ? unnamed : { name, first: name, of: name })

const crisisHolding = (words: CrisisWording, coach: Coach, region: string | null): string => {
  const local = resourcesOf(region)
  return [
    words.alerted(coach),
    words.inDanger(local ? words.emergency(local.emergency) : words.localEmergency),
    local?.service ? listenersOf(words, local.service) : words.directory(directoryOfHelplines),
  ].join(' ')
}

const listenersOf = (words: CrisisWording, { name, phone, takesTexts, hours }: CrisisService): string => {
  const how = `${name}, ${takesTexts ? words.callOrText(phone) : words.call(phone)}`
  return hours === 'always'
    ? words.listeners(how, true)
    : words.listeners(`${how} (${words.everyDay(hours.from, hours.to)})`, false)
}

const english: Wording = {
  unnamed: { name: 'your coach', first: 'Your coach', of: 'your coach' },
  handoffHolding: ({ name }) => `I've let ${name} know; they'll answer you personally.`,
  aiDisclosure: ({ name, of }) =>
    `Hello, I'm the AI clone of ${of}, not a person. I answer first, and ${name} reads along. If you would rather hear from ${of} directly, just say so.`,
  aiDrafts: ({ name, of }) =>
    `Hello, one thing before the answer: ${name} uses an AI to help write replies and reads each one before it is sent. If you would rather hear from ${of} without that help, just say so.`,
  aiAnswer: ({ first, of }) =>
    `Yes, I'm an AI: the AI clone of ${of}, not a person. ${first} reads along; if you want to hear from them directly, just say so.`,
  outOfHours: ({ first }, until) =>
    `${first} and I are away ${until ? `until ${until}` : 'at the moment'}. I have your message and it will be answered ${until ? 'then' : 'when we are back'}. If you are in danger, please call your local emergency number.`,
  crisis: {
    alerted: ({ name }) => `Thank you for telling me. I have alerted ${name}, who will answer you personally.`,
    inDanger: (whom) => `If you or someone else is in immediate danger, please call ${whom}.`,
    emergency: (number) =>
      'all' in number ? number.all : `${number.ambulance} (ambulance) or ${number.police} (police)`,
    localEmergency: 'your local emergency number',
    listeners: (how, isOpenNow) => `You can also reach people who listen${isOpenNow ? ' right now' : ''}: ${how}.`,
    call: (phone) => `call ${phone}`,
    callOrText: (phone) => `call or text ${phone}`,
    everyDay: (from, to) => `every day from ${from} to ${to}`,
    directory: (site) =>
      `You can also find people who listen right now at ${site}: it lists free helplines by country.`,
  },
}

/** Informal (tú), as coaches and clients mostly write; worded alike for Spain and Latin America. */
const spanish: Wording = {
  unnamed: { name: 'tu coach', first: 'Tu coach', of: 'tu coach' },
  handoffHolding: ({ name }) => `He avisado a ${name}; te responderá personalmente.`,
  aiDisclosure: ({ name, of }) =>
    `Hola, soy el clon de IA de ${of}, no una persona. Yo respondo primero y ${name} lee lo que escribimos. Si prefieres hablar directamente con ${name}, solo tienes que decirlo.`,
  aiDrafts: ({ name }) =>
    `Hola, una cosa antes de la respuesta: ${name} usa una IA que ayuda a escribir las respuestas y lee cada una antes de que se envíe. Si prefieres hablar con ${name} sin esa ayuda, solo tienes que decirlo.`,
  aiAnswer: ({ name, first, of }) =>
    `Sí, soy una IA: el clon de IA de ${of}, no una persona. ${first} lee lo que escribimos; si prefieres hablar directamente con ${name}, solo tienes que decirlo.`,
  outOfHours: ({ first }, until) =>
    `${first} y yo no estamos ${until ? `hasta ${until}` : 'en este momento'}. Tengo tu mensaje y recibirás respuesta ${until ? 'entonces' : 'cuando volvamos'}. Si estás en peligro, llama al número local de emergencias.`,
  crisis: {
    alerted: ({ name }) => `Gracias por contármelo. He avisado a ${name}, que te responderá personalmente.`,
    inDanger: (whom) => `Si hay peligro inmediato para ti o para otra persona, llama ${whom}.`,
    emergency: (number) =>
      'all' in number ? `al ${number.all}` : `al ${number.ambulance} (ambulancia) o al ${number.police} (policía)`,
    localEmergency: 'al número local de emergencias',
    listeners: (how, isOpenNow) =>
      `También puedes hablar${isOpenNow ? ' ahora mismo' : ''} con personas que escuchan: ${how}.`,
    call: (phone) => `llama al ${phone}`,
    callOrText: (phone) => `llama o escribe un mensaje al ${phone}`,
    everyDay: (from, to) => `todos los días de ${from} a ${to}`,
    directory: (site) =>
      `También puedes encontrar ahora mismo a personas que escuchan en ${site}, que reúne líneas de ayuda gratuitas por país.`,
  },
}

/** Formal (Sie): a stranger in distress is not addressed as a friend. */
const german: Wording = {
  unnamed: { name: 'Ihr Coach', first: 'Ihr Coach', of: 'Ihrem Coach' },
  handoffHolding: ({ first }) => `${first} weiß Bescheid und wird Ihnen persönlich antworten.`,
  aiDisclosure: ({ name, of }) =>
    `Guten Tag, ich bin der KI-Klon von ${of}, kein Mensch. Ich antworte zuerst, und ${name} liest mit. Wenn Sie lieber direkt von ${of} hören möchten, sagen Sie es einfach.`,
  aiDrafts: ({ name, of }) =>
    `Guten Tag, eines vor der Antwort: ${name} lässt sich von einer KI beim Schreiben helfen und liest jede Antwort, bevor sie abgeschickt wird. Wenn Sie lieber ohne diese Hilfe von ${of} hören möchten, sagen Sie es einfach.`,
  aiAnswer: ({ first, of }) =>
    `Ja, ich bin eine KI: der KI-Klon von ${of}, kein Mensch. ${first} liest mit; wenn Sie lieber direkt von ${of} hören möchten, sagen Sie es einfach.`,
  outOfHours: ({ first }, until) =>
    `${first} und ich sind ${until ? `bis ${until}` : 'gerade'} nicht da. Ihre Nachricht ist angekommen und wird ${until ? 'dann beantwortet' : 'beantwortet, sobald wir zurück sind'}. Wenn Sie in Gefahr sind, rufen Sie bitte die örtliche Notrufnummer an.`,
  crisis: {
    alerted: ({ first }) =>
      `Danke, dass Sie mir das gesagt haben. ${first} ist benachrichtigt und wird Ihnen persönlich antworten.`,
    inDanger: (whom) => `Wenn für Sie oder jemand anderen unmittelbare Gefahr besteht, rufen Sie bitte ${whom} an.`,
    emergency: (number) =>
      'all' in number ? number.all : `${number.ambulance} (Rettungsdienst) oder ${number.police} (Polizei)`,
    localEmergency: 'die örtliche Notrufnummer',
    listeners: (how, isOpenNow) =>
      `Menschen, die zuhören, erreichen Sie ${isOpenNow ? 'auch jetzt sofort' : 'auch hier'}: ${how}.`,
    call: (phone) => `Telefon ${phone}`,
    callOrText: (phone) => `Telefon oder SMS ${phone}`,
    everyDay: (from, to) => `täglich von ${from} bis ${to} Uhr`,
    directory: (site) =>
      `Menschen, die zuhören, finden Sie auch jetzt sofort auf ${site}, einem Verzeichnis kostenloser Hilfetelefone nach Ländern.`,
  },
}

/** Formal (vous). The name never follows "de", which would have to change before a vowel. */
const french: Wording = {
  unnamed: { name: 'votre coach', first: 'Votre coach', of: 'votre coach' },
  handoffHolding: ({ name }) => `J’ai prévenu ${name}, qui vous répondra personnellement.`,
  aiDisclosure: ({ name }) =>
    `Bonjour, je suis le clone IA qui écrit pour ${name}, pas une personne. Je réponds en premier et ${name} lit nos échanges. Si vous préférez parler directement avec ${name}, il suffit de le dire.`,
  aiDrafts: ({ name }) =>
    `Bonjour, un mot avant la réponse : ${name} se fait aider par une IA pour écrire et lit chaque réponse avant son envoi. Si vous préférez échanger avec ${name} sans cette aide, il suffit de le dire.`,
  aiAnswer: ({ name, first }) =>
    `Oui, je suis une IA : le clone IA qui écrit pour ${name}, pas une personne. ${first} lit nos échanges ; si vous préférez parler directement avec ${name}, il suffit de le dire.`,
  outOfHours: ({ first }, until) =>
    `${first} et moi ne sommes pas disponibles ${until ? `jusqu’à ${until}` : 'en ce moment'}. J’ai bien reçu votre message et vous aurez une réponse ${until ? 'à ce moment-là' : 'à notre retour'}. Si vous êtes en danger, appelez le numéro d’urgence local.`,
  crisis: {
    alerted: ({ name }) => `Merci de me l’avoir dit. J’ai prévenu ${name}, qui vous répondra personnellement.`,
    inDanger: (whom) => `En cas de danger immédiat pour vous ou pour quelqu’un d’autre, appelez ${whom}.`,
    emergency: (number) =>
      'all' in number ? `le ${number.all}` : `le ${number.ambulance} (ambulance) ou le ${number.police} (police)`,
    localEmergency: 'le numéro d’urgence local',
    listeners: (how, isOpenNow) =>
      `Vous pouvez aussi parler${isOpenNow ? ' dès maintenant' : ''} à des personnes qui écoutent : ${how}.`,
    call: (phone) => `appelez le ${phone}`,
    callOrText: (phone) => `par téléphone ou SMS au ${phone}`,
    everyDay: (from, to) => `tous les jours de ${from} à ${to}`,
    directory: (site) =>
      `Vous trouverez aussi dès maintenant des personnes qui écoutent sur ${site}, qui recense des lignes d’écoute gratuites par pays.`,
  },
}

/** Third person without a pronoun where it can be: polite in Portugal, ordinary in Brazil. */
const portuguese: Wording = {
  unnamed: { name: 'o seu coach', first: 'O seu coach', of: 'seu coach' },
  handoffHolding: ({ name }) => `Avisei ${name}, que vai responder pessoalmente.`,
  aiDisclosure: ({ name, of }) =>
    `Olá, sou o clone de IA de ${of}, não uma pessoa. Respondo primeiro, e ${name} lê o que escrevemos. Se preferir falar diretamente com ${name}, basta dizer.`,
  aiDrafts: ({ name }) =>
    `Olá, uma coisa antes da resposta: ${name} usa uma IA que ajuda a escrever as respostas e lê cada uma antes de ser enviada. Se preferir falar com ${name} sem essa ajuda, basta dizer.`,
  aiAnswer: ({ name, first, of }) =>
    `Sim, sou uma IA: o clone de IA de ${of}, não uma pessoa. ${first} lê o que escrevemos; se preferir falar diretamente com ${name}, basta dizer.`,
  outOfHours: ({ first }, until) =>
    `${first} e eu não estamos ${until ? `até ${until}` : 'neste momento'}. Tenho a sua mensagem e ela será respondida ${until ? 'então' : 'quando voltarmos'}. Se estiver em perigo, ligue para o número de emergência local.`,
  crisis: {
    alerted: ({ name }) => `Agradeço por me contar isso. Avisei ${name}, que vai responder pessoalmente.`,
    inDanger: (whom) => `Se houver perigo imediato para você ou para outra pessoa, ligue para ${whom}.`,
    emergency: (number) =>
      'all' in number ? `o ${number.all}` : `o ${number.ambulance} (ambulância) ou o ${number.police} (polícia)`,
    localEmergency: 'o número de emergência local',
    listeners: (how, isOpenNow) =>
      `Também pode falar${isOpenNow ? ' agora mesmo' : ''} com pessoas que escutam: ${how}.`,
    call: (phone) => `ligue para o ${phone}`,
    callOrText: (phone) => `ligue ou envie uma mensagem para o ${phone}`,
    everyDay: (from, to) => `todos os dias das ${from} às ${to}`,
    directory: (site) =>
      `Também pode encontrar agora mesmo pessoas que escutam em ${site}, que reúne linhas de apoio gratuitas por país.`,
  },
}

const wordings = {
  en: english,
  es: spanish,
  de: german,
  fr: french,
  pt: portuguese,
} satisfies Record<NoticeLanguage, Wording>
