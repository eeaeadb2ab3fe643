import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { ConversationRow } from '../../shared/contract/inbox.ts'
import type { Owner } from '../../shared/taxonomy/conversation.ts'
import { ownerWords, triggerWords } from '../components/words.ts'
import { queries } from '../transport/console.ts'
import { setUi, useUi } from './ui.ts'

const watchedRows = 20
const heardMs = 5_000

interface Heard {
  readonly upToSeq: number
  readonly owners: ReadonlyMap<string, Owner>
}

const isCall = (row: ConversationRow): boolean => row.owner === 'waiting' || row.owner === 'locked'

const callWords = (row: ConversationRow): string =>
  [row.trigger ? triggerWords[row.trigger] : null, ownerWords[row.owner].toLowerCase()].filter(Boolean).join(', ')

/** What is new in the rows since they were last heard: calls for the coach with their reason, then mere messages. */
const arrivals = (rows: readonly ConversationRow[], heard: Heard): string => {
  const isNew = (row: ConversationRow) => row.lastSeq > heard.upToSeq
  const calls = rows.filter(
    (row) => isCall(row) && (isNew(row) || heard.owners.has(row.id)) && heard.owners.get(row.id) !== row.owner,
  )
  const messages = rows.filter((row) => isNew(row) && row.previewSender === 'client' && !calls.includes(row))
  return [
    ...calls.map((row) => `${row.clientName}: ${callWords(row)}`),
    ...(messages.length > 0 ? [`New message from ${messages.map(withState).join(', ')}`] : []),
  ].join('. ')
}

const withState = (row: ConversationRow): string =>
  isCall(row) ? `${row.clientName} (${callWords(row)})` : row.clientName

/** Says arrivals to screen readers, politely; the log itself stays silent. */
export const Announcer = () => {
  const newest = useQuery(queries.inbox.list.queryOptions({ input: { filter: 'all', limit: watchedRows } })).data
  const heard = useRef<Heard | null>(null)
  const announcement = useUi((ui) => ui.announcement)
  useEffect(() => {
    if (!newest) return
    const before = heard.current
    heard.current = {
      upToSeq: Math.max(before?.upToSeq ?? 0, ...newest.rows.map((row) => row.lastSeq)),
      owners: new Map(newest.rows.map((row) => [row.id, row.owner])),
    }
    if (before === null) return
    const words = arrivals(newest.rows, before)
    if (words !== '') setUi({ announcement: words })
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
