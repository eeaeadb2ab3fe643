import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { ConversationRow, InboxFilter } from '../../../shared/contract/inbox.ts'
import { type host, queries } from '../../transport/console.ts'
import { checkInsEveryMs } from '../timeline/useCheckIns.ts'

const pageSize = 50

/** The rows of one filter in the order of the host, with the open conversation kept in its place while it is being read. */
export const useConversationRows = (filter: InboxFilter, openId: string | null) => {
  const list = useInfiniteQuery(
    queries.inbox.list.infiniteOptions({
      input: (after: Parameters<typeof host.inbox.list>[0]['after']) => ({ filter, limit: pageSize, after }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: keepPreviousData,
      // Commitments fall due without anything happening.
      refetchInterval: filter === 'check_ins' ? checkInsEveryMs : false,
    }),
  )
  const open = useQuery({
    ...queries.inbox.conversation.queryOptions({ input: { conversationId: openId ?? '' } }),
    enabled: openId !== null,
  })
  const loaded = useMemo(() => uniqueRows(list.data?.pages.flatMap((page) => page.rows) ?? []), [list.data])
  const kept = useKeptRow(loaded, filter, openId, open.data)
  const rows = useMemo(() => (kept ? withRow(loaded, kept, filter) : loaded), [loaded, kept, filter])
  return { list, rows, open: open.data }
}

/** A conversation that moves up between two page reads can come twice; the first place is the newer. */
const uniqueRows = (rows: readonly ConversationRow[]): ConversationRow[] => {
  const seen = new Set<string>()
  return rows.filter((row) => !seen.has(row.id) && seen.add(row.id))
}

interface Kept {
  readonly row: ConversationRow
  /** Where it stood when it was last listed. */
  readonly at: number
}

/**
 * Who is in danger stands on top whatever their number; the row goes behind them, where its number puts it. What was
 * sorted by waiting has no such number any more once it is answered, and stays where it was.
 */
const withRow = (rows: readonly ConversationRow[], { row, at }: Kept, filter: InboxFilter): ConversationRow[] => {
  const older = rows.findIndex((each) => each.owner !== 'locked' && each.lastSeq < row.lastSeq)
  const place = filter === 'needs_me' ? Math.min(at, rows.length) : older
  return place < 0 ? [...rows, row] : [...rows.slice(0, place), row, ...rows.slice(place)]
}

/** What stands here was put here by the coach, and leaves when they take it out. */
const strict: ReadonlySet<InboxFilter> = new Set(['snoozed', 'done', 'requests'])

/** Reading a conversation may end what the filter asks for; the row stays until another one is opened. */
const useKeptRow = (
  rows: readonly ConversationRow[],
  filter: InboxFilter,
  openId: string | null,
  open: ConversationRow | undefined,
): Kept | null => {
  const [shown, setShown] = useState<{ filter: InboxFilter; id: string; at: number } | null>(null)
  const at = openId === null ? -1 : rows.findIndex((row) => row.id === openId)
  useEffect(() => {
    if (at >= 0 && openId) setShown({ filter, id: openId, at })
  }, [at, openId, filter])
  const isKept = at < 0 && shown?.id === openId && shown.filter === filter && !strict.has(filter)
  return useMemo(() => (isKept && open && shown ? { row: open, at: shown.at } : null), [isKept, open, shown])
}
