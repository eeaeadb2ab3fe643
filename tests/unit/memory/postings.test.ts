import { expect, it } from 'vitest'
import { createPostings } from '../../../host/memory/messageSearch/postings.ts'
import { seededRandom } from '../../soak/random.ts'

const bufferOf = (terms: readonly number[]) => ({ terms: Int32Array.from(terms), length: terms.length })

it('holds what a plain table of turns and terms would hold, however often it was packed and changed', () => {
  const random = seededRandom(3)
  const postings = createPostings()
  const table: number[][] = []
  const someTerms = (): number[] =>
    Array.from({ length: Math.floor(random() * 12) }, () => Math.floor(random() ** 2 * 300))
  for (let slot = 0; slot < 6_000; slot += 1) {
    table.push(someTerms())
    expect(postings.add(slot, bufferOf(table[slot] ?? []))).toBe(table[slot]?.filter((term) => term !== 0).length)
    if (random() > 0.05) continue
    const changed = Math.floor(random() * table.length)
    table[changed] = someTerms()
    postings.clear(changed)
    postings.add(changed, bufferOf(table[changed]))
  }
  for (let term = 1; term < 300; term += 7) {
    const held = new Map<number, number>()
    postings.forEach(term, (slot, times) => {
      expect(held.has(slot)).toBe(false)
      held.set(slot, times)
    })
    const expected = table.flatMap((terms, slot) => {
      const times = terms.filter((one) => one === term).length
      return times === 0 ? [] : [[slot, times] as const]
    })
    expect([...held].sort(([one], [other]) => one - other)).toEqual(expected)
  }
})

it('counts a term up to 127 times in one turn', () => {
  const postings = createPostings()
  postings.add(0, bufferOf(Array.from({ length: 500 }, () => 9)))
  const seen: [number, number][] = []
  postings.forEach(9, (slot, times) => seen.push([slot, times]))
  expect(seen).toEqual([[0, 127]])
})
