const dayMs = 86_400_000

/** Days since 1970 of a date such as `2026-03-01`. */
export const dayOfDate = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / dayMs)

const inUtc = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(undefined, { ...options, timeZone: 'UTC' })
const shortDay = inUtc({ day: 'numeric', month: 'short' })
const weekdayAndDay = inUtc({ weekday: 'short', day: 'numeric' })
const monthAndYear = inUtc({ month: 'long', year: 'numeric' })
const shortMonth = inUtc({ month: 'short', year: 'numeric' })
const longDay = inUtc({ day: 'numeric', month: 'short', year: 'numeric' })

/** "1 Mar". */
export const shortDate = (day: number): string => shortDay.format(day * dayMs)
/** "Sun 1". */
export const weekdayDate = (date: string): string => weekdayAndDay.format(Date.parse(date))
/** "March 2026". */
export const monthOf = (date: string): string => monthAndYear.format(Date.parse(date))

/** "1 Mar 2026", "week of 2 Mar 2026", "Mar 2026". */
export const pointName = (date: string, unit: 'day' | 'week' | 'month'): string => {
  const at = Date.parse(date)
  if (unit === 'month') return shortMonth.format(at)
  return unit === 'week' ? `week of ${longDay.format(at)}` : longDay.format(at)
}

const dayIn = (time: number, timeZone: string): number =>
  dayOfDate(new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(time))

/** "today", "tomorrow", "yesterday", "on Fri, 20 Nov": by the calendar of a place. */
export const dayWords = (time: number, now: number, timeZone: string): string => {
  const ahead = dayIn(time, timeZone) - dayIn(now, timeZone)
  if (ahead === 0) return 'today'
  if (ahead === 1) return 'tomorrow'
  if (ahead === -1) return 'yesterday'
  const day = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short', timeZone })
  return `on ${day.format(time)}`
}

/** "Lisbon". */
export const placeName = (timeZone: string): string => (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ')
