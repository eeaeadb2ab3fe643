import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changesBetween, editDistance, wordDiff } from '../../../host/learning/drafts/index.ts'
import { changeKinds } from '../../../shared/taxonomy/learning.ts'

const kinds = (draft: string, sent: string) => changesBetween(draft, sent).kinds

const long =
  'That sounds like a very full week, and I can see how many things came together at once. What would you like to look at first today, and what can wait until later?'
const short = 'A very full week. What would you like to look at first today?'

describe('the coach', () => {
  test.each([
    ['shorter', long, short],
    ['longer', short, long],
    ['question_removed', 'You did it. How was that for you?', 'You did it.'],
    ['question_added', 'You did it.', 'You did it. How was that for you?'],
    ['emoji_removed', 'You did it 🎉 Well done!', 'You did it Well done!'],
    ['emoji_added', 'You did it', 'You did it ❤️'],
    ['greeting_removed', 'Hi Ann, you kept at it.', 'You kept at it.'],
    ['greeting_added', 'You kept at it.', 'Good morning Ann, you kept at it.'],
    ['advice_removed', 'It is late. You should go for a walk. Sleep well.', 'It is late. Sleep well.'],
    ['advice_added', 'It is late. Sleep well.', 'It is late. Try to write down one thing. Sleep well.'],
    ['warmer', 'Tell me more about that meeting.', 'That sounds really hard. Tell me more about that meeting.'],
    ['more_direct', 'Maybe you could perhaps call her today.', 'Call her today.'],
    ['more_formal', "I'm glad you're here, it's good.", 'I am glad you are here, it is good.'],
    ['more_casual', 'I am glad you are here, it is good.', "I'm glad you're here, it's good."],
    ['fact_corrected', 'We speak on Monday at 10:30 again.', 'We speak on Tuesday at 10:30 again.'],
    ['fact_corrected', 'That is your 3rd week of 12 in a row.', 'That is your 4th week of 12 in a row.'],
    ['fact_corrected', 'You told me that Peter was late again.', 'You told me that Paul was late again.'],
    ['phrase_removed', 'I hear you. Tell me about the meeting.', 'Tell me about the meeting.'],
    ['phrase_added', 'Tell me about the meeting.', 'Let us slow down. Tell me about the meeting.'],
    ['rewritten', 'Tell me about the meeting you had.', 'Before we burn bridges, breathe. One thing at once.'],
  ] as const)('makes a draft %s', (kind, draft, sent) => {
    expect(kinds(draft, sent)).toContain(kind)
  })

  test.each([
    ['en', 'Good evening. You should rest. Monday then?', 'Rest well.'],
    ['de', 'Guten Abend. Du solltest schlafen. Montag dann?', 'Schlaf gut.'],
    ['es', 'Buenas noches. Deberías descansar. ¿El lunes entonces?', 'Descansa.'],
    ['fr', 'Bonsoir. Tu devrais te reposer. Lundi alors ?', 'Repose-toi.'],
    ['pt', 'Boa noite. Você deveria descansar. Segunda então?', 'Descansa.'],
  ])('in %s takes out a greeting, advice and a question, and puts them in', (_, draft, sent) => {
    expect(kinds(draft, sent)).toEqual(
      expect.arrayContaining(['shorter', 'greeting_removed', 'advice_removed', 'question_removed']),
    )
    expect(kinds(sent, draft)).toEqual(
      expect.arrayContaining(['longer', 'greeting_added', 'advice_added', 'question_added']),
    )
  })

  test.each([
    [
      'de',
      'Wie geht es Ihnen heute, und was möchten Sie erzählen?',
      'Wie geht es dir heute, und was möchtest du erzählen?',
    ],
    ['es', '¿Cómo está usted hoy, y qué quiere contar?', '¿Cómo estás tú hoy, y qué quieres contar?'],
    [
      'fr',
      'Comment allez-vous, et que voulez-vous me dire de votre jour ?',
      'Comment vas-tu, et que veux-tu me dire de ton jour ?',
    ],
    ['pt', 'Como está o senhor hoje, e o que quer contar?', 'Como você está hoje, e o que quer contar?'],
  ])('in %s goes from the formal address to the casual, and back', (_, formal, casual) => {
    expect(kinds(formal, casual)).toContain('more_casual')
    expect(kinds(casual, formal)).toContain('more_formal')
  })

  test.each([
    ['de', 'Erzähl mir von dem Treffen.', 'Das klingt wirklich schwer. Erzähl mir von dem Treffen.'],
    ['es', 'Cuéntame de la reunión.', 'Te entiendo, suena muy duro. Cuéntame de la reunión.'],
    ['fr', 'Parle-moi de la réunion.', 'Je te comprends, merci. Parle-moi de la réunion.'],
    ['pt', 'Conta-me da reunião.', 'Sinto muito, parece difícil. Conta-me da reunião.'],
  ])('in %s makes it warmer', (_, draft, sent) => {
    expect(kinds(draft, sent)).toContain('warmer')
    expect(kinds(sent, draft)).not.toContain('warmer')
  })
})

describe('nothing is made of nothing', () => {
  test('a draft sent as it was has no kinds', () => {
    expect(changesBetween(long, long)).toMatchObject({ kinds: [], editDistance: 0, summary: 'Sent as it was' })
    expect(changesBetween('', '')).toMatchObject({ kinds: [], editDistance: 0 })
  })

  test('a comma, a capital or a curly apostrophe is no change of any kind', () => {
    expect(kinds("I'm here, take your time", 'I’m here — take your time.')).toEqual([])
  })

  test('a name in German is told from no other noun, so a changed noun corrects no fact', () => {
    expect(
      kinds('Wir sprechen über den Termin und die Woche.', 'Wir sprechen über das Treffen und die Woche.'),
    ).not.toContain('fact_corrected')
  })

  test('the summary says what changed in numbers and closed words, never in the words of the message', () => {
    const { summary } = changesBetween('Hi Zoë, call Quentin today? 🎉', 'Call him.')
    expect(summary).toBe(
      '3 words shorter, a question less, the greeting taken out, an emoji taken out, a phrase added, a phrase taken out, written anew',
    )
  })
})

describe('whatever the texts are', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.lorem({ mode: 'sentences', maxCount: 6 }),
    fc.constantFrom('', '\u0000', '🎉', '⟦client message⟧', 'Hi', '\ud800', '<b>a</b>'),
  )

  test('the distance is 0 exactly for the same text, at most 1, and the same both ways', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const distance = editDistance(a, b)
        expect(distance === 0).toBe(a === b)
        expect(distance).toBeLessThanOrEqual(1)
        expect(editDistance(b, a)).toBe(distance)
      }),
      { seed: 6, numRuns: 300 },
    )
  })

  test('a change and its opposite are never both found, kinds come in one order, and both ways mirror each other', () => {
    const pairs = [
      ['shorter', 'longer'],
      ['question_added', 'question_removed'],
      ['advice_added', 'advice_removed'],
      ['greeting_added', 'greeting_removed'],
      ['emoji_added', 'emoji_removed'],
      ['more_formal', 'more_casual'],
    ] as const
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [there, back] = [kinds(a, b), kinds(b, a)]
        expect(there).toEqual(changeKinds.filter((kind) => there.includes(kind)))
        for (const [one, other] of pairs) {
          expect(there.includes(one) && there.includes(other)).toBe(false)
          if (one === 'shorter' || one === 'more_formal') continue
          expect(back.includes(other)).toBe(there.includes(one))
        }
      }),
      { seed: 7, numRuns: 300 },
    )
  })

  test('the comparison holds every character of both texts, in order', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const parts = wordDiff(a, b)
        const without = (change: 'added' | 'removed') =>
          parts
            .filter((part) => part.change !== change)
            .map((part) => part.text)
            .join('')
        expect(without('removed')).toBe(b)
        expect(without('added')).toBe(a)
      }),
      { seed: 8, numRuns: 300 },
    )
  })

  test('100 kB are judged, and compared', () => {
    const a = Array.from({ length: 14_000 }, (_, index) => `word${index % 97}`).join(' ')
    const b = Array.from({ length: 9_000 }, (_, index) => `other${index % 89}`).join(' ')
    expect(changesBetween(a, b)).toMatchObject({ editDistance: 1 })
    expect(changesBetween(a, `${a} More.`).editDistance).toBeLessThan(0.001)
    expect(wordDiff(a, b).map(({ change }) => change)).toEqual(['removed', 'added'])
  })
})
