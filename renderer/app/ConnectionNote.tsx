import './connection.css'
import { useEffect, useState } from 'react'
import { Button } from '../components/Button.tsx'
import { useWritten } from '../features/inbox/written.ts'
import { type ConnectionState, useConnection } from '../transport/connection.ts'
import { useAction } from './action.ts'

const calmMs = 400
/** A connection that only broke stands again well within this time. */
const longMs = 4_000

const isInShell = window.opencoach !== undefined
const noAlerts = 'Until it is back, no new alert can be heard or seen here.'

/** A new start in the browser has another address and key: what stands on the page of the old one ends with it. */
const sentence = (state: ConnectionState, isLong: boolean, hasWords: boolean): string => {
  if (state === 'refused') {
    const first = hasWords ? 'Copy what you wrote, then open' : 'Open'
    return `OpenCoach was started again, so this page is out of date. No alert can be heard or seen here. ${first} the new address.`
  }
  if (!isLong) return `Reconnecting to OpenCoach… ${noAlerts}`
  if (isInShell) {
    const kept = hasWords ? ' What you wrote stays in this window; copy it before you close it.' : ''
    return `OpenCoach does not answer and is being started again. ${noAlerts}${kept}`
  }
  const first = hasWords ? 'Copy what you wrote, as this page cannot save it any more. Then start' : 'Start'
  return `This page has lost OpenCoach: no new alert can be heard or seen here. ${first} OpenCoach again, and use the window or address it opens.`
}

const CopyWords = ({ words }: { readonly words: string }) => {
  const [copied, setCopied] = useState('')
  const copy = useAction(async () => {
    await navigator.clipboard.writeText(words)
    setCopied(words)
  })
  return <Button onClick={() => void copy.run()}>{copied === words ? 'Copied' : 'Copy what I wrote'}</Button>
}

/** Says above everything else that the host is away, what that means, and how nothing written is lost with it. */
export const ConnectionNote = () => {
  const { state, since } = useConnection()
  const words = useWritten()
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
    <div className="connection" data-state={state} data-since={since ?? undefined}>
      <p role="status">
        {isShown ? (
          <>
            <span className="connection-dot" aria-hidden="true" />
            {sentence(state, isLong, words !== '')}
          </>
        ) : null}
      </p>
      {isShown && words !== '' ? <CopyWords words={words} /> : null}
    </div>
  )
}
