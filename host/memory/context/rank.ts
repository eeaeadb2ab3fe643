import { stemsOf } from '../words.ts'
import type { Candidate } from './candidates.ts'

export interface Ranked extends Candidate {
  /** Relevance × recency × strength, 0 to 1; what is pinned stands before all that is not. */
  readonly score: number
  readonly stems: ReadonlySet<string>
}

const dayMs = 86_400_000
const recencyHalfLifeMs = 60 * dayMs
/** What is old still counts for so much: strength has its own curve, and what a client said a year ago may be the answer. */
const leastRecency = 0.4

const recencyOf = (at: number, now: number): number =>
  leastRecency + (1 - leastRecency) * 2 ** (-Math.max(0, now - at) / recencyHalfLifeMs)

/** How rare each word is among what is remembered: ln(1 + (N − n + 0.5) / (n + 0.5)), as in BM25. */
const rarityAmong = (all: readonly ReadonlySet<string>[]): ((stem: string) => number) => {
  const holding = new Map<string, number>()
  for (const stems of all) for (const stem of stems) holding.set(stem, (holding.get(stem) ?? 0) + 1)
  return (stem) => {
    const n = holding.get(stem) ?? 0
    return Math.log(1 + (all.length - n + 0.5) / (n + 0.5))
  }
}

/** With so many words in common, as rare as a word that only one line has, nothing can be more to the point. */
const fullyToThePoint = 2

/**
 * Candidates by relevance × recency × strength, best first. Relevance is what a line matters anyhow (its base), raised by
 * the rarity of the words it shares with what the client says, or by how near its meaning is, whichever says more. A line that matters only where it is spoken of drops out
 * where it is not.
 */
export const rank = (candidates: readonly Candidate[], said: string, now: number): Ranked[] => {
  const asked = tellingWords(said)
  const all = candidates.map((candidate) => ({ ...candidate, stems: tellingWords(candidate.core) }))
  const rarity = rarityAmong(all.map(({ stems }) => stems))
  const most = Math.log(1 + (all.length - 0.5) / 1.5) * fullyToThePoint
  return all
    .flatMap((candidate): Ranked[] => {
      let shared = 0
      for (const stem of candidate.stems) if (asked.has(stem)) shared += rarity(stem)
      const byWords = candidate.base + (1 - candidate.base) * Math.min(1, shared / Math.max(most, 1e-9))
      const relevance = Math.max(byWords, candidate.nearness ?? 0)
      if (relevance <= 0 && !candidate.isPinned) return []
      return [{ ...candidate, score: relevance * recencyOf(candidate.at, now) * candidate.strength }]
    })
    .sort((a, b) => Number(b.isPinned) - Number(a.isPinned) || b.score - a.score || a.id.localeCompare(b.id))
}

/** What tells one line from another: its words that say something, and numbers. */
export const tellingWords = (text: string): ReadonlySet<string> =>
  new Set([...stemsOf(text), ...(text.match(/\d+/gu) ?? [])])

const alike = 0.6
const contained = 0.8
/** Fewer words stand in many a line that says something else. */
const leastContained = 2

/** Whether a line tells nothing that another does not: most of its words stand there, or the two are near the same. */
export const repeats = (stems: ReadonlySet<string>, other: ReadonlySet<string>): boolean => {
  if (stems.size === 0 || other.size === 0) return stems.size === other.size
  let shared = 0
  for (const stem of stems) if (other.has(stem)) shared += 1
  return (
    (stems.size >= leastContained && shared / stems.size >= contained) ||
    shared / (stems.size + other.size - shared) >= alike
  )
}
