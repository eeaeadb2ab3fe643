import { clockTime, exactTime, relativeTime, useNow } from './time.ts'

/** How long ago, with the exact time on hover. */
export const Ago = ({ time }: { readonly time: number }) => {
  const now = useNow()
  return (
    <time dateTime={new Date(time).toISOString()} title={exactTime(time)}>
      {relativeTime(time, now)}
    </time>
  )
}

/** The time of day, with the date on hover. */
export const Clock = ({ time }: { readonly time: number }) => (
  <time dateTime={new Date(time).toISOString()} title={exactTime(time)}>
    {clockTime(time)}
  </time>
)
