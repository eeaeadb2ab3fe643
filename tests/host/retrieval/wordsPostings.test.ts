import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPostings } from '../../../host/retrieval/words/postings.ts'
import { seededRandom } from '../../soak/random.ts'

describe('which passages hold which terms', () => {
  it('is kept as it was given, over blocks and gaps', () => {
    const random = seededRandom(5)
    const postings = createPostings()
    const passages = Array.from({ length: 9_000 }, () =>
      Int32Array.from({ length: Math.floor(random() * 12) }, () => Math.floor(random() ** 4 * 3_000)),
    )
    for (const [slot, terms] of passages.entries()) expect(postings.add(terms, terms.length)).toBe(slot)
    for (const term of [1, 2, 7, 100, 1_500, 2_999, 5_000]) {
      const expected = passages.flatMap((terms, slot) => {
        const times = terms.filter((one) => one === term).length
        return times === 0 ? [] : [[slot, times]]
      })
      const found: number[][] = []
      postings.forEach(term, (slot, times) => found.push([slot, times]))
      expect(found).toEqual(expected)
      expect(postings.documentFrequency(term)).toBe(expected.length)
    }
    expect(postings.size()).toBe(9_000)
    expect(postings.totalLength()).toBe(
      passages.reduce((sum, terms) => sum + terms.filter((one) => one !== 0).length, 0),
    )
  })

  it('takes terms up to 30 bits, many times in one passage, and more after it was asked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 2 ** 30 - 1 }), fc.integer({ min: 1, max: 200 })), {
          minLength: 1,
          maxLength: 8,
        }),
        (passages) => {
          const postings = createPostings()
          for (const [slot, [term, times]] of passages.entries()) {
            postings.add(new Int32Array(times).fill(term), times)
            const found: number[][] = []
            postings.forEach(term, (at, count) => found.push([at, count]))
            expect(found.at(-1)).toEqual([slot, Math.min(times, 127)])
            expect(postings.lengthOf(slot)).toBe(times)
          }
        },
      ),
      { seed: 6, numRuns: 60 },
    )
  })
})
