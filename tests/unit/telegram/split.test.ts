import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitText } from '../../../host/channels/telegram/split.ts'

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The white space between the pieces, or undefined where they are not the text without it. */
const between = (text: string, pieces: readonly string[]): string[] | undefined => {
  const gaps: string[] = []
  let at = 0
  for (const piece of pieces) {
    const found = text.indexOf(piece, at)
    if (found === -1) return undefined
    gaps.push(text.slice(at, found))
    at = found + piece.length
  }
  return [...gaps, text.slice(at)]
}

const words = fc.string({
  unit: fc.constantFrom('a', 'é', 'e\u0301', '👩‍👩‍👧', '🇩🇪', '👍🏽', '.', '!', ' ', '\n', '\r\n', '\t', '  '),
  maxLength: 400,
})

describe('a long text', () => {
  test('is all there in its pieces but for white space at the borders', () => {
    fc.assert(
      fc.property(
        fc.oneof(words, fc.string({ maxLength: 300, unit: 'binary' })),
        fc.integer({ min: 24, max: 80 }),
        (text, limit) => {
          const pieces = splitText(text, limit)
          const gaps = between(text, pieces)
          expect(gaps?.every((gap) => gap.trim() === '')).toBe(true)
          expect(pieces.every((piece) => piece.length > 0 && piece.length <= limit && piece === piece.trim())).toBe(
            true,
          )
        },
      ),
      { seed: 20261121, numRuns: 2_000 },
    )
  })

  test('is never cut inside a character that people see as one', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 24, max: 80 }), (text, limit) => {
        const borders = new Set([...graphemes.segment(text)].map((segment) => segment.index))
        let at = 0
        for (const piece of splitText(text, limit)) {
          const found = text.indexOf(piece, at)
          expect(borders.has(found)).toBe(true)
          at = found + piece.length
        }
      }),
      { seed: 20261121, numRuns: 2_000 },
    )
  })

  test('is cut between paragraphs first, then lines, sentences and words', () => {
    expect(splitText('one two\n\nthree. four\nfive', 24)).toEqual(['one two\n\nthree. four', 'five'])
    expect(splitText('One two three. Four five six seven', 24)).toEqual(['One two three.', 'Four five six seven'])
    expect(splitText('one two three four five six', 20)).toEqual(['one two three four', 'five six'])
    expect(splitText('x'.repeat(50), 20)).toEqual(['x'.repeat(20), 'x'.repeat(20), 'x'.repeat(10)])
  })

  test('of white space alone has no pieces', () => {
    expect(splitText(' \n\t ')).toEqual([])
    expect(splitText(`a${' '.repeat(9_000)}b`)).toEqual(['a', 'b'])
    expect(splitText(`a${'\n'.repeat(9_000)}b${' \n'.repeat(9_000)}`)).toEqual(['a', 'b'])
  })
})
