import type { SummaryPeriod, TimelineRange } from '../../../shared/taxonomy/memory.ts'
import { type Day, dayOfIso, isoDate } from '../dates/index.ts'
import { periodOf } from '../sessions/index.ts'

const rangeDays = { month: 30, quarter: 91, year: 365 } as const satisfies Record<Exclude<TimelineRange, 'all'>, number>
/** A picture with more points than this shows nothing more. */
export const mostPoints = 400
const mostDays = 100

export interface Stretch {
  /** The first day, and the last; ISO dates of the client's calendar. */
  readonly from: string
  readonly to: string
  readonly period: SummaryPeriod
}

/**
 * The days a timeline is about, and in what its points are counted: single days up to a quarter, then weeks, and months where
 * weeks would be more than 400. `firstDate`: of the oldest session, null where there is none.
 */
export const stretchOf = (range: TimelineRange, today: Day, firstDate: string | null): Stretch => {
  const first = range === 'all' ? (firstDate === null ? today : dayOfIso(firstDate)) : today + 1 - rangeDays[range]
  const days = today - first + 1
  const period = days <= mostDays ? 'daily' : days <= (mostPoints - 1) * 7 ? 'weekly' : 'monthly'
  // Whole weeks and months, so that the first point says as much as the others.
  return { from: periodOf(period, isoDate(first)).from, to: isoDate(today), period }
}
