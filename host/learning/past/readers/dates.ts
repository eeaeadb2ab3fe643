import type { DateOrder } from '../../../../shared/taxonomy/past.ts'

/** A date and time as they are written, before it is known which figure is the day. */
export interface WrittenTime {
  readonly figures: readonly [number, number, number]
  readonly separator: string
  readonly hour: number
  readonly minute: number
  readonly second: number
}

const clock = String.raw`(\d{1,2})(?:[:.h](\d{2}))(?:[:.](\d{2})(?:[.,]\d+)?)?(?:\s?([ap])\.?\s?m\b\.?)?`
const between = String.raw`[,\s]\s?(?:[-–|]\s)?(?:(?:à|às|as|a las|um|at|kl\.?)\s)?`
const date = String.raw`(\d{1,4})([./-])\s?(\d{1,2})[./-]\s?(\d{1,4})\.?`

/** Source of an expression with eight groups: three figures with the separator after the first, hour, minute, second, a or p. */
export const dateAndTime = `${date}${between}${clock}`
const wholeDateAndTime = new RegExp(`^${dateAndTime}$`, 'iu')
const wholeDate = new RegExp(`^${date}$`, 'u')

const withNoon = (hour: number, half: string | undefined): number => {
  if (half === undefined || hour > 12) return hour
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
}

/** What the groups of `dateAndTime` matched, from `first` on. */
export const writtenTime = (groups: readonly (string | undefined)[], first = 1): WrittenTime => {
  const [a, separator, b, c, hour, minute, second, half] = groups.slice(first, first + 8)
  return {
    figures: [Number(a), Number(b), Number(c)],
    separator: separator ?? '/',
    hour: withNoon(Number(hour ?? 0), half),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
  }
}

const firstYear = 1970
const lastYear = 2100

const isYearFirst = ({ figures: [a] }: WrittenTime): boolean => a > 31

/** Milliseconds since 1970 in the time zone of this machine; null where there is no such day or hour. */
export const timeOf = (written: WrittenTime, order: DateOrder): number | null => {
  const [a, b, c] = written.figures
  const [year, month, day] = isYearFirst(written) ? [a, b, c] : order === 'day' ? [c, b, a] : [c, a, b]
  const full = year < 100 ? 2000 + year : year
  if (full < firstYear || full > lastYear || written.hour > 23 || written.minute > 59 || written.second > 60)
    return null
  const at = new Date(full, month - 1, day, written.hour, written.minute, written.second)
  return at.getMonth() === month - 1 && at.getDate() === day && at.getTime() >= 0 ? at.getTime() : null
}

export interface OrderVote {
  see(written: WrittenTime): void
  /** Null where both readings are as good; then `example` tells one date that differs. */
  decide(): DateOrder | null
  example(): { readonly day: number; readonly month: number } | null
}

const slackMs = 2 * 24 * 3_600_000

/**
 * Finds out from all dates of a file which figure is the day: one above 12 tells, a dot between them tells (nobody
 * writes month.day.year), and so does the reading in which nothing lies in the future or before what stands above it.
 */
export const createOrderVote = (now: number): OrderVote => {
  const counted = { day: { only: 0, late: 0, back: 0, last: 0 }, month: { only: 0, late: 0, back: 0, last: 0 } }
  let dotted = 0
  let example: { day: number; month: number } | null = null

  const follow = (order: DateOrder, at: number): void => {
    const mine = counted[order]
    if (at > now + slackMs) mine.late += 1
    if (at < mine.last) mine.back += 1
    mine.last = at
  }

  const lessOf = (what: 'late' | 'back'): DateOrder | null => {
    const { day, month } = counted
    if (day[what] === 0 && month[what] > 0) return 'day'
    return month[what] === 0 && day[what] > 0 ? 'month' : null
  }

  return {
    see: (written) => {
      if (isYearFirst(written)) return
      if (written.separator === '.') dotted += 1
      const day = timeOf(written, 'day')
      const month = timeOf(written, 'month')
      if (day !== null && month === null) counted.day.only += 1
      if (month !== null && day === null) counted.month.only += 1
      if (day !== null) follow('day', day)
      if (month !== null) follow('month', month)
      if (day !== null && month !== null && day !== month) example ??= { day, month }
    },
    decide: () => {
      const { day, month } = counted
      if (day.only !== month.only) return day.only > month.only ? 'day' : 'month'
      if (dotted > 0 || example === null) return 'day'
      return lessOf('late') ?? lessOf('back')
    },
    example: () => example,
  }
}

const isoWithZone = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)$/u
const named =
  /^(?=.*\b\d{4}\b)(?:\p{L}{3,9},?\s)?(?:\d{1,2}\.?\s\p{L}{3,9}|\p{L}{3,9}\.?\s\d{1,2})\b[\p{L}\d\s,.:+-]{0,40}$/u

/** A time in any of the forms that tables use; as it is written where the order of day and month is still open. */
export const readTime = (raw: string): number | WrittenTime | null => {
  const text = raw.trim()
  if (/^\d{10}$/u.test(text)) return Number(text) * 1_000
  if (/^\d{13}$/u.test(text)) return Number(text)
  if (isoWithZone.test(text)) return inRange(Date.parse(text.replace(' ', 'T').replace(/\s/gu, '')))
  const match = wholeDateAndTime.exec(text.replace(/T(?=\d)/u, ' ')) ?? wholeDate.exec(text)
  if (match) return writtenTime(match)
  return named.test(text) ? inRange(Date.parse(text.replaceAll(',', ''))) : null
}

const inRange = (at: number): number | null => (at >= 0 && at < Date.UTC(lastYear, 0) ? at : null)
