import { useEffect, useState } from 'react'
import { useConnection } from '../transport/connection.ts'

const calmMs = 400
const longMs = 15_000

const sentence = (isRefused: boolean, isLong: boolean): string => {
  if (isRefused) {
    return 'OpenCoach was started again, so this page is out of date. Copy what you have just typed, then open the new address.'
  }
  return isLong
    ? 'OpenCoach does not answer. If you closed it, start it again and use the window or address it opens.'
    : 'Reconnecting… What you write is kept.'
}

/** A calm word while the connection to the host is away; nothing is lost meanwhile. */
export const ConnectionNote = () => {
  const { state, since } = useConnection()
  const [isShown, setShown] = useState(false)
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    setShown(false)
    setLong(false)
    if (state !== 'lost' && state !== 'refused') return
    const show = setTimeout(() => setShown(true), calmMs)
    const lengthen = setTimeout(() => setLong(true), longMs)
    return () => {
      clearTimeout(show)
      clearTimeout(lengthen)
    }
  }, [state])
  return (
    <div className="connection" role="status" data-state={state} data-since={since ?? undefined}>
      {isShown ? (
        <p>
          <span className="connection-dot" aria-hidden="true" />
          {sentence(state === 'refused', isLong)}
        </p>
      ) : null}
    </div>
  )
}
