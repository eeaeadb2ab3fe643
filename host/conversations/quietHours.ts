/** Hours of a day, `22:30`, in a time zone; from may be later than to, over midnight. Equal ones mean never. */
export interface QuietHours {
  readonly from: string
  readonly to: string
  readonly timeZone: string
}

const minuteMs = 60_000
const dayMinutes = 24 * 60

const minutesOf = (clockTime: string): number => {
  const [hours = 0, minutes = 0] = clockTime.split(':').map(Number)
  return hours * 60 + minutes
}

const formats = new Map<string, Intl.DateTimeFormat>()

const localMinutes = (at: number, timeZone: string): number => {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  formats.set(timeZone, format)
  return minutesOf(format.format(at))
}

/** When the quiet hours that hold at `at` end, milliseconds UTC; null where none hold. Right over changes of the clock. */
export const quietUntil = ({ from, to, timeZone }: QuietHours, at: number): number | null => {
  const [begin, end, local] = [minutesOf(from), minutesOf(to), localMinutes(at, timeZone)]
  const isQuiet = begin < end ? local >= begin && local < end : begin > end && (local >= begin || local < end)
  if (!isQuiet) return null
  const minuteStart = at - (at % minuteMs)
  const guess = minuteStart + ((end - local + dayMinutes) % dayMinutes || dayMinutes) * minuteMs
  // Where the clock changes in between, the guess is off by that change.
  const drift = ((localMinutes(guess, timeZone) - end + dayMinutes * 1.5) % dayMinutes) - dayMinutes / 2
  return guess - drift * minuteMs
}

/** How long what was written at `at` was meant to wait, milliseconds; 0 outside quiet hours. */
export const quietMsAfter = (hours: QuietHours, at: number): number => (quietUntil(hours, at) ?? at) - at
