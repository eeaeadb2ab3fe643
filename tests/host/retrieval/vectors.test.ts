import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clusteredVectors } from '../../../bench/clusters.ts'
import { chunks, chunkVectors, documents } from '../../../db/schema/index.ts'
import type { Scope } from '../../../host/retrieval/scope.ts'
import { createBitTable } from '../../../host/retrieval/vectors/bitTable.ts'
import { dot, meanOf, normalise, signBits, vectorFromBlob, wordsFor } from '../../../host/retrieval/vectors/quantise.ts'
import { createSignEstimator, nearestSlots } from '../../../host/retrieval/vectors/shortlist.ts'
import { createVectorIndex } from '../../../host/retrieval/vectors/vectorIndex.ts'
import { seededRandom } from '../../soak/random.ts'
import { openShelf, type Shelf } from './shelf.ts'

const forCoach: Scope = { reader: { kind: 'coach' } }
const forClient = (clientId: string): Scope => ({ reader: { kind: 'client', clientId } })

const randomWords = (random: () => number, length: number): Uint32Array =>
  Uint32Array.from({ length }, () => random() * 2 ** 32)

const differing = (a: Uint32Array, b: Uint32Array): number =>
  a.reduce((sum, word, at) => sum + (((word ^ (b[at] ?? 0)) >>> 0).toString(2).match(/1/gu)?.length ?? 0), 0)

describe('a vector', () => {
  test('has length 1 afterwards, and none at all where it is empty, infinite or not a number', () => {
    const unit = normalise([3, 4])
    expect([...(unit ?? [])].map((figure) => figure.toFixed(3))).toEqual(['0.600', '0.800'])
    for (const bad of [
      [0, 0],
      [Number.NaN, 1],
      [Number.POSITIVE_INFINITY, 1],
    ])
      expect(normalise(bad)).toBeNull()
  })

  test('comes back from a blob that starts anywhere', () => {
    const blob = Buffer.concat([Buffer.from([1]), Buffer.from(Float32Array.of(0.25, -2).buffer)]).subarray(1)
    expect([...vectorFromBlob(blob)]).toEqual([0.25, -2])
  })

  test('keeps on which side of the centre each figure lies', () => {
    const centre = Float32Array.of(0.5, -0.5, 0)
    expect(signBits(Float32Array.of(0.6, -0.6, 0.1), centre)[0]).toBe(0b101)
    expect(signBits(Float32Array.of(0.4, -0.6, 0.1), null)[0]).toBe(0b101)
    expect([...(meanOf([Float32Array.of(1, 0), Float32Array.of(0, 1)]) ?? [])]).toEqual([0.5, 0.5])
  })
})

describe('the table of bits', () => {
  test.each([8, 100, 384, 1_536, 3_072])(
    'counts differing bits of %i dimensions as counting by hand does',
    (dimensions) => {
      const random = seededRandom(dimensions)
      const words = wordsFor(dimensions)
      const rows = Array.from({ length: 1_500 }, () => randomWords(random, words))
      const query = randomWords(random, words)
      const expected = rows.map((row) => differing(row, query))
      for (const plain of [false, true]) {
        const table = createBitTable(dimensions, { plain })
        for (const row of rows) table.add(row)
        expect([...table.distances(query)]).toEqual(expected)
      }
    },
  )

  test('closes gaps when rows go', () => {
    const table = createBitTable(128)
    const rows = [1, 2, 3].map((value) => Uint32Array.of(value, 0, 0, 0))
    for (const row of rows) table.add(row)
    table.remove(0)
    expect([0, 1].map((slot) => table.row(slot)[0])).toEqual([3, 2])
    table.remove(1)
    expect(table.size()).toBe(1)
    expect([...table.distances(Uint32Array.of(0, 0, 0, 0))]).toEqual([2])
    table.remove(0)
    expect([...table.distances(Uint32Array.of(0, 0, 0, 0))]).toEqual([])
  })
})

describe('the shortlist', () => {
  test('holds the nearest allowed slots, whatever the distances', () => {
    const property = fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 3 })), { maxLength: 80 }),
      fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 4, maxLength: 4 }),
      fc.integer({ min: 1, max: 100 }),
      (slots, flags, most) => {
        const distances = Uint16Array.from(slots, ([distance]) => distance)
        const allowed = { documentOf: Uint32Array.from(slots, ([, at]) => at), isAllowed: Uint8Array.from(flags) }
        const found = nearestSlots(distances, allowed, most)
        const expected = slots
          .flatMap(([distance, document]) => (flags[document] === 1 ? [distance] : []))
          .sort((a, b) => a - b)
          .slice(0, most)
        expect(found.map((slot) => distances[slot]).sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(expected)
        expect(new Set(found).size).toBe(found.length)
        expect(found.every((slot) => flags[slots[slot]?.[1] ?? 0] === 1)).toBe(true)
      },
    )
    fc.assert(property, { seed: 42, numRuns: 500 })
  })

  test('estimates by signs what adding and taking away the figures gives', () => {
    const random = seededRandom(3)
    const query = Float32Array.from({ length: 100 }, () => random() - 0.5)
    const vector = Float32Array.from({ length: 100 }, () => random() - 0.5)
    const exact = query.reduce((sum, figure, at) => sum + figure * ((vector[at] ?? 0) > 0 ? 1 : -1), 0)
    // Bits beyond the last dimension belong to no figure.
    expect(createSignEstimator(query)(signBits(vector, null))).toBeCloseTo(exact, 4)
  })
})

const dimensions = 256

/** Documents of ten passages each with clustered vectors; odd ones belong to Maya, every third has a tag. */
const fillShelf = (shelf: Shelf, documentCount: number) => {
  const next = clusteredVectors({ dimensions, seed: 42 })
  shelf.addClient('maya')
  shelf.addClient('tom')
  shelf.addSpace('space', dimensions)
  const all = Array.from({ length: documentCount }, (_, number) => {
    const id = `document-${String(number).padStart(3, '0')}`
    const texts = Array.from({ length: 10 }, (_text, at) => `passage ${at} of ${id}`)
    const tags = number % 3 === 0 ? ['sleep'] : []
    const seqs = shelf.add({ id, texts, tags, ...(number % 2 === 1 ? { clientId: 'maya' } : {}) })
    const rows = seqs.map((seq) => ({ seq, vector: next(), documentId: id, number }))
    shelf.addVectors('space', rows)
    return rows
  }).flat()
  return { all, next }
}

const space = { id: 'space', dimensions, centre: null, centring: 0 }

describe('the index of vectors', () => {
  test('finds what comparing with every vector finds, for everyone and under every filter', () => {
    const shelf = openShelf()
    const { all, next } = fillShelf(shelf, 120)
    const index = createVectorIndex(shelf.reading, space)
    const exact = (query: Float32Array, is: (row: (typeof all)[number]) => boolean): number[] =>
      all
        .filter(is)
        .map(({ seq, vector }) => ({ seq, score: dot(query, vector) }))
        .sort((a, b) => b.score - a.score)
        .slice(0, 10)
        .map(({ seq }) => seq)
    const one = 'document-004'
    const cases: [Scope, (row: (typeof all)[number]) => boolean][] = [
      [forCoach, () => true],
      [forClient('maya'), () => true],
      [forClient('tom'), ({ number }) => number % 2 === 0],
      [{ ...forCoach, documentIds: [one] }, ({ documentId }) => documentId === one],
      [{ ...forClient('tom'), documentIds: ['document-005'] }, () => false],
      [{ ...forClient('tom'), tags: ['sleep'] }, ({ number }) => number % 6 === 0],
      [{ ...forCoach, tags: ['nothing'] }, () => false],
    ]
    let found = 0
    let wanted = 0
    for (let round = 0; round < 40; round += 1) {
      const vector = next()
      for (const [scope, is] of cases) {
        const expected = exact(vector, is)
        const hits = index.search({ vector, scope, limit: 10 }).map(({ chunkSeq }) => chunkSeq)
        expect(hits.every((seq) => all.some((row) => row.seq === seq && is(row)))).toBe(true)
        expect(hits).toHaveLength(expected.length)
        wanted += expected.length
        found += expected.filter((seq) => hits.includes(seq)).length
      }
    }
    expect(found / wanted).toBeGreaterThanOrEqual(0.99)
  })

  test('gives the cosine, best first, and nothing below the threshold', () => {
    const shelf = openShelf()
    const { all } = fillShelf(shelf, 12)
    const index = createVectorIndex(shelf.reading, space)
    const [first] = all
    const vector = first?.vector ?? new Float32Array(dimensions)
    const hits = index.search({ vector, scope: forCoach, limit: 5 })
    expect(hits[0]?.chunkSeq).toBe(first?.seq)
    expect(hits[0]?.score).toBeCloseTo(1, 5)
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).toSorted((a, b) => b - a))
    expect(index.search({ vector, scope: forCoach, limit: 5, threshold: 0.999 })).toHaveLength(1)
  })

  test('never errs on a question of another size or without a direction', () => {
    const shelf = openShelf()
    fillShelf(shelf, 2)
    const index = createVectorIndex(shelf.reading, space)
    for (const vector of [new Float32Array(dimensions), Float32Array.of(1, 2, 3)]) {
      expect(index.search({ vector, scope: forCoach, limit: 5 })).toEqual([])
    }
  })
})

describe('without being told, the next search', () => {
  const found = (index: ReturnType<typeof createVectorIndex>, vector: Float32Array, scope: Scope = forCoach) =>
    index.search({ vector, scope, limit: 5 }).map(({ chunkSeq }) => chunkSeq)

  test('knows a new document, and none that was removed', () => {
    const shelf = openShelf()
    const { all, next } = fillShelf(shelf, 4)
    const index = createVectorIndex(shelf.reading, space)
    const [first] = all
    if (!first) throw new Error('The shelf is empty.')
    expect(found(index, first.vector)[0]).toBe(first.seq)
    const [seq = 0] = shelf.add({ id: 'new', texts: ['new passage'] })
    const vector = next()
    shelf.addVectors('space', [{ seq, vector }])
    expect(found(index, vector)[0]).toBe(seq)
    shelf.write((tx) =>
      tx.queries.update(documents).set({ contentVersion: 0 }).where(eq(documents.id, first.documentId)).run(),
    )
    expect(found(index, first.vector)).not.toContain(first.seq)
    expect(index.size()).toBe(31)
  })

  test('shows a document that became one client’s own to nobody else', () => {
    const shelf = openShelf()
    const { all } = fillShelf(shelf, 4)
    const index = createVectorIndex(shelf.reading, space)
    const [first] = all
    if (!first) throw new Error('The shelf is empty.')
    expect(found(index, first.vector, forClient('tom'))[0]).toBe(first.seq)
    shelf.write((tx) =>
      tx.queries.update(documents).set({ clientId: 'maya' }).where(eq(documents.id, first.documentId)).run(),
    )
    expect(found(index, first.vector, forClient('tom'))).not.toContain(first.seq)
    expect(found(index, first.vector, forClient('maya'))[0]).toBe(first.seq)
  })

  test('finds the passages of the version that serves, and those of the next one only once it does', () => {
    const shelf = openShelf()
    shelf.addSpace('space', dimensions)
    const next = clusteredVectors({ dimensions, seed: 1 })
    const [vector, changed] = [next(), next()]
    const [old = 0] = shelf.add({ id: 'paper', texts: ['old words'] })
    shelf.addVectors('space', [{ seq: old, vector }])
    const index = createVectorIndex(shelf.reading, space)
    const [seq = 0] = shelf.addVersion({ id: 'paper', texts: ['new words'] }, 2)
    shelf.addVectors('space', [{ seq, vector: changed }])
    expect(found(index, changed)).toEqual([old])
    shelf.write((tx) => tx.queries.update(documents).set({ contentVersion: 2, nextVersion: 2 }).run())
    expect(found(index, changed)).toEqual([seq])
  })

  test('keeps a passage that stayed the same from one version to the next', () => {
    const shelf = openShelf()
    shelf.addSpace('space', dimensions)
    const vector = clusteredVectors({ dimensions, seed: 1 })()
    const [seq = 0] = shelf.add({ id: 'paper', texts: ['same words'] })
    shelf.addVectors('space', [{ seq, vector }])
    const index = createVectorIndex(shelf.reading, space)
    expect(found(index, vector)).toEqual([seq])
    shelf.write((tx) => {
      tx.queries.update(chunks).set({ contentVersion: 2 }).run()
      tx.queries.update(documents).set({ contentVersion: 2, nextVersion: 2 }).run()
    })
    expect(found(index, vector)).toEqual([seq])
  })

  test('leaves out a vector that is gone although the index was not told', () => {
    const shelf = openShelf()
    const { all } = fillShelf(shelf, 2)
    const index = createVectorIndex(shelf.reading, space)
    const [first] = all
    if (!first) throw new Error('The shelf is empty.')
    expect(found(index, first.vector)[0]).toBe(first.seq)
    shelf.write((tx) => tx.queries.delete(chunkVectors).where(eq(chunkVectors.chunkSeq, first.seq)).run())
    expect(found(index, first.vector)).not.toContain(first.seq)
  })
})

test('told of vectors that came later, the index has them', () => {
  const shelf = openShelf()
  shelf.addSpace('space', dimensions)
  const vector = clusteredVectors({ dimensions, seed: 1 })()
  const [seq = 0] = shelf.add({ id: 'paper', texts: ['words'] })
  const index = createVectorIndex(shelf.reading, space)
  expect(index.search({ vector, scope: forCoach, limit: 5 })).toEqual([])
  shelf.addVectors('space', [{ seq, vector }])
  index.noteChanged(['paper'])
  expect(index.search({ vector, scope: forCoach, limit: 5 }).map(({ chunkSeq }) => chunkSeq)).toEqual([seq])
})

test('a search in the middle of a refresh leaves nothing older behind', () => {
  const shelf = openShelf()
  const { all } = fillShelf(shelf, 6)
  const index = createVectorIndex(shelf.reading, space)
  const refreshing = index.refresh()
  refreshing.next()
  const last = all.at(-1)
  if (!last) throw new Error('The shelf is empty.')
  shelf.write((tx) => tx.queries.delete(chunkVectors).where(eq(chunkVectors.chunkSeq, last.seq)).run())
  index.noteChanged([last.documentId])
  expect(index.search({ vector: last.vector, scope: forCoach, limit: 60 })).toHaveLength(59)
  for (const _ of refreshing);
  expect(index.size()).toBe(59)
})
