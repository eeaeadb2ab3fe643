import { useQueries, useQuery } from '@tanstack/react-query'
import type { ConversationRow } from '../../shared/contract/inbox.ts'
import { queries } from '../transport/console.ts'

/** Whoever is in danger comes with the first page, however short it is. */
const watchedRows = 1

/** Locked conversations nobody has acknowledged, the longest waiting first; whatever cannot be asked about counts. */
export const useCrises = (): readonly ConversationRow[] => {
  const waiting = useQuery(queries.inbox.list.queryOptions({ input: { filter: 'needs_me', limit: watchedRows } })).data
  const locked = (waiting?.rows ?? []).filter((row) => row.owner === 'locked')
  const known = useQueries({
    queries: locked.map((row) => queries.inbox.conversation.queryOptions({ input: { conversationId: row.id } })),
  })
  return locked
    .filter((_row, index) => {
      const asked = known[index]
      if (!asked || asked.isError) return true
      return asked.data !== undefined && asked.data.owner === 'locked' && !asked.data.handoff?.acknowledgedAt
    })
    .sort((a, b) => (a.waitingSince ?? a.lastMessageAt) - (b.waitingSince ?? b.lastMessageAt))
}
