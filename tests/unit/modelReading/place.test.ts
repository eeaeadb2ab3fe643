import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placesOf } from '../../../host/modelReading/index.ts'

const found = (message: string, quote: string): string[] =>
  placesOf(message, quote).map(({ start, finish }) => message.slice(start, finish))

describe('a quote is found in its message', () => {
  test.each([
    ['I want to run.', 'want to run', 'want to run'],
    ['I WANT to run.', 'i want to run', 'I WANT to run'],
    ['I don’t sleep.', "I don't sleep", 'I don’t sleep'],
    ['so   much\n room', 'so much room', 'so   much\n room'],
    ['Mein Name ist Mueller.', 'Name ist Müller', 'Name ist Mueller'],
    ['Mein Name ist Müller.', 'Name ist Mueller', 'Name ist Müller'],
    ['Ich heiße Strauß.', 'ich heisse Strauss', 'Ich heiße Strauß'],
    ['The cafe\u0301 by the sea', 'caf\u00e9 by', 'cafe\u0301 by'],
    ['The caf\u00e9 by the sea', 'cafe\u0301 by', 'caf\u00e9 by'],
    ['[[ brackets ]] and ⟦marks⟧', '[[marks]]', '⟦marks⟧'],
    ['I said “no” to him', '"I said \\"no\\" to him."'.replaceAll('\\', ''), 'I said “no” to him'],
    ['我想学意大利语。', '学意大利语', '学意大利语'],
    ['Wow 🎉 I passed', '🎉 I passed', '🎉 I passed'],
  ])('%s: %s', (message, quote, words) => {
    expect(found(message, quote)).toEqual([words])
  })

  test('as often as it stands there', () => {
    expect(found('No time. Really no time.', 'no time')).toEqual(['No time', 'no time'])
  })

  test.each([
    ['I started art school', 'tar'],
    ['I started art school', 'started art schoo'],
    ['I want to run.', 'I want to swim'],
    ['I want to run.', '…'],
    ['I want to run.', ''],
  ])('and nowhere else: %s, %s', (message, quote) => {
    expect(found(message, quote)).toEqual([])
  })
})

test('whatever the texts are, a place lies within the message, and any run of its words is found', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (message, quote) => {
      for (const { start, finish } of placesOf(message, quote)) {
        expect(start).toBeGreaterThanOrEqual(0)
        expect(finish).toBeLessThanOrEqual(message.length)
        expect(start).toBeLessThan(finish)
      }
    }),
  )
  const word = fc.stringMatching(/^[a-zäöüßé]{1,8}$/u)
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), fc.nat(7), fc.nat(7), (words, a, b) => {
      const [from, to] = [Math.min(a, b) % words.length, Math.max(a, b) % words.length]
      const quote = words.slice(Math.min(from, to), Math.max(from, to) + 1).join(' ')
      expect(found(words.join(' '), quote.toUpperCase())).not.toEqual([])
    }),
  )
})
