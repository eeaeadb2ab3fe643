import { expect, test } from 'vitest'
import { viewTurn } from '../../../../host/learning/analysis/index.ts'

test.each([
  ['question', '¿Qué es lo más importante para ti en este trabajo?', 'Quiero dejar mi trabajo'],
  ['reflection', 'Parece que te sientes muy sola con todo esto.', 'Nadie me ayuda con los niños'],
  ['normalization', 'Es completamente normal sentirse así después de una ruptura.', 'Me siento fatal'],
  ['direct_advice', 'Te recomiendo que hables con tu jefe esta semana.', 'No sé qué hacer'],
  ['silence', 'Tómate tu tiempo.', 'No sé qué hacer con mi vida'],
  ['question', 'Was ist dir an dieser Arbeit am wichtigsten?', 'Ich will kündigen'],
  ['reflection', 'Das klingt so, als ob du dich sehr allein fühlst.', 'Niemand hilft mir mit den Kindern'],
  ['normalization', 'Das ist völlig normal nach so einer Trennung.', 'Mir geht es schlecht'],
  ['direct_advice', 'Ich empfehle dir, diese Woche mit deinem Chef zu sprechen.', 'Ich weiß nicht, was ich tun soll'],
  ['silence', 'Lass dir Zeit.', 'Ich weiß nicht, was ich sagen soll'],
  ['question', 'Qu’est-ce qui compte le plus pour toi dans ce travail ?', 'Je veux démissionner'],
  ['reflection', 'On dirait que tu te sens très seule avec tout ça.', 'Personne ne m’aide avec les enfants'],
  ['normalization', 'C’est tout à fait normal après une rupture.', 'Je me sens mal'],
  ['direct_advice', 'Je te conseille de parler à ton chef cette semaine.', 'Je ne sais pas quoi faire'],
  ['silence', 'Prends ton temps.', 'Je ne sais pas quoi te dire'],
  ['question', 'O que é mais importante para você nesse trabalho?', 'Quero sair do meu emprego'],
  ['reflection', 'Parece que você se sente muito sozinha com tudo isso.', 'Ninguém me ajuda com as crianças'],
  ['normalization', 'É completamente normal depois de uma separação.', 'Me sinto péssima'],
  ['direct_advice', 'Eu recomendo que você fale com seu chefe esta semana.', 'Não sei o que fazer'],
  ['silence', 'Sem pressa, no seu tempo.', 'Não sei o que fazer da minha vida'],
])('a %s is told in the coach’s language: %s', (technique, text, said) => {
  expect(viewTurn(text, [{ from: 'client', text: said }]).technique).toBe(technique)
})

test.each([
  ['María, para. Respira hondo. ¿Qué es lo único que sabes con seguridad?', 'Quiero dejarlo todo ya'],
  ['Anna, stopp. Atme erst einmal tief durch. Was weißt du ganz sicher?', 'Ich will sofort alles hinschmeißen'],
  ['Marie, arrête. Respire un bon coup. Que sais-tu avec certitude ?', 'Je veux tout quitter'],
  ['Ana, calma. Respire fundo. O que você sabe com certeza?', 'Quero largar tudo agora'],
])('pause, grounding and a question are told in: %s', (text, said) => {
  const view = viewTurn(text, [{ from: 'client', text: said }])
  expect(view.structure).toEqual(['interrupt', 'ground', 'question'])
  expect(view.framework).toBe('Grounding')
  expect(view.openingPattern).toMatch(/^\[Name\], /)
})

test('a coach who writes in another language than the client is read in the coach’s own', () => {
  const before = [{ from: 'client' as const, text: 'Quiero dejar mi trabajo porque mi jefe no me escucha' }]
  expect(viewTurn('I would recommend that you talk to him first.', before).technique).toBe('direct_advice')
  expect(viewTurn('Ich empfehle dir, erst mit ihm zu sprechen.', before).technique).toBe('direct_advice')
})
