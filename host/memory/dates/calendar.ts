/** A day of a calendar, as days since 1970-01-01 in whatever time zone it is meant. */
export type Day = number

export interface WallTime {
  readonly day: Day
  /** Minutes since midnight, as a clock on the wall shows them. */
  readonly minutes: number
}

const dayMs = 86_400_000
const minuteMs = 60_000
const formats = new Map<string, Intl.DateTimeFormat>()

/** A time zone that this machine knows, UTC for any other. */
export const knownTimeZone = (timeZone: string): string => {
  try {
    formatOf(timeZone)
    return timeZone
  } catch {
    return 'UTC'
  }
}

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const found =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
  formats.set(timeZone, found)
  return found
}

/** What calendar and clock on the wall show at a moment, in a known time zone. */
export const wallTimeAt = (at: number, timeZone: string): WallTime => {
  const shown = at + offsetAt(at, timeZone)
  const day = Math.floor(shown / dayMs)
  return { day, minutes: Math.floor((shown - day * dayMs) / minuteMs) }
}

const offsetAt = (at: number, timeZone: string): number => {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
}

/**
 * The moment at which a wall shows that time, milliseconds UTC. Where the clock skips it, the moment after the gap by as
 * much; where it shows it twice, the first.
 */
export const momentOf = ({ day, minutes }: WallTime, timeZone: string): number => {
  const shown = day * dayMs + minutes * minuteMs
  // The offsets half a day before and after hold on either side of a change of the clock.
  const [before, after] = [offsetAt(shown - dayMs / 2, timeZone), offsetAt(shown + dayMs / 2, timeZone)]
  const first = shown - before
  if (before === after || offsetAt(first, timeZone) === before) return first
  const second = shown - after
  return offsetAt(second, timeZone) === after ? second : first
}

export const dayOf = (year: number, month: number, date: number): Day => Math.floor(Date.UTC(year, month, date) / dayMs)

/** Month from 0 on, as JavaScript counts them. */
export const partsOf = (day: Day): { year: number; month: number; date: number } => {
  const at = new Date(day * dayMs)
  return { year: at.getUTCFullYear(), month: at.getUTCMonth(), date: at.getUTCDate() }
}

/** 0 for Monday to 6 for Sunday; 1970-01-01 was a Thursday. */
export const weekdayOf = (day: Day): number => (((day + 3) % 7) + 7) % 7

/** `2026-03-01`. */
export const isoDate = (day: Day): string => new Date(day * dayMs).toISOString().slice(0, 10)

export const dayOfIso = (date: string): Day => Math.floor(Date.parse(`${date}T00:00:00Z`) / dayMs)
