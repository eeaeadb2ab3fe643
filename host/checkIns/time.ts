import type { HourSource } from '../../shared/contract/timeline.ts'
import { type QuietHours, quietUntil } from '../conversations/index.ts'
import { isWakingHour, momentOf, wallTimeAt } from '../memory/index.ts'

const hourMs = 3_600_000
const usualHour = 10
/** Fewer messages of a client tell nothing of their habits. */
const leastMessages = 10
/** The coach should have time to read it before it goes. */
const leadMs = 15 * 60_000

export interface Habits {
  /** `18:00`, those in which they answer most first. */
  readonly bestCallTimes: readonly string[]
  readonly mostActiveHours: readonly number[]
  readonly messageCount: number
}

export interface SuggestedTime {
  /** Milliseconds UTC. */
  readonly sendAt: number
  readonly hourFrom: HourSource
}

/** Hours to ask in, the best first: when they answer, else when they write; those of one source only. */
const hoursOf = (habits: Habits | null): { hours: readonly number[]; hourFrom: HourSource } => {
  const isKnown = habits !== null && habits.messageCount >= leastMessages
  const answering = isKnown ? habits.bestCallTimes.map((time) => Number.parseInt(time, 10)).filter(isWakingHour) : []
  if (answering.length > 0) return { hours: answering, hourFrom: 'answers' }
  const writing = isKnown ? habits.mostActiveHours.filter(isWakingHour) : []
  if (writing.length > 0) return { hours: writing, hourFrom: 'writes' }
  return { hours: [usualHour], hourFrom: 'default' }
}

/**
 * When to ask after a commitment: at the client's best hour by their own clock, on the first day on which it is due and
 * that hour still lies ahead. `quiet`: hours in which nothing should reach them; where all their hours are quiet, the end of
 * those.
 */
export const suggestTime = (
  {
    dueTo,
    timeZone,
    habits,
    quiet,
  }: { dueTo: number; timeZone: string; habits: Habits | null; quiet: QuietHours | null },
  now: number,
): SuggestedTime => {
  const earliest = Math.max(dueTo, now + leadMs)
  const { hours, hourFrom } = hoursOf(habits)
  const at = (hour: number): number => {
    const { day } = wallTimeAt(earliest, timeZone)
    const today = momentOf({ day, minutes: hour * 60 }, timeZone)
    return today >= earliest ? today : momentOf({ day: day + 1, minutes: hour * 60 }, timeZone)
  }
  const isQuiet = (moment: number): boolean => quiet !== null && quietUntil(quiet, moment) !== null
  const best = hours.map(at).find((moment) => !isQuiet(moment))
  if (best !== undefined) return { sendAt: best, hourFrom }
  const first = at(hours[0] ?? usualHour)
  return { sendAt: (quiet === null ? null : quietUntil(quiet, first)) ?? first + hourMs, hourFrom: 'default' }
}
