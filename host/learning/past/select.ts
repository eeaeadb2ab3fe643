import type { ImportFormat } from '../../../shared/taxonomy/learning.ts'
import type { PastCounts } from '../../../shared/taxonomy/past.ts'
import { gather, mostTurns } from './gather.ts'
import { PastProblem } from './problem.ts'
import { type PastTurn, pastReaders, type ReadingChoice, type Texts } from './readers/index.ts'

/** More of the coach's turns than this are never looked at: only the newest are kept, and so many turns altogether. */
export const mostCoachTurns = 5_000
const mostKept = 40_000

/** What the coach chose of a file. */
export interface PastChoice extends ReadingChoice {
  readonly format: ImportFormat
  /** Which of the people is the coach; empty in their own writing. */
  readonly coach: string
  /** `keepsClient`: the other is a client here, so that their turns are kept as well. */
  readonly threads: readonly { readonly thread: number; readonly keepsClient: boolean }[]
}

export interface KeptTurn {
  readonly thread: number
  readonly author: 'client' | 'human_coach'
  readonly content: string
  readonly sentAt: number | null
  /** By this, and then by the order of the file, the turns of a conversation follow each other. */
  readonly orderAt: number
}

export interface Selected {
  readonly counts: PastCounts
  readonly firstAt: number | null
  readonly lastAt: number | null
}

/** The place of each turn: its time, or that of the turn above it where it has none. */
const createPlaces = () => {
  const latest = new Map<number, number>()
  return ({ thread, at }: PastTurn): number => {
    const place = at ?? latest.get(thread) ?? 0
    latest.set(thread, place)
    return place
  }
}

/** One number by which turns are newer or older; of two of the same second the later one in the file is newer. */
const rankOf = (orderAt: number, ordinal: number): number =>
  Math.min(Math.floor(orderAt / 1_000), 2 ** 32 - 1) * mostTurns + ordinal

const createSifter = ({ coach, threads }: PastChoice) => {
  const chosen = new Map(threads.map(({ thread, keepsClient }) => [thread, keepsClient]))
  return ({ thread, from }: PastTurn): 'human_coach' | 'client' | 'not_chosen' | 'not_a_client' => {
    const keepsClient = chosen.get(thread)
    if (keepsClient === undefined) return 'not_chosen'
    if (from === coach) return 'human_coach'
    return keepsClient ? 'client' : 'not_a_client'
  }
}

/** The rank from which on turns are kept. */
const oldestKept = (coachRanks: readonly number[], allRanks: readonly number[]): number => {
  const from = (ranks: readonly number[], most: number): number =>
    ranks.length <= most ? 0 : (Float64Array.from(ranks).sort()[ranks.length - most] ?? 0)
  return Math.max(from(coachRanks, mostCoachTurns), from(allRanks, mostKept))
}

/**
 * Gives the turns that the coach chose, in the order of the file: their own and, where the other is a client here,
 * the client's. Throws a PastProblem where the choice does not fit the file, before it gives any.
 */
export function* selectPast(texts: Texts, choice: PastChoice): Generator<KeptTurn, Selected, undefined> {
  const read = () => pastReaders[choice.format](texts, choice)
  const sift = createSifter(choice)
  const coachRanks: number[] = []
  const allRanks: number[] = []
  const placeFirst = createPlaces()
  let ordinal = 0
  const gathered = gather(read(), (turn) => {
    const orderAt = placeFirst(turn)
    const kind = sift(turn)
    if (kind !== 'human_coach' && kind !== 'client') return
    const rank = rankOf(orderAt, ordinal)
    ordinal += 1
    allRanks.push(rank)
    if (kind === 'human_coach') coachRanks.push(rank)
  })
  const groups = new Set(gathered.threads.filter(({ isGroup }) => isGroup).map(({ thread }) => thread))
  if (choice.threads.some(({ thread }) => groups.has(thread))) throw new PastProblem('not_two')
  if (gathered.ambiguousDate && choice.dateOrder === null) throw new PastProblem('dates')
  if (coachRanks.length === 0) throw new PastProblem('no_coach')

  const oldest = oldestKept(coachRanks, allRanks)
  const counts: PastCounts = { ...gathered.counts }
  let firstAt: number | null = null
  let lastAt: number | null = null
  // A conversation without any time counts as if it had been written now: it would always be the oldest otherwise.
  const timeless = new Set(gathered.threads.filter((one) => one.firstAt === null).map(({ thread }) => thread))
  const place = createPlaces()
  ordinal = 0
  for (const event of read()) {
    if (event.kind !== 'turn') continue
    const orderAt = place(event)
    const kind = sift(event)
    if (kind === 'not_chosen' || kind === 'not_a_client') {
      if (!groups.has(event.thread)) counts[kind] = (counts[kind] ?? 0) + 1
      continue
    }
    const rank = rankOf(orderAt, ordinal)
    ordinal += 1
    if (rank < oldest) {
      counts.older = (counts.older ?? 0) + 1
      continue
    }
    if (event.at !== null) {
      firstAt = Math.min(firstAt ?? event.at, event.at)
      lastAt = Math.max(lastAt ?? event.at, event.at)
    }
    const kept = { thread: event.thread, author: kind, content: event.text, sentAt: event.at }
    yield { ...kept, orderAt: timeless.has(event.thread) ? choice.now : orderAt }
  }
  return { counts, firstAt, lastAt }
}
