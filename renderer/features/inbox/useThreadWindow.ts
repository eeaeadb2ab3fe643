import { useQuery } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import type { Message, OwnerChange } from '../../../shared/contract/messages.ts'
import { notifyProblem } from '../../app/action.ts'
import { host, queries, queryClient } from '../../transport/console.ts'

export interface Gap {
  readonly from: number
  readonly to: number
}

/** The part of a thread that is loaded: without holes, oldest first. */
export interface ThreadWindow {
  readonly messages: readonly Message[]
  readonly hasEarlier: boolean
  /** False: it reaches the newest message. */
  readonly hasLater: boolean
  /** Times in which the channel may have lost messages, oldest first. */
  readonly gaps: readonly Gap[]
  /** How the conversation changed hands, oldest first. */
  readonly ownerChanges: readonly OwnerChange[]
}

const pageSize = 60
const largestPage = 200

const joinGaps = (...lists: readonly (readonly Gap[])[]): readonly Gap[] => {
  const byTime = new Map(lists.flat().map((gap) => [`${gap.from}-${gap.to}`, gap]))
  return [...byTime.values()].sort((a, b) => a.from - b.from)
}

/** Earlier pages come first; where a change was read again, the newer reading counts. */
const joinChanges = (...lists: readonly (readonly OwnerChange[])[]): readonly OwnerChange[] => [
  ...new Map(lists.flat().map((change) => [change.id, change])).values(),
]

/** Puts a page that was read again behind what was loaded before it; what lies behind a hole is dropped. */
export const joinPages = (known: ThreadWindow | undefined, fresh: ThreadWindow): ThreadWindow => {
  const first = fresh.messages[0]
  if (!known || !first) return fresh
  const older = known.messages.filter((message) => message.seq < first.seq)
  const reaches = known.messages.some((message) => message.seq >= first.seq)
  if (older.length === 0 || !reaches) return fresh
  return {
    ...fresh,
    messages: [...older, ...fresh.messages],
    hasEarlier: known.hasEarlier,
    gaps: joinGaps(known.gaps, fresh.gaps),
    ownerChanges: joinChanges(known.ownerChanges, fresh.ownerChanges),
  }
}

/** `at`: the seq of the message the window was opened at; null: opened at the end. */
const keyOf = (conversationId: string, at: number | null) =>
  queries.inbox.thread.queryKey({
    input: { conversationId, limit: pageSize, ...(at === null ? {} : { after: at - 1 }) },
  })

const windowAround = async (conversationId: string, at: number, signal: AbortSignal): Promise<ThreadWindow> => {
  const [upToIt, afterIt] = await Promise.all([
    host.inbox.thread({ conversationId, before: at + 1, limit: pageSize / 2 }, { signal }),
    host.inbox.thread({ conversationId, after: at, limit: pageSize / 2 }, { signal }),
  ])
  return {
    messages: [...upToIt.messages, ...afterIt.messages],
    hasEarlier: upToIt.hasEarlier,
    hasLater: afterIt.hasLater,
    gaps: joinGaps(upToIt.gaps, afterIt.gaps),
    ownerChanges: joinChanges(upToIt.ownerChanges, afterIt.ownerChanges),
  }
}

/** The messages of a thread: live at the end, or around an older one, growing both ways on request. */
export const useThreadWindow = (conversationId: string, at: number | null) => {
  const queryKey = keyOf(conversationId, at)
  const thread = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<ThreadWindow> => {
      const known = queryClient.getQueryData<ThreadWindow>(queryKey)
      if (at !== null && !known) return windowAround(conversationId, at, signal)
      const limit = Math.min(largestPage, Math.max(pageSize, known?.messages.length ?? 0))
      const from = known?.hasLater ? (known.messages.at(-limit) ?? known.messages[0])?.seq : undefined
      const fresh = await host.inbox.thread(
        { conversationId, limit, ...(from === undefined ? {} : { after: from - 1 }) },
        { signal },
      )
      return joinPages(queryClient.getQueryData<ThreadWindow>(queryKey), fresh)
    },
  })
  const isLoading = useRef(false)
  const load = useCallback(
    async (direction: 'earlier' | 'later') => {
      const key = keyOf(conversationId, at)
      const known = queryClient.getQueryData<ThreadWindow>(key)
      const edge = direction === 'earlier' ? known?.messages[0] : known?.messages.at(-1)
      const hasMore = direction === 'earlier' ? known?.hasEarlier : known?.hasLater
      if (isLoading.current || !hasMore || !edge) return
      isLoading.current = true
      try {
        const page = await host.inbox.thread({
          conversationId,
          limit: pageSize,
          ...(direction === 'earlier' ? { before: edge.seq } : { after: edge.seq }),
        })
        queryClient.setQueryData<ThreadWindow>(key, (now) => now && grown(now, page, direction, edge.seq))
      } catch (error) {
        notifyProblem(error)
      } finally {
        isLoading.current = false
      }
    },
    [conversationId, at],
  )
  const loadEarlier = useCallback(() => load('earlier'), [load])
  const loadLater = useCallback(() => load('later'), [load])
  return { thread, loadEarlier, loadLater }
}

/** The window with one page more, unless its edge has moved since that page was asked for. */
const grown = (
  now: ThreadWindow,
  page: ThreadWindow,
  direction: 'earlier' | 'later',
  edgeSeq: number,
): ThreadWindow => {
  const gaps = joinGaps(now.gaps, page.gaps)
  if (direction === 'earlier' && now.messages[0]?.seq === edgeSeq) {
    const ownerChanges = joinChanges(page.ownerChanges, now.ownerChanges)
    return { ...now, messages: [...page.messages, ...now.messages], hasEarlier: page.hasEarlier, gaps, ownerChanges }
  }
  if (direction === 'later' && now.messages.at(-1)?.seq === edgeSeq) {
    const ownerChanges = joinChanges(now.ownerChanges, page.ownerChanges)
    return { ...now, messages: [...now.messages, ...page.messages], hasLater: page.hasLater, gaps, ownerChanges }
  }
  return now
}

/** Reads one message again, however far back it lies. */
export const refreshMessage = async (conversationId: string, seq: number) => {
  const page = await host.inbox.thread({ conversationId, before: seq + 1, limit: 1 })
  const fresh = page.messages[0]
  if (!fresh) return
  queryClient.setQueriesData<ThreadWindow>(
    { queryKey: queries.inbox.thread.key({ input: { conversationId } }) },
    (now) => now && { ...now, messages: now.messages.map((message) => (message.id === fresh.id ? fresh : message)) },
  )
}
