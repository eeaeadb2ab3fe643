import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { queries } from '../transport/console.ts'
import { setUi, useUi } from './ui.ts'

const watchedRows = 20
const heardMs = 5_000

/** Says arrivals to screen readers, politely; the log itself stays silent. */
export const Announcer = () => {
  const newest = useQuery(queries.inbox.list.queryOptions({ input: { filter: 'all', limit: watchedRows } })).data
  const heardUpTo = useRef<number | null>(null)
  const announcement = useUi((ui) => ui.announcement)
  useEffect(() => {
    if (!newest) return
    const before = heardUpTo.current
    heardUpTo.current = Math.max(before ?? 0, ...newest.rows.map((row) => row.lastSeq))
    if (before === null) return
    const names = newest.rows
      .filter((row) => row.lastSeq > before && row.previewSender === 'client')
      .map((row) => row.clientName)
    if (names.length > 0) setUi({ announcement: `New message from ${names.join(', ')}` })
  }, [newest])
  useEffect(() => {
    if (announcement === '') return
    // Emptied, so that the same words are heard again with the next message.
    const timer = setTimeout(() => setUi({ announcement: '' }), heardMs)
    return () => clearTimeout(timer)
  }, [announcement])
  return (
    <div role="status" aria-live="polite" className="visually-hidden">
      {announcement}
    </div>
  )
}
