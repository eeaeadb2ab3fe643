import { useEffect, useRef, useState } from 'react'
import { plural } from '../components/words.ts'
import { hrefTo } from './router.ts'
import { useCrises } from './useCrises.ts'

const names = (all: readonly { readonly clientName: string }[]): string => {
  const [first, ...others] = all
  if (!first || others.length === 0) return first?.clientName ?? ''
  return `${first.clientName} and ${plural(others.length, 'other client')}`
}

/** A client in danger stands over every screen until the coach has acknowledged it or taken over. */
export const CrisisBar = () => {
  const crises = useCrises()
  const heard = useRef(new Set<string>())
  const [alarm, setAlarm] = useState({ count: 0, words: '' })
  const ids = crises.map((row) => row.id).join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows change with every message, who is in danger does not
  useEffect(() => {
    const fresh = crises.filter((row) => !heard.current.has(row.id))
    heard.current = new Set(crises.map((row) => row.id))
    if (fresh.length === 0) return
    setAlarm(({ count }) => ({
      count: count + 1,
      words: fresh.map((row) => `Safety crisis: ${row.clientName} may be in danger.`).join(' '),
    }))
  }, [ids])
  const first = crises[0]
  if (!first) return null
  return (
    <section className="crisis-bar" aria-label="Safety crisis">
      {alarm.words ? (
        <p key={alarm.count} role="alert" className="visually-hidden">
          {alarm.words}
        </p>
      ) : null}
      <p id="crisis-words">
        <span aria-hidden="true">⚠ </span>
        <b>{names(crises)}</b> may be in danger.
      </p>
      <a className="button crisis-open" href={hrefTo('inbox', first.id)} aria-describedby="crisis-words">
        Open
      </a>
    </section>
  )
}
