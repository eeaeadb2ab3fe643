import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tokenise } from '../../../host/signals/normalise.ts'
import { compilePhrases } from '../../../host/signals/pattern.ts'

const words = (text: string) => tokenise(text).map((token) => token.word)

describe('words', () => {
  test('lose curly apostrophes, case and invisible characters', () => {
    expect(words('I’m DON\u200bT it’s')).toEqual(['im', 'dont', 'its'])
  })

  test('that mix scripts are read as Latin; words of another script stay as they are', () => {
    expect(words('кill mуself')).toEqual(['kill', 'myself'])
    expect(words('мама дома')).toEqual(['мама', 'дома'])
  })

  test('keep their accents', () => {
    expect(words('déjà vu, mañana')).toEqual(['déjà', 'vu', 'mañana'])
  })

  test('that are spelled letter by letter become one', () => {
    expect(words('i want to d i e')).toEqual(['i', 'want', 'to', 'die'])
    expect(words('k-i-l-l')).toEqual(['kill'])
    expect(words('plan a or b')).toEqual(['plan', 'a', 'or', 'b'])
  })

  test('know where they stand in the original text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        let last = 0
        for (const { start, end } of tokenise(text)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(text.length)
          last = end
        }
      }),
      { seed: 11, numRuns: 300 },
    )
  })
})

describe('a phrase', () => {
  const finds = (phrase: string, text: string, groups = {}, never = new Set<string>()) =>
    compilePhrases([{ phrase, value: true }], groups, never).find(tokenise(text)).length > 0

  test('matches alternatives, groups, options, skips and the end of a sentence', () => {
    expect(finds('give|giving up', 'I am giving up')).toBe(true)
    expect(finds('@who left', 'my old dog left', { who: ['my_old dog', 'cat'] })).toBe(true)
    expect(finds('so very? tired', 'so tired')).toBe(true)
    expect(finds('end ~2 life', 'end this whole life')).toBe(true)
    expect(finds('end ~2 life', 'end this whole sad life')).toBe(false)
    expect(finds('stop $', 'please stop. Now')).toBe(true)
    expect(finds('stop $', 'please stop it')).toBe(false)
  })

  test('does not skip over the end of a sentence, nor over a word that turns its meaning', () => {
    expect(finds('he ~2 hits', 'He left. Nobody hits')).toBe(false)
    expect(finds('he ~2 hits', 'he never hits', {}, new Set(['never']))).toBe(false)
  })

  test('with an unknown group is refused', () => {
    expect(() => compilePhrases([{ phrase: '@nobody', value: 1 }], {})).toThrow('@nobody')
  })
})
