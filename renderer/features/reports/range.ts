/** What the reports can look back on. */
export const ranges = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
] as const
export type Range = (typeof ranges)[number]['value']

export interface Span {
  readonly from: number
  readonly to: number
  readonly timeZone: string
  readonly withPractice: boolean
}

const daysLater = (start: number, days: number): number => {
  const day = new Date(start)
  day.setDate(day.getDate() + days)
  return day.getTime()
}

/** Whole days of the coach, today included; the same all day long, so that nothing is asked anew without need. */
export const spanOf = (range: Range, withPractice: boolean, now: number): Span => {
  const today = new Date(now).setHours(0, 0, 0, 0)
  return {
    from: daysLater(today, 1 - Number(range)),
    to: daysLater(today, 1),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    withPractice,
  }
}

/** Start and end of one bar, within the span. */
export const bucketSpan = (span: Span, start: number, unit: 'day' | 'week'): Span => ({
  ...span,
  from: Math.max(span.from, start),
  to: Math.min(span.to, daysLater(start, unit === 'day' ? 1 : 7)),
})

const dayName = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })

/** "21 Nov", "week of 16 Nov". */
export const bucketName = (start: number, unit: 'day' | 'week'): string =>
  unit === 'day' ? dayName.format(start) : `week of ${dayName.format(start)}`

/** The short form under a bar. */
export const tickName = (start: number): string => dayName.format(start)

/** Every day or week of the span in order, also those in which nothing happened. */
export const bucketsOf = (span: Span, unit: 'day' | 'week', known: readonly number[]): readonly number[] => {
  const step = unit === 'day' ? 1 : 7
  const first = known.length > 0 ? Math.min(...known) : span.from
  const starts: number[] = []
  for (let start = first; start < span.to; start = daysLater(start, step)) starts.push(start)
  for (let start = daysLater(first, -step); start > daysLater(span.from, -step); start = daysLater(start, -step)) {
    starts.unshift(start)
  }
  return starts
}
