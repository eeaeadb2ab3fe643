import type { QueryClient, QueryKey } from '@tanstack/react-query'
import type { Change } from '../../shared/contract/events.ts'
import type { Queries } from './console.ts'

/** Changes that come close together are refetched once; the first of a burst at once. Milliseconds. */
const gatherMs = 60
/** What adds up many messages is asked anew more calmly. Milliseconds. */
const gatherSumsMs = 2_000

const sumKeys = (queries: Queries): readonly QueryKey[] => [queries.reports.key(), queries.handoffs.preview.key()]

const callKeys = ({ handoffs }: Queries): QueryKey[] => [
  handoffs.openAlerts.key(),
  handoffs.unansweredCrises.key(),
  handoffs.crises.key(),
  handoffs.audit.key(),
  handoffs.followUps.key(),
]

const keysOf = (queries: Queries, change: Change): QueryKey[] => {
  const conversation = change.id === undefined ? {} : { input: { conversationId: change.id } }
  switch (change.topic) {
    case 'vault':
      // Whatever was asked while the data was closed is asked again.
      return [[]]
    case 'inbox':
      return [queries.inbox.list.key(), queries.inbox.counts.key(), queries.clients.list.key(), ...callKeys(queries)]
    case 'conversation':
      return [
        queries.inbox.conversation.key(conversation),
        queries.inbox.thread.key(conversation),
        queries.clients.get.key(),
      ]
    case 'clients':
      return [
        queries.clients.list.key(),
        queries.clients.get.key(change.id === undefined ? {} : { input: { clientId: change.id } }),
        queries.inbox.conversation.key(),
        queries.inbox.list.key(),
      ]
    case 'settings':
      return [queries.settings.key(), queries.inbox.conversation.key(), queries.handoffs.preview.key()]
    case 'ledger':
      return [queries.privacy.ledger.key()]
    case 'backups':
      return [queries.backups.key()]
    case 'channels':
      return [queries.channels.key()]
    case 'alerts':
      return callKeys(queries)
    case 'notes':
      return [queries.notes.key()]
    case 'canned':
      return [queries.canned.key()]
    case 'jobs':
      return []
  }
}

/** Returns a function that takes batches of changes and refetches what is shown of them. */
export const createInvalidator = (queryClient: QueryClient, queries: Queries) => {
  let gathered: Change[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let sumsTimer: ReturnType<typeof setTimeout> | undefined

  const refetch = (keys: Iterable<QueryKey>) => {
    for (const queryKey of keys) void queryClient.invalidateQueries({ queryKey })
  }

  const refetchSumsSoon = () => {
    if (sumsTimer !== undefined) return
    sumsTimer = setTimeout(() => {
      sumsTimer = undefined
      refetch(sumKeys(queries))
    }, gatherSumsMs)
  }

  const flush = () => {
    const keys = new Map<string, QueryKey>()
    for (const change of gathered) for (const key of keysOf(queries, change)) keys.set(JSON.stringify(key), key)
    if (gathered.some(({ topic }) => topic === 'inbox' || topic === 'conversation')) refetchSumsSoon()
    gathered = []
    refetch(keys.values())
  }

  const rest = () => {
    timer = undefined
    if (gathered.length === 0) return
    flush()
    timer = setTimeout(rest, gatherMs)
  }

  return (changes: readonly Change[]) => {
    gathered.push(...changes)
    if (timer !== undefined || gathered.length === 0) return
    flush()
    timer = setTimeout(rest, gatherMs)
  }
}
