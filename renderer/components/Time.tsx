import { clockTime, exactTime, relativeTime, untilWords, useNow, waitWeight, waitWords } from './time.ts'

interface TimeProps {
  /** Milliseconds since 1970. */
  readonly time: number
}

const isoOf = (time: number): string => new Date(time).toISOString()

/** How long ago, with the exact time on hover. */
export const Ago = ({ time }: TimeProps) => {
  const now = useNow()
  return (
    <time dateTime={isoOf(time)} title={exactTime(time)}>
      {relativeTime(time, now)}
    </time>
  )
}

/** The time of day, with the date on hover. */
export const Clock = ({ time }: TimeProps) => (
  <time dateTime={isoOf(time)} title={exactTime(time)}>
    {clockTime(time)}
  </time>
)

/** A time that lies ahead, with the exact one on hover. */
export const Until = ({ time }: TimeProps) => {
  const now = useNow()
  return (
    <time dateTime={isoOf(time)} title={exactTime(time)}>
      {untilWords(time, now)}
    </time>
  )
}

/** How long a client has been waiting for an answer; it stands out more the longer it takes. */
export const Waits = ({ time }: TimeProps) => {
  const now = useNow()
  const words = waitWords(time, now)
  if (words === null) return null
  return (
    <time
      className={`waits is-${waitWeight(time, now)}`}
      dateTime={isoOf(time)}
      title={`No answer since ${exactTime(time)}`}
    >
      <span className="waits-word">waits </span>
      {words}
    </time>
  )
}
