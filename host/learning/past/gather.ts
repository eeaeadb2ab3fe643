import type { PastCounts, PastRemark } from '../../../shared/taxonomy/past.ts'
import { PastProblem } from './problem.ts'
import type { PastEvent, PastTurn } from './readers/index.ts'

/** So many people are told apart in one conversation; two is the most that is taken in. */
const mostPeopleNamed = 30
const mostThreads = 5_000
/** So many turns can be put in order by `Selection`, and told apart in one number. */
export const mostTurns = 2 ** 21
const sampleCount = 3

export interface ThreadTally {
  readonly thread: number
  readonly name: string
  readonly people: ReadonlyMap<string, number>
  readonly turns: number
  readonly firstAt: number | null
  readonly lastAt: number | null
  /** More than two people, or the file says so. */
  readonly isGroup: boolean
}

export interface Gathered {
  readonly threads: readonly ThreadTally[]
  readonly counts: PastCounts
  readonly ambiguousDate: { readonly day: number; readonly month: number } | null
  readonly owner: string | null
  readonly samples: readonly Omit<PastTurn, 'kind'>[]
}

interface OpenTally {
  name: string
  people: Map<string, number>
  turns: number
  firstAt: number | null
  lastAt: number | null
  latest: number
  outOfOrder: number
  withoutTime: number
  isGroup: boolean
  samples: Omit<PastTurn, 'kind'>[]
}

const newTally = (name: string, isGroup: boolean): OpenTally => ({
  name,
  people: new Map(),
  turns: 0,
  firstAt: null,
  lastAt: null,
  latest: 0,
  outOfOrder: 0,
  withoutTime: 0,
  isGroup,
  samples: [],
})

const addTurn = (tally: OpenTally, { kind: _kind, ...turn }: PastTurn): void => {
  tally.turns += 1
  if (tally.people.has(turn.from) || tally.people.size < mostPeopleNamed)
    tally.people.set(turn.from, (tally.people.get(turn.from) ?? 0) + 1)
  if (tally.samples.length < sampleCount) tally.samples.push({ ...turn, text: turn.text.slice(0, 300).toWellFormed() })
  if (turn.at === null) {
    tally.withoutTime += 1
    return
  }
  if (turn.at < tally.latest) tally.outOfOrder += 1
  tally.latest = Math.max(tally.latest, turn.at)
  tally.firstAt = Math.min(tally.firstAt ?? turn.at, turn.at)
  tally.lastAt = Math.max(tally.lastAt ?? turn.at, turn.at)
}

/**
 * Adds up what a file holds, in memory that grows with the number of conversations only. Throws a PastProblem where
 * there is nothing in it, or far too much.
 */
export const gather = (events: Iterable<PastEvent>, onTurn: (turn: PastTurn) => void = () => undefined): Gathered => {
  const tallies = new Map<number, OpenTally>()
  const counts: PastCounts = {}
  let ambiguousDate: Gathered['ambiguousDate'] = null
  let owner: string | null = null
  let turns = 0
  const note = (remark: PastRemark, by = 1): void => {
    if (by > 0) counts[remark] = (counts[remark] ?? 0) + by
  }

  for (const event of events) {
    if (event.kind === 'remark') note(event.remark)
    else if (event.kind === 'ambiguous') ambiguousDate = { day: event.day, month: event.month }
    else if (event.kind === 'owner') owner = event.name
    else if (event.kind === 'thread') {
      if (tallies.size >= mostThreads) throw new PastProblem('too_many_threads')
      const known = tallies.get(event.thread)
      if (known) known.isGroup ||= event.isGroup
      else tallies.set(event.thread, newTally(event.name, event.isGroup))
    } else {
      turns += 1
      if (turns > mostTurns) throw new PastProblem('too_many')
      const tally = tallies.get(event.thread)
      if (tally) addTurn(tally, event)
      onTurn(event)
    }
  }

  const threads: ThreadTally[] = []
  const samples: Omit<PastTurn, 'kind'>[] = []
  for (const [thread, { latest: _latest, outOfOrder, withoutTime, samples: own, ...tally }] of tallies) {
    const isGroup = tally.isGroup || tally.people.size > 2
    threads.push({ thread, ...tally, isGroup })
    if (isGroup) note('group', tally.turns)
    else {
      note('out_of_order', outOfOrder)
      note('without_time', withoutTime)
      samples.push(...own.slice(0, sampleCount - samples.length))
    }
  }
  if (turns === 0 && threads.every(({ isGroup }) => !isGroup)) throw new PastProblem('no_turns')
  return { threads, counts, ambiguousDate, owner, samples }
}
