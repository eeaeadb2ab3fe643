import { useEffect, useState } from 'react'
import { useConnection } from '../transport/connection.ts'

const calmMs = 400
const longMs = 15_000

/** A calm word while the connection to the host is away; nothing is lost meanwhile. */
export const ConnectionNote = () => {
  const { state, since } = useConnection()
  const [isShown, setShown] = useState(false)
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    setShown(false)
    setLong(false)
    if (state !== 'lost') return
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
          {isLong
            ? 'OpenCoach does not answer. If you closed it, start it again and use the window or address it opens.'
            : 'Reconnecting… What you write is kept.'}
        </p>
      ) : null}
    </div>
  )
}
