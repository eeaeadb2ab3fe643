import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { ConversationRow, InboxFilter } from '../../../shared/contract/inbox.ts'
import { queries } from '../../transport/console.ts'

const pageSize = 50

/** The rows of one filter, newest first, with the open conversation kept in its place while it is being read. */
export const useConversationRows = (filter: InboxFilter, openId: string | null) => {
  const list = useInfiniteQuery(
    queries.inbox.list.infiniteOptions({
      input: (before: number | undefined) => ({ filter, limit: pageSize, ...(before === undefined ? {} : { before }) }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
  const open = useQuery({
    ...queries.inbox.conversation.queryOptions({ input: { conversationId: openId ?? '' } }),
    enabled: openId !== null,
  })
  const loaded = useMemo(() => uniqueRows(list.data?.pages.flatMap((page) => page.rows) ?? []), [list.data])
  const kept = useKeptRow(loaded, filter, openId, open.data)
  const rows = useMemo(() => (kept ? withRow(loaded, kept) : loaded), [loaded, kept])
  return { list, rows, open: open.data }
}

/** A conversation that moves up between two page reads can come twice; the first place is the newer. */
const uniqueRows = (rows: readonly ConversationRow[]): ConversationRow[] => {
  const seen = new Set<string>()
  return rows.filter((row) => !seen.has(row.id) && seen.add(row.id))
}

/** Who is in danger stands on top whatever their number; the row goes behind them, where its number puts it. */
const withRow = (rows: readonly ConversationRow[], row: ConversationRow): ConversationRow[] => {
  const at = rows.findIndex((each) => each.owner !== 'locked' && each.lastSeq < row.lastSeq)
  return at < 0 ? [...rows, row] : [...rows.slice(0, at), row, ...rows.slice(at)]
}

/** What stands here was put here by the coach, and leaves when they take it out. */
const strict: ReadonlySet<InboxFilter> = new Set(['snoozed', 'done', 'requests'])

/** Reading a conversation may end what the filter asks for; the row stays until another one is opened. */
const useKeptRow = (
  rows: readonly ConversationRow[],
  filter: InboxFilter,
  openId: string | null,
  open: ConversationRow | undefined,
): ConversationRow | null => {
  const [shown, setShown] = useState<{ filter: InboxFilter; id: string } | null>(null)
  const isListed = openId !== null && rows.some((row) => row.id === openId)
  useEffect(() => {
    if (isListed && openId) setShown({ filter, id: openId })
  }, [isListed, openId, filter])
  if (isListed || !open || strict.has(filter) || shown?.id !== openId || shown.filter !== filter) return null
  return open
}
