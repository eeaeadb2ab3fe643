import type { ScoredChunk } from '../scope.ts'
import { lengthPenalty, saturated } from './bm25.ts'
import type { Library } from './library.ts'
import { createLikeness } from './likeness.ts'
import { createTermBuffer, readTerms, type TermBuffer } from './tokens.ts'

/** A term that was asked for, with what finding it is worth. */
export interface WeighedTerm {
  readonly term: number
  readonly worth: number
  /** Only a concept link brought it in: a passage may do without. */
  readonly isLinked: boolean
}

export interface RerankedChunk extends ScoredChunk {
  /** How much of what was asked for stands in the passage, by worth; 0 to 1. */
  readonly coverage: number
}

// Rasolofo and Savoy, "Term proximity scoring for keyword-based retrieval systems", ECIR 2003.
const nearness = 5
const pairShare = 0.75
// Diaz, "Regularizing ad hoc retrieval scores", CIKM 2005: like passages deserve like scores.
const neighbours = 3
const neighbourShare = 0.4

/** Asked terms by their number, each with its place among them. */
type AskedTerms = ReadonlyMap<number, { readonly index: number; readonly worth: number }>

/**
 * Scores the best passages again, by their text: words of the question that stand close together count more, and a
 * passage whose likes scored well is lifted. `fieldsOf` gives null for a passage that is gone; it is left out.
 */
export const createReranker = (
  fieldsOf: (chunkSeq: number) => readonly string[] | null,
  /** How many passages are taken at once. */
  most: number,
) => {
  const buffer = createTermBuffer()
  const likeness = createLikeness(most)
  return (candidates: readonly ScoredChunk[], asked: readonly WeighedTerm[], library: Library): RerankedChunk[] => {
    const terms: AskedTerms = new Map(asked.map(({ term, worth }, index) => [term, { index, worth }]))
    const whole = asked.reduce((sum, { worth, isLinked }) => sum + (isLinked ? 0 : worth), 0) || 1
    const present: RerankedChunk[] = []
    likeness.clear()
    for (const { chunkSeq, score } of candidates.slice(0, most)) {
      const fields = fieldsOf(chunkSeq)
      if (fields === null) continue
      const read = readTerms(fields, buffer)
      const length = countTerms(read)
      const { pairs, covered } = matchesIn(read, terms, lengthPenalty(length, library.meanLength))
      present.push({ chunkSeq, score: score + pairShare * pairs, coverage: Math.min(1, covered / whole) })
      likeness.add(read, length, library)
    }
    const scores = smooth(
      present.map(({ score }) => score),
      likeness.cosines(),
    )
    return present
      .map((chunk, index) => ({ ...chunk, score: scores[index] ?? 0 }))
      .sort((one, other) => other.score - one.score || one.chunkSeq - other.chunkSeq)
  }
}

const countTerms = ({ terms, length }: TermBuffer): number => {
  let counted = 0
  for (let at = 0; at < length; at += 1) if (terms[at] !== 0) counted += 1
  return counted
}

/**
 * What the asked terms that are there are worth, and what pairs of them within five words of each other are, by the
 * square of their distance.
 */
const matchesIn = (
  { terms, length }: TermBuffer,
  asked: AskedTerms,
  penalty: number,
): { pairs: number; covered: number } => {
  const found = new Map<number, number>()
  const pairs = new Map<number, { closeness: number; readonly worth: number }>()
  const recent: { readonly at: number; readonly index: number; readonly worth: number }[] = []
  for (let at = 0; at < length; at += 1) {
    const here = asked.get(terms[at] ?? 0)
    if (here === undefined) continue
    found.set(here.index, here.worth)
    while (recent[0] !== undefined && at - recent[0].at > nearness) recent.shift()
    for (const before of recent) {
      if (before.index === here.index) continue
      const pair = Math.min(here.index, before.index) * asked.size + Math.max(here.index, before.index)
      const known = pairs.get(pair)
      const closeness = 1 / (at - before.at) ** 2
      if (known) known.closeness += closeness
      else pairs.set(pair, { closeness, worth: Math.min(here.worth, before.worth) })
    }
    recent.push({ at, ...here })
  }
  let [worthOfPairs, covered] = [0, 0]
  for (const { closeness, worth } of pairs.values()) worthOfPairs += worth * saturated(closeness, penalty)
  for (const worth of found.values()) covered += worth
  return { pairs: worthOfPairs, covered }
}

/** Draws each score towards the mean of its most alike, weighed by how alike they are. */
const smooth = (scores: readonly number[], cosines: Float32Array): number[] =>
  scores.map((score, row) => {
    const alike = nearest(cosines.subarray(row * scores.length, (row + 1) * scores.length), row)
    const total = alike.reduce((sum, { weight }) => sum + weight, 0)
    if (total === 0) return score
    const mean = alike.reduce((sum, { index, weight }) => sum + weight * (scores[index] ?? 0), 0) / total
    return (1 - neighbourShare) * score + neighbourShare * mean
  })

const nearest = (row: Float32Array, self: number): { index: number; weight: number }[] => {
  const best: { index: number; weight: number }[] = []
  for (let index = 0; index < row.length; index += 1) {
    const weight = row[index] ?? 0
    if (index === self || weight <= 0) continue
    if (best.length === neighbours && weight <= (best.at(-1)?.weight ?? 0)) continue
    const place = best.findIndex((one) => one.weight < weight)
    best.splice(place < 0 ? best.length : place, 0, { index, weight })
    if (best.length > neighbours) best.pop()
  }
  return best
}
