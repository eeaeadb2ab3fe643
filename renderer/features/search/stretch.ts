const dayMs = 24 * 60 * 60_000
const month = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric' })

const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0)

/** The stretch of time a message is from: "Today", "Yesterday", "Last 7 days", then its month. */
export const stretchOf = (time: number, now: number): string => {
  const days = Math.round((startOfDay(now) - startOfDay(time)) / dayMs)
  if (days <= 0) return 'Today'
  if (days === 1) return 'Yesterday'
  return days < 7 ? 'Last 7 days' : month.format(time)
}
