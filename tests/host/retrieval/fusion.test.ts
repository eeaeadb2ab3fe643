import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Found, fuse, fuseRanks, type PassageFacts } from '../../../host/retrieval/fusion.ts'

const hits = (...seqs: number[]) => seqs.map((chunkSeq, at) => ({ chunkSeq, score: 1 - at / 100 }))

const unique = (seq: number): string => Array.from({ length: 12 }, (_, at) => `word${seq}x${at}`).join(' ')

const fact = (chunkSeq: number, more: Partial<PassageFacts> = {}): PassageFacts => ({
  chunkSeq,
  documentId: `document ${chunkSeq}`,
  position: 0,
  contentHash: `hash ${chunkSeq}`,
  text: unique(chunkSeq),
  documentPrior: 0,
  ...more,
})

const factsOf = (...facts: PassageFacts[]) => new Map(facts.map((one) => [one.chunkSeq, one]))

const order = (found: Found, facts: Map<number, PassageFacts>, limit = 5): number[] =>
  fuse(found, facts, { limit }).map(({ chunkSeq }) => chunkSeq)

describe('fusing ranks', () => {
  test('adds one over sixty plus the rank, and tells each rank', () => {
    const [first] = fuseRanks({ words: hits(7, 3), vectors: hits(3) })
    expect(first).toMatchObject({ chunkSeq: 3, wordRank: 2, vectorRank: 1, cosine: 1 })
    expect(first?.score).toBeCloseTo(1 / 62 + 1 / 61, 12)
  })

  test('puts what both ways found before what one found first', () => {
    expect(fuseRanks({ words: hits(1, 2), vectors: hits(3, 2) }).map(({ chunkSeq }) => chunkSeq)).toEqual([2, 1, 3])
  })

  test('with one way alone keeps its order', () => {
    const property = fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 500 })), (seqs) => {
      expect(fuseRanks({ words: hits(...seqs), vectors: [] }).map(({ chunkSeq }) => chunkSeq)).toEqual(seqs)
      expect(fuseRanks({ words: [], vectors: hits(...seqs) }).map(({ chunkSeq }) => chunkSeq)).toEqual(seqs)
    })
    fc.assert(property, { seed: 42 })
  })
})

describe('a passage', () => {
  test('is lifted when its neighbour in the document was found too', () => {
    const facts = factsOf(
      fact(1),
      fact(2, { documentId: 'paper', position: 4 }),
      fact(3, { documentId: 'paper', position: 5 }),
      fact(4, { documentId: 'other', position: 6 }),
    )
    expect(order({ words: hits(1, 2, 4, 3), vectors: [] }, facts)[0]).toBe(2)
    const apart = factsOf(fact(1), fact(2, { documentId: 'paper', position: 4 }), fact(4), fact(3))
    expect(order({ words: hits(1, 2, 4, 3), vectors: [] }, apart)[0]).toBe(1)
  })

  test('of a document that deserves it goes before one that was found a little earlier', () => {
    const found = { words: hits(1, 2), vectors: [] }
    expect(order(found, factsOf(fact(1), fact(2, { documentPrior: 0.1 })))).toEqual([2, 1])
    expect(order(found, factsOf(fact(1), fact(2, { documentPrior: -0.1 })))).toEqual([1, 2])
  })

  test('cannot be lifted beyond all measure by its document', () => {
    const found = { words: hits(...Array.from({ length: 60 }, (_, at) => at + 1)), vectors: [] }
    const facts = factsOf(
      ...found.words.map(({ chunkSeq }) => fact(chunkSeq, { documentPrior: chunkSeq === 60 ? 1e9 : 0 })),
    )
    expect(fuse(found, facts, { limit: 60 })[0]?.score).toBeLessThan(2 / 61)
  })

  test('that went, or is not for this reader, is left out', () => {
    expect(order({ words: hits(1, 2), vectors: hits(3) }, factsOf(fact(2)))).toEqual([2])
  })
})

describe('what is shown', () => {
  test('holds the same text once, whoever copied it', () => {
    const copy = { contentHash: 'same', text: unique(1) }
    expect(order({ words: hits(1, 2, 3), vectors: [] }, factsOf(fact(1, copy), fact(2, copy), fact(3)))).toEqual([1, 3])
  })

  test('holds nearly the same text once', () => {
    const text = Array.from({ length: 60 }, (_, at) => `word${at}`).join(' ')
    const facts = factsOf(fact(1, { text }), fact(2, { text: `${text} really.` }), fact(3))
    expect(order({ words: hits(1, 2, 3), vectors: [] }, facts)).toEqual([1, 3])
  })

  test('takes three passages of a document while others have something to say, and more where they have not', () => {
    const sameBook = (seq: number) => fact(seq, { documentId: 'book', position: seq * 10 })
    const found = { words: hits(1, 2, 3, 4, 5, 6), vectors: [] }
    const mixed = factsOf(...[1, 2, 3, 4, 5].map(sameBook), fact(6))
    expect(order(found, mixed, 4)).toEqual([1, 2, 3, 6])
    expect(order(found, factsOf(...[1, 2, 3, 4, 5].map(sameBook)), 4)).toEqual([1, 2, 3, 4])
  })

  test('is never more than was asked for, never twice the same, and best first', () => {
    const seqs = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 40 })
    const property = fc.property(seqs, seqs, fc.integer({ min: 1, max: 12 }), (words, vectors, limit) => {
      const facts = factsOf(
        ...Array.from({ length: 30 }, (_, at) =>
          fact(at + 1, { documentId: `document ${at % 5}`, position: Math.floor(at / 5) }),
        ),
      )
      const shown = fuse({ words: hits(...words), vectors: hits(...vectors) }, facts, { limit })
      expect(shown.length).toBeLessThanOrEqual(limit)
      expect(new Set(shown.map(({ chunkSeq }) => chunkSeq)).size).toBe(shown.length)
      expect(shown.map(({ score }) => score)).toEqual(shown.map(({ score }) => score).toSorted((a, b) => b - a))
      const there = new Set([...words, ...vectors].filter((seq) => seq <= 30))
      expect(shown.length).toBe(Math.min(limit, there.size))
      expect(shown.every(({ chunkSeq }) => there.has(chunkSeq))).toBe(true)
    })
    fc.assert(property, { seed: 42 })
  })
})
