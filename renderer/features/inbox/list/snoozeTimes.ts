interface SnoozeChoice {
  readonly name: string
  /** Milliseconds since 1970. */
  readonly at: number
}

const evening = 18
const morning = 9
const halfHourMs = 30 * 60_000
const monday = 1

const onDay = (now: number, days: number, hour: number): number => {
  const day = new Date(now)
  day.setDate(day.getDate() + days)
  return day.setHours(hour, 0, 0, 0)
}

/** When a conversation could come back, on the coach's own clock; what is over or the same as another is left out. */
export const snoozeChoices = (now: number): readonly SnoozeChoice[] => {
  const tonight = onDay(now, 0, evening)
  const daysToMonday = (monday - new Date(now).getDay() + 7) % 7 || 7
  return [
    ...(tonight - now >= halfHourMs ? [{ name: 'Later today', at: tonight }] : []),
    { name: 'Tomorrow', at: onDay(now, 1, morning) },
    ...(daysToMonday > 1 ? [{ name: 'Monday', at: onDay(now, daysToMonday, morning) }] : []),
  ]
}
