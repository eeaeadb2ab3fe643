import type { QueryClient, QueryKey } from '@tanstack/react-query'
import type { Change } from '../../shared/contract/events.ts'
import type { Queries } from './console.ts'

/** Changes that come close together are refetched once; the first of a burst at once. Milliseconds. */
const gatherMs = 60

const keysOf = (queries: Queries, change: Change): QueryKey[] => {
  const conversation = change.id === undefined ? {} : { input: { conversationId: change.id } }
  switch (change.topic) {
    case 'vault':
      // Whatever was asked while the data was closed is asked again.
      return [[]]
    case 'inbox':
      return [queries.inbox.list.key(), queries.inbox.counts.key(), queries.clients.list.key()]
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
      return [queries.settings.key(), queries.inbox.conversation.key()]
    case 'ledger':
      return [queries.privacy.ledger.key()]
    case 'backups':
      return [queries.backups.key()]
    case 'channels':
      return [queries.channels.key()]
    case 'jobs':
      return []
  }
}

/** Returns a function that takes batches of changes and refetches what is shown of them. */
export const createInvalidator = (queryClient: QueryClient, queries: Queries) => {
  let gathered: Change[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const flush = () => {
    const keys = new Map<string, QueryKey>()
    for (const change of gathered) for (const key of keysOf(queries, change)) keys.set(JSON.stringify(key), key)
    gathered = []
    for (const queryKey of keys.values()) void queryClient.invalidateQueries({ queryKey })
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
