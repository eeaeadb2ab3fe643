import type { QueryClient, QueryKey } from '@tanstack/react-query'
import type { Change } from '../../shared/contract/events.ts'
import type { Queries } from './console.ts'

/** Changes that come close together are refetched once; the first of a burst at once. Milliseconds. */
const gatherMs = 60
/** What adds up many messages is asked anew more calmly. Milliseconds. */
const gatherSumsMs = 2_000
/** While many documents are read, many changes a second come; the eye needs two. Milliseconds. */
const gatherLibraryMs = 500

const sumKeys = (queries: Queries): readonly QueryKey[] => [
  queries.reports.key(),
  queries.handoffs.preview.key(),
  queries.timeline.read.key(),
]

const callKeys = ({ handoffs }: Queries): QueryKey[] => [
  handoffs.openAlerts.key(),
  handoffs.unansweredCrises.key(),
  handoffs.crises.key(),
  handoffs.audit.key(),
  handoffs.followUps.key(),
]

/** A change in one client's memory may give a reason to ask after something, or take it away. */
const memoryKeys = ({ timeline, checkIns, inbox }: Queries, clientId: string | undefined): QueryKey[] => [
  timeline.key(clientId === undefined ? {} : { input: { clientId } }),
  checkIns.key(),
  inbox.list.key({ input: { filter: 'check_ins' } }),
]

/** What was searched and the page being read stay as they are while other documents change. */
const libraryKeys = ({ library }: Queries, documentId: string | undefined): QueryKey[] => {
  const document = documentId === undefined ? {} : { input: { documentId } }
  return [
    library.list.key(),
    library.overview.key(),
    library.document.key(document),
    library.watched.key(),
    library.gaps.key(),
    library.links.key(),
    library.spaces.status.key(),
    ...(documentId === undefined ? [] : [library.page.key(document)]),
  ]
}

const keysOf = (queries: Queries, change: Change): QueryKey[] => {
  const conversation = change.id === undefined ? {} : { input: { conversationId: change.id } }
  switch (change.topic) {
    case 'vault':
      // Whatever was asked while the data was closed is asked again.
      return [[]]
    case 'inbox':
      return [
        queries.inbox.list.key(),
        queries.inbox.counts.key(),
        queries.clients.list.key(),
        queries.checkIns.key(),
        ...callKeys(queries),
      ]
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
        queries.checkIns.key(),
      ]
    case 'settings':
      return [
        queries.settings.key(),
        queries.inbox.conversation.key(),
        queries.handoffs.preview.key(),
        queries.checkIns.key(),
      ]
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
    case 'library':
      return libraryKeys(queries, change.id)
    case 'memory':
      return [
        queries.memory.key(change.id === undefined ? {} : { input: { clientId: change.id } }),
        ...memoryKeys(queries, change.id),
        queries.settings.memoryReading.key(),
      ]
    case 'learning':
      return [queries.learning.key(), queries.rules.key()]
    case 'past':
      return [queries.past.list.key()]
    case 'jobs':
      return []
  }
}

/** Returns a function that takes batches of changes and refetches what is shown of them. */
export const createInvalidator = (queryClient: QueryClient, queries: Queries) => {
  let gathered: Change[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let sumsTimer: ReturnType<typeof setTimeout> | undefined
  let gatheredOfLibrary: Change[] = []
  let isLibraryResting = false

  const refetch = (keys: Iterable<QueryKey>): Promise<unknown> =>
    Promise.allSettled(Array.from(keys, (queryKey) => queryClient.invalidateQueries({ queryKey })))

  const refetchSumsSoon = () => {
    if (sumsTimer !== undefined) return
    sumsTimer = setTimeout(() => {
      sumsTimer = undefined
      void refetch(sumKeys(queries))
    }, gatherSumsMs)
  }

  const keysOfAll = (changes: readonly Change[]): Iterable<QueryKey> =>
    new Map(changes.flatMap((change) => keysOf(queries, change)).map((key) => [JSON.stringify(key), key])).values()

  // The next round waits for the answers of this one: to ask anew would throw them away, and none would ever be shown.
  const flushLibrary = async () => {
    if (isLibraryResting || gatheredOfLibrary.length === 0) return
    isLibraryResting = true
    const due = gatheredOfLibrary
    gatheredOfLibrary = []
    await Promise.all([refetch(keysOfAll(due)), new Promise((resolve) => setTimeout(resolve, gatherLibraryMs))])
    isLibraryResting = false
    void flushLibrary()
  }

  const flush = () => {
    const keys = keysOfAll(gathered)
    if (gathered.some(({ topic }) => topic === 'inbox' || topic === 'conversation' || topic === 'memory'))
      refetchSumsSoon()
    gathered = []
    void refetch(keys)
  }

  const rest = () => {
    timer = undefined
    if (gathered.length === 0) return
    flush()
    timer = setTimeout(rest, gatherMs)
  }

  return (changes: readonly Change[]) => {
    gathered.push(...changes.filter(({ topic }) => topic !== 'library'))
    gatheredOfLibrary.push(...changes.filter(({ topic }) => topic === 'library'))
    void flushLibrary()
    if (timer !== undefined || gathered.length === 0) return
    flush()
    timer = setTimeout(rest, gatherMs)
  }
}
