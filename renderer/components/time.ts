import { useSyncExternalStore } from 'react'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' })
const medium = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
const short = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const shortWithYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' })
const weekday = new Intl.DateTimeFormat('en', { weekday: 'short' })
const longDay = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' })

const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0)
const daysBetween = (time: number, now: number): number => Math.round((startOfDay(now) - startOfDay(time)) / day)
const isSameYear = (a: number, b: number): boolean => new Date(a).getFullYear() === new Date(b).getFullYear()

export const clockTime = (time: number): string => clock.format(time)
/** "20 Nov 2026, 08:00". */
export const mediumTime = (time: number): string => medium.format(time)

/** The time zone of a client, as far as this machine knows it; undefined, which is its own, where nobody said. */
const knownZone = (timeZone: string | null): string | undefined => {
  try {
    return timeZone === null ? undefined : new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}

/** "20 Nov 2026" where a client lives, whether it is past or to come; on this machine's clock for an unknown zone. */
export const dayThere = (time: number, timeZone: string | null): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: knownZone(timeZone) }).format(time)
export const exactTime = (time: number): string => exact.format(time)

/** "now", "6 min", "3 h", "Yesterday", "Mon", "3 Nov". */
export const relativeTime = (time: number, now: number): string => {
  const age = now - time
  if (age < minute) return 'now'
  if (age < hour) return `${Math.floor(age / minute)} min`
  const days = daysBetween(time, now)
  if (days <= 0) return `${Math.floor(age / hour)} h`
  if (days === 1) return 'Yesterday'
  if (days < 7) return weekday.format(time)
  return isSameYear(time, now) ? short.format(time) : shortWithYear.format(time)
}

/** "Today", "Yesterday", "Monday, 3 November". */
export const dayTitle = (time: number, now: number): string => {
  const days = daysBetween(time, now)
  if (days === 0) return 'Today'
  if (days === 1) return 'Yesterday'
  return isSameYear(time, now) ? longDay.format(time) : shortWithYear.format(time)
}

/** "today", "yesterday", "3 Nov" by the calendar of where a client lives; by this machine's for an unknown zone. */
export const sinceWords = (time: number, now: number, timeZone: string | null): string => {
  const zone = knownZone(timeZone)
  const dateOf = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: zone })
  const [date, today] = [dateOf.format(time), dateOf.format(now)]
  const days = Math.round((Date.parse(today) - Date.parse(date)) / day)
  if (days <= 0) return 'today'
  if (days === 1) return 'yesterday'
  const year = date.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: 'numeric' } as const)
  return new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', ...year, timeZone: zone }).format(time)
}

export const isSameDay = (a: number, b: number): boolean => startOfDay(a) === startOfDay(b)

/** "12 min", "2 h", "3 days"; null under a minute, when nobody has waited yet. */
export const waitWords = (since: number, now: number): string | null => {
  const age = now - since
  if (age < minute) return null
  if (age < hour) return `${Math.floor(age / minute)} min`
  if (age < day) return `${Math.floor(age / hour)} h`
  const days = Math.floor(age / day)
  return days === 1 ? '1 day' : `${days} days`
}

/** How much a wait should stand out: after a quarter of an hour, and after an hour. */
export const waitWeight = (since: number, now: number): 'calm' | 'long' | 'too-long' => {
  const age = now - since
  if (age < 15 * minute) return 'calm'
  return age < hour ? 'long' : 'too-long'
}

/** A time that lies ahead: "18:00", "tomorrow 09:00", "Mon 09:00", "3 Dec 09:00". */
export const untilWords = (time: number, now: number): string => {
  const days = daysBetween(now, time)
  if (days <= 0) return clock.format(time)
  if (days === 1) return `tomorrow ${clock.format(time)}`
  if (days < 7) return `${weekday.format(time)} ${clock.format(time)}`
  return `${(isSameYear(time, now) ? short : shortWithYear).format(time)} ${clock.format(time)}`
}

/** The time of day where a client lives, and the place's name: "10:08 in Lisbon". Null for an unknown zone. */
export const timeThere = (timeZone: string | null, now: number): string | null => {
  if (!timeZone) return null
  try {
    const there = new Intl.DateTimeFormat(undefined, { timeStyle: 'short', timeZone }).format(now)
    const place = timeZone.split('/').at(-1)?.replaceAll('_', ' ')
    return `${there} in ${place}`
  } catch {
    return null
  }
}

/** One clock for all who look at it, so that what stands side by side changes together. */
const sharedClock = (stepMs: number) => {
  const listeners = new Set<() => void>()
  let timer: ReturnType<typeof setTimeout> | undefined
  // At the border of each step, so that a minute changes when it changes.
  const wait = (): void => {
    timer = setTimeout(tick, stepMs - (Date.now() % stepMs))
  }
  const tick = (): void => {
    wait()
    for (const listener of listeners) listener()
  }
  return {
    now: () => Math.floor(Date.now() / stepMs) * stepMs,
    subscribe: (tell: () => void) => {
      listeners.add(tell)
      if (timer === undefined) wait()
      return () => {
        listeners.delete(tell)
        if (listeners.size > 0) return
        clearTimeout(timer)
        timer = undefined
      }
    },
  }
}
const clocks = { second: sharedClock(second), 'half-minute': sharedClock(30 * second) } as const

/** The last full second or half minute, renewed when the next one begins; milliseconds since 1970. */
export const useNow = (step: keyof typeof clocks = 'half-minute'): number =>
  useSyncExternalStore(clocks[step].subscribe, clocks[step].now)
