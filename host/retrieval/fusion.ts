import type { ScoredChunk } from './scope.ts'

/** What fusing must know of a passage. */
export interface PassageFacts {
  readonly chunkSeq: number
  readonly documentId: string
  /** Its place in the document; neighbours differ by one. */
  readonly position: number
  readonly contentHash: string
  readonly text: string
  /** How much more (or less) than others the document deserves to be shown; 0 is as any other. */
  readonly documentPrior: number
}

export interface RankedPassage {
  readonly chunkSeq: number
  readonly documentId: string
  /** Of reciprocal ranks and priors; orders the hits of one search and means nothing else. */
  readonly score: number
  /** Its place, from 1, in each way of searching; null where that one did not find it. */
  readonly wordRank: number | null
  readonly vectorRank: number | null
  /** How near its vector lies to that of the question, -1 to 1; null where vectors did not find it. */
  readonly cosine: number | null
}

export interface Found {
  /** Best first. */
  readonly words: readonly ScoredChunk[]
  /** Best first; those below the threshold of the space are left out beforehand. */
  readonly vectors: readonly ScoredChunk[]
}

// Cormack, Clarke and Büttcher, "Reciprocal rank fusion", SIGIR 2009.
const rankConstant = 60
const neighbourShare = 0.25
const largestPrior = 0.5
const nearDuplicate = 0.7
const shingleWords = 3
const mostPerDocument = 3

interface Fused {
  readonly chunkSeq: number
  readonly score: number
  readonly wordRank: number | null
  readonly vectorRank: number | null
  readonly cosine: number | null
}

const ranksOf = (hits: readonly ScoredChunk[]): Map<number, number> =>
  new Map(hits.map(({ chunkSeq }, index) => [chunkSeq, index + 1]))

const reciprocal = (rank: number | null): number => (rank === null ? 0 : 1 / (rankConstant + rank))

/** Passages of both ways of searching by the sum of their reciprocal ranks, best first. */
export const fuseRanks = ({ words, vectors }: Found): Fused[] => {
  const [wordRanks, vectorRanks] = [ranksOf(words), ranksOf(vectors)]
  const cosines = new Map(vectors.map(({ chunkSeq, score }) => [chunkSeq, score]))
  return [...new Set([...wordRanks.keys(), ...vectorRanks.keys()])]
    .map((chunkSeq) => {
      const wordRank = wordRanks.get(chunkSeq) ?? null
      const vectorRank = vectorRanks.get(chunkSeq) ?? null
      const score = reciprocal(wordRank) + reciprocal(vectorRank)
      return { chunkSeq, wordRank, vectorRank, cosine: cosines.get(chunkSeq) ?? null, score }
    })
    .sort((a, b) => b.score - a.score || a.chunkSeq - b.chunkSeq)
}

/** Lifts passages whose neighbour was found too, and those of documents that deserve it. Best first. */
const withPriors = (fused: readonly Fused[], facts: ReadonlyMap<number, PassageFacts>): RankedPassage[] => {
  const place = (documentId: string, position: number): string => `${position} ${documentId}`
  const known = fused.flatMap((hit) => {
    const fact = facts.get(hit.chunkSeq)
    return fact === undefined ? [] : [{ hit, fact }]
  })
  const scoreAt = new Map(known.map(({ hit, fact }) => [place(fact.documentId, fact.position), hit.score]))
  return known
    .map(({ hit, fact: { documentId, position, documentPrior } }) => {
      const beside = Math.max(
        scoreAt.get(place(documentId, position - 1)) ?? 0,
        scoreAt.get(place(documentId, position + 1)) ?? 0,
      )
      const prior = Math.min(largestPrior, Math.max(-largestPrior, documentPrior))
      return { ...hit, documentId, score: (hit.score + neighbourShare * beside) * (1 + prior) }
    })
    .sort((a, b) => b.score - a.score || a.chunkSeq - b.chunkSeq)
}

const shinglesOf = (text: string): Set<string> => {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  if (words.length <= shingleWords) return new Set([words.join(' ')])
  return new Set(
    Array.from({ length: words.length - shingleWords + 1 }, (_, at) => words.slice(at, at + shingleWords).join(' ')),
  )
}

/** Shared part of two sets, 0 to 1; Jaccard, 1912. */
const likeness = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  let shared = 0
  for (const item of a) if (b.has(item)) shared += 1
  return shared / (a.size + b.size - shared)
}

interface Chosen {
  readonly hash: string
  readonly shingles: Set<string>
}

const saysTheSame = (one: Chosen, other: Chosen): boolean =>
  one.hash === other.hash || likeness(one.shingles, other.shingles) >= nearDuplicate

/**
 * The best passages of both ways of searching, without copies of one text and with at most three of a document as long
 * as others have something to say. Passages without facts are left out: they went, or are not for this reader.
 */
export const fuse = (
  found: Found,
  facts: ReadonlyMap<number, PassageFacts>,
  { limit }: { readonly limit: number },
): RankedPassage[] => {
  const taken: RankedPassage[] = []
  const spare: RankedPassage[] = []
  const chosen: Chosen[] = []
  const perDocument = new Map<string, number>()
  for (const hit of withPriors(fuseRanks(found), facts)) {
    if (taken.length === limit) break
    const fact = facts.get(hit.chunkSeq)
    if (fact === undefined) continue
    const candidate = { hash: fact.contentHash, shingles: shinglesOf(fact.text) }
    if (chosen.some((one) => saysTheSame(one, candidate))) continue
    chosen.push(candidate)
    const before = perDocument.get(hit.documentId) ?? 0
    perDocument.set(hit.documentId, before + 1)
    if (before < mostPerDocument) taken.push(hit)
    else spare.push(hit)
  }
  return [...taken, ...spare].slice(0, limit).sort((a, b) => b.score - a.score || a.chunkSeq - b.chunkSeq)
}
