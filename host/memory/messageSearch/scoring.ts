import type { Asked } from './question.ts'
import type { Turns } from './turns.ts'

export interface ScoredSlot {
  readonly slot: number
  readonly score: number
}

// Trotman, Jia and Crane, "Towards an efficient and effective search engine", SIGIR workshop 2012; for short texts.
const [k1, b] = [0.9, 0.4]
// For whole sessions, as FTS5 has them.
const [sessionK1, sessionB] = [1.2, 0.75]
/** Words of a turn count for its neighbours too: by how far away they stand, on both sides. */
const neighbourShares = [0.4, 0.2]
/** How much of its session's score a turn gets. */
const sessionShare = 0.3
/** How much a thing of a kind counts where the question names the kind, such as a violin for an instrument. */
const kindShare = 0.5
/** What asks tells less than what says. */
const askingLoss = 0.5
const speakerGain = 1.5
const periodGain = 2
/** People tell of a thing a few days after it was. */
const toldWithinMs = 3 * 86_400_000
/** A longer question is searched by its rarest words. */
const mostTerms = 32

const rarity = (holders: number, all: number): number => Math.log(1 + (all - holders + 0.5) / (holders + 0.5))

const saturated = (times: number, relativeLength: number, k: number, share: number): number =>
  ((k + 1) * times) / (times + k * (1 - share + share * relativeLength))

/**
 * The turns before slot `end` that answer best, best first; of equals, the later one.
 *
 * BM25 over fields (Robertson, Zaragoza and Taylor, CIKM 2004): a turn, and at lower weight its neighbours within the
 * session, so that "Yes, in May" is found by the question before it. To that comes a share of the score of its whole
 * session. Who spoke, when, and whether it asks or says are priors that multiply.
 */
export const bestTurns = (turns: Turns, asked: Asked, end: number, most: number): ScoredSlot[] => {
  const scores = new Float64Array(end)
  const weigh = priorOf(turns, asked)
  const found = scoreWords(turns, asked, scores)
  const best = createBest(most)
  for (let slot = 0; slot < end; slot += 1) {
    if (turns.lengthOf(slot) === 0) continue
    const base = found ? (scores[slot] ?? 0) : inPeriod(turns, asked, slot) ? 1 : 0
    if (base > 0) best.offer(slot, base * weigh(slot))
  }
  return best.list()
}

/** Keeps the best of many; of equals, the later one. */
const createBest = (most: number) => {
  const kept: ScoredSlot[] = []
  let least = 0
  const cut = (): void => {
    kept.sort((one, other) => other.score - one.score || other.slot - one.slot)
    kept.length = Math.min(kept.length, most)
    if (kept.length === most) least = kept.at(-1)?.score ?? 0
  }
  return {
    offer: (slot: number, score: number): void => {
      if (score < least) return
      kept.push({ slot, score })
      if (kept.length > 4 * most + 100) cut()
    },
    list: (): ScoredSlot[] => {
      cut()
      return kept
    },
  }
}

const inPeriod = (turns: Turns, { period }: Asked, slot: number): boolean =>
  period !== null && turns.sentAt(slot) >= period.from && turns.sentAt(slot) < period.to + toldWithinMs

const priorOf =
  (turns: Turns, asked: Asked) =>
  (slot: number): number => {
    const isSpeaker = asked.speaker !== null && turns.isClient(slot) === (asked.speaker === 'client')
    return (
      (1 - askingLoss * turns.asking(slot)) *
      (isSpeaker ? speakerGain : 1) *
      (inPeriod(turns, asked, slot) ? periodGain : 1)
    )
  }

/** Adds to the score of every turn what its words are worth; false where no word of the question was ever said. */
const scoreWords = (turns: Turns, asked: Asked, scores: Float64Array): boolean => {
  const end = scores.length
  const fields = fieldLengths(turns, end)
  const said = saidBefore(turns, end)
  const rarest = wantedOf(asked)
    .map(({ terms, weight }) => ({ holders: holdersOf(turns, terms, end), weight }))
    .filter(({ holders }) => holders.slots.length > 0)
    .map(({ holders, weight }) => ({ holders, worth: weight * rarity(holders.turns, said.turns) }))
    .sort((one, other) => other.worth - one.worth)
    .slice(0, mostTerms)
  const weights = new Float64Array(end)
  const sessionScores = new Float64Array(turns.sessions())
  const meanSession = said.words / Math.max(1, said.sessions)
  for (const { holders, worth } of rarest) {
    for (const slot of spread(turns, holders, weights)) {
      const relative = (fields.lengths[slot] ?? 0) / fields.mean
      scores[slot] = (scores[slot] ?? 0) + worth * saturated(weights[slot] ?? 0, relative, k1, b)
      weights[slot] = 0
    }
    const bySession = timesBySession(turns, holders)
    const sessionWorth = (worth / rarity(holders.turns, said.turns)) * rarity(bySession.size, said.sessions)
    for (const [session, times] of bySession) {
      const relative = turns.sessionLengthOf(session) / meanSession
      const gain = sessionWorth * saturated(times, relative, sessionK1, sessionB)
      sessionScores[session] = (sessionScores[session] ?? 0) + gain
    }
  }
  for (let slot = 0; slot < end; slot += 1)
    scores[slot] = (scores[slot] ?? 0) + sessionShare * (sessionScores[turns.sessionOf(slot)] ?? 0)
  return rarest.length > 0
}

interface Holders {
  /** A turn that holds two things of a kind is listed twice. */
  readonly slots: readonly number[]
  readonly times: readonly number[]
  /** How many turns these are. */
  readonly turns: number
}

/** Terms that count as one: a word, or all things of a kind (Pirkola, SIGIR 1998). */
const wantedOf = ({ terms, kinds }: Asked): { terms: readonly number[]; weight: number }[] => [
  ...[...terms].map(([term, weight]) => ({ terms: [term], weight })),
  ...kinds.map((things) => ({ terms: [...things], weight: kindShare })),
]

const holdersOf = (turns: Turns, terms: readonly number[], end: number): Holders => {
  const [slots, times]: [number[], number[]] = [[], []]
  for (const term of terms)
    turns.forEach(term, (slot, count) => {
      if (slot >= end) return
      slots.push(slot)
      times.push(count)
    })
  return { slots, times, turns: terms.length === 1 ? slots.length : new Set(slots).size }
}

/** Puts into `weights` how much of a term each turn has, neighbours counted; answers with the turns that have any. */
const spread = (turns: Turns, { slots, times }: Holders, weights: Float64Array): number[] => {
  const touched: number[] = []
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at] ?? 0
    const session = turns.sessionOf(slot)
    const last = Math.min(weights.length - 1, slot + neighbourShares.length)
    for (let other = Math.max(0, slot - neighbourShares.length); other <= last; other += 1) {
      if (turns.sessionOf(other) !== session) continue
      if (weights[other] === 0) touched.push(other)
      weights[other] = (weights[other] ?? 0) + shareAt(other - slot) * (times[at] ?? 0)
    }
  }
  return touched
}

/** How much of a turn's words counts for one that stands so far away. */
const shareAt = (distance: number): number => (distance === 0 ? 1 : (neighbourShares[Math.abs(distance) - 1] ?? 0))

const timesBySession = (turns: Turns, { slots, times }: Holders): Map<number, number> => {
  const counted = new Map<number, number>()
  slots.forEach((slot, at) => {
    const session = turns.sessionOf(slot)
    counted.set(session, (counted.get(session) ?? 0) + (times[at] ?? 0))
  })
  return counted
}

/** How long each turn is together with its neighbours, each by its share. */
const fieldLengths = (turns: Turns, end: number): { lengths: Float64Array; mean: number } => {
  const lengths = new Float64Array(end)
  let sum = 0
  for (let slot = 0; slot < end; slot += 1) {
    const session = turns.sessionOf(slot)
    const last = Math.min(end - 1, slot + neighbourShares.length)
    let length = 0
    for (let other = Math.max(0, slot - neighbourShares.length); other <= last; other += 1)
      if (turns.sessionOf(other) === session) length += shareAt(other - slot) * turns.lengthOf(other)
    lengths[slot] = length
    sum += length
  }
  return { lengths, mean: sum / Math.max(1, end) || 1 }
}

const saidBefore = (turns: Turns, end: number): { turns: number; words: number; sessions: number } => {
  let [count, words] = [0, 0]
  for (let slot = 0; slot < end; slot += 1) {
    const length = turns.lengthOf(slot)
    if (length > 0) count += 1
    words += length
  }
  return { turns: count, words, sessions: end === 0 ? 0 : turns.sessionOf(end - 1) + 1 }
}
