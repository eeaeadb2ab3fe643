/** What a clock on the wall of a place shows. */
interface WallTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const monday = 1
const morningHour = 9

/** The zone, or undefined (the coach's own) where it is not known or no zone. */
export const zoneOrOwn = (timeZone: string | null): string | undefined => {
  if (!timeZone) return undefined
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}

const wallTime = (time: number, timeZone: string | undefined): WallTime => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(time)
  const numberOf = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value)
  return {
    year: numberOf('year'),
    month: numberOf('month'),
    day: numberOf('day'),
    hour: numberOf('hour'),
    minute: numberOf('minute'),
  }
}

const asUtc = (wall: WallTime): number => Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute)

/** When a clock in the zone shows this; milliseconds UTC. An hour that summer time skips is moved past the gap. */
const instantOf = (wall: WallTime, timeZone: string | undefined): number => {
  const shown = asUtc(wall)
  const offsetAt = (time: number) => asUtc(wallTime(time, timeZone)) - Math.floor(time / minuteMs) * minuteMs
  const near = shown - offsetAt(shown)
  return shown - offsetAt(near)
}

const morningAfter = (now: number, days: number, timeZone: string | undefined): number => {
  const today = wallTime(now, timeZone)
  return instantOf({ ...today, day: today.day + days, hour: morningHour, minute: 0 }, timeZone)
}

export interface SendChoice {
  readonly name: string
  /** Milliseconds UTC. */
  readonly at: number
}

/** When a text could go later; mornings are those of the zone. */
export const sendChoices = (now: number, timeZone: string | undefined): readonly SendChoice[] => {
  const today = wallTime(now, timeZone)
  const weekday = new Date(asUtc(today)).getUTCDay()
  const daysToMonday = (monday - weekday + 7) % 7 || 7
  return [
    { name: 'In 1 hour', at: now + hourMs },
    { name: 'Tomorrow 9:00', at: morningAfter(now, 1, timeZone) },
    ...(daysToMonday > 1 ? [{ name: 'Monday 9:00', at: morningAfter(now, daysToMonday, timeZone) }] : []),
  ]
}

/** "Tue 09:00" within a week, else "3 Dec, 09:00"; in the zone, or the coach's own. */
export const dayAndTime = (time: number, now: number, timeZone?: string): string => {
  const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short', timeZone }).format(time)
  const isNear = time - now < 6 * 24 * hourMs
  const day = new Intl.DateTimeFormat(isNear ? 'en' : undefined, {
    timeZone,
    ...(isNear ? { weekday: 'short' } : { day: 'numeric', month: 'short' }),
  }).format(time)
  return isNear ? `${day} ${clock}` : `${day}, ${clock}`
}

/** A time on both clocks: "Tue 09:00 for Ann, Tue 10:00 for you". */
export const bothClocks = (at: number, now: number, zone: string | undefined, name: string): string => {
  const here = dayAndTime(at, now)
  const there = zone ? dayAndTime(at, now, zone) : here
  return there === here ? here : `${there} for ${name}, ${here} for you`
}

/** For a date and time field: "2026-11-24T09:00" on the coach's own clock. */
export const fieldTime = (time: number): string => {
  const { year, month, day, hour, minute } = wallTime(time, undefined)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`
}
