import { useSyncExternalStore } from 'react'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
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

/** "today", "yesterday", "3 Nov". */
export const sinceWords = (time: number, now: number): string => {
  const days = daysBetween(time, now)
  if (days <= 0) return 'today'
  if (days === 1) return 'yesterday'
  return isSameYear(time, now) ? short.format(time) : shortWithYear.format(time)
}

export const isSameDay = (a: number, b: number): boolean => startOfDay(a) === startOfDay(b)

/** "2:08" under an hour, then "1 h 5 min", then "2 days". */
export const waitingTime = (since: number, now: number): string => {
  const age = Math.max(0, now - since)
  if (age < hour) return `${Math.floor(age / minute)}:${String(Math.floor((age % minute) / second)).padStart(2, '0')}`
  if (age < day) return `${Math.floor(age / hour)} h ${Math.floor((age % hour) / minute)} min`
  const days = Math.floor(age / day)
  return days === 1 ? '1 day' : `${days} days`
}

/** The time of day where a client lives, and the place's name: "10:08 for them (Lisbon)". Null for an unknown zone. */
export const timeThere = (timeZone: string | null, now: number): string | null => {
  if (!timeZone) return null
  try {
    const there = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', timeZone }).format(now)
    const place = timeZone.split('/').at(-1)?.replaceAll('_', ' ')
    return `${there} for them (${place})`
  } catch {
    return null
  }
}

const subscribeEvery = (stepMs: number) => (tell: () => void) => {
  const timer = setInterval(tell, stepMs)
  return () => clearInterval(timer)
}
const eachSecond = subscribeEvery(second)
const eachHalfMinute = subscribeEvery(30 * second)

/** The time now, renewed every second or every half minute; milliseconds since 1970. */
export const useNow = (step: 'second' | 'half-minute' = 'half-minute'): number => {
  const stepMs = step === 'second' ? second : 30 * second
  return useSyncExternalStore(
    step === 'second' ? eachSecond : eachHalfMinute,
    () => Math.ceil(Date.now() / stepMs) * stepMs,
  )
}
