import { Problem } from '../../shared/problem.ts'

/** A day or a week of the coach, and the part of it that was asked about; milliseconds UTC, `to` not included. */
export interface Bucket {
  readonly start: number
  readonly from: number
  readonly to: number
}

export interface Span {
  readonly from: number
  readonly to: number
  readonly timeZone: string
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const mostDaysByDay = 60
const mostYears = 20

/**
 * Cuts a span into the coach's days where it is at most 60 days long, else into weeks from Monday on; right over
 * changes of the clock. Throws INVALID_INPUT for an unknown time zone or a span that is none.
 */
export const bucketsOf = ({ from, to, timeZone }: Span): { unit: 'day' | 'week'; buckets: Bucket[] } => {
  const zone = zoneOf(timeZone)
  if (from >= to) throw new Problem('INVALID_INPUT', 'The end of this time lies before its beginning.')
  if (to - from > mostYears * 366 * dayMs) throw new Problem('INVALID_INPUT', 'Choose a time of at most 20 years.')
  // 60 days in which the clock was set back are an hour longer.
  const unit = to - from <= mostDaysByDay * dayMs + hourMs ? 'day' : 'week'
  const step = unit === 'day' ? 1 : 7
  const firstDay = zone.dayOf(from)
  // Day 0, 1 January 1970, was a Thursday.
  const first = unit === 'day' ? firstDay : firstDay - mod(firstDay + 3, 7)
  const buckets: Bucket[] = []
  let start = zone.startOfDay(first)
  for (let day = first; start < to; day += step) {
    const next = zone.startOfDay(day + step)
    // A day that a time zone left out has no length.
    if (next > start && next > from) buckets.push({ start, from: Math.max(start, from), to: Math.min(next, to) })
    start = next
  }
  return { unit, buckets }
}

const mod = (value: number, by: number): number => ((value % by) + by) % by

interface Zone {
  /** The day a moment belongs to there, counted from 1 January 1970. */
  dayOf(at: number): number
  /** The first moment of a day there, milliseconds UTC. */
  startOfDay(day: number): number
}

const zoneOf = (timeZone: string): Zone => {
  const format = formatOf(timeZone)
  const offsetAt = (at: number): number => {
    const part = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    const read = (type: Intl.DateTimeFormatPartTypes): number => part.get(type) ?? 0
    const local = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'))
    return local - Math.floor(at / 1_000) * 1_000
  }
  const dayOf = (at: number): number => Math.floor((at + offsetAt(at)) / dayMs)

  const startOfDay = (day: number): number => {
    const midnight = day * dayMs
    // With the offset before and after any change of the clock around that midnight.
    const candidates = [midnight - dayMs, midnight + dayMs].map((at) => midnight - offsetAt(at))
    const real = candidates.filter((at) => at + offsetAt(at) === midnight)
    return real.length > 0 ? Math.min(...real) : afterSkippedMidnight(day, Math.max(...candidates))
  }

  /** Where the clock jumps over midnight, the day begins at the jump; clocks change on a quarter of an hour. */
  const afterSkippedMidnight = (day: number, at: number): number => {
    let start = at
    while (dayOf(start - 15 * minuteMs) >= day) start -= 15 * minuteMs
    return start
  }

  return { dayOf, startOfDay }
}

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    throw new Problem('INVALID_INPUT', 'This time zone is not known.')
  }
}
