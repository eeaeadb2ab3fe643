import { expect, test } from 'vitest'
import { createFuser } from '../../../host/retrieval/hybrid.ts'
import { openShelf } from './shelf.ts'

const everything = { reader: { kind: 'coach' } } as const

test('of two documents found nearly alike, the one that replies have used comes first; a clearly better find stays first', () => {
  const shelf = openShelf()
  const [fresh = 0] = shelf.add({ id: 'fresh', texts: ['A habit grows where it is small.'] })
  const [proven = 0] = shelf.add({ id: 'proven', texts: ['Small steps make a habit last.'], timesUsed: 20 })
  const others = Array.from(
    { length: 8 },
    (_, at) => shelf.add({ id: `other ${at}`, texts: [`Matter ${at} of ten.`] })[0] ?? 0,
  )
  const fuser = createFuser(shelf.reading)
  const order = (...seqs: number[]) =>
    fuser({ words: seqs.map((chunkSeq) => ({ chunkSeq, score: 1 })), vectors: [] }, everything, 12).map(
      ({ documentId }) => documentId,
    )
  expect(order(fresh, proven)).toEqual(['proven', 'fresh'])
  expect(order(fresh, ...others, proven)[0]).toBe('fresh')
})
