import { useQuery } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import type { Message } from '../../../shared/contract/messages.ts'
import { notifyProblem } from '../../app/action.ts'
import { host, queries, queryClient } from '../../transport/console.ts'

/** The part of a thread that is loaded: without gaps, oldest first, up to its newest message. */
export interface ThreadWindow {
  readonly messages: readonly Message[]
  readonly hasEarlier: boolean
}

const pageSize = 60
const largestPage = 200

/** Puts the newest page behind what was loaded before; what lies behind a gap is dropped and can be loaded again. */
export const joinPages = (known: ThreadWindow | undefined, newest: ThreadWindow): ThreadWindow => {
  const first = newest.messages[0]
  if (!known || !first) return newest
  const older = known.messages.filter((message) => message.seq < first.seq)
  const reaches = known.messages.some((message) => message.seq >= first.seq)
  if (older.length === 0 || !reaches) return newest
  return { messages: [...older, ...newest.messages], hasEarlier: known.hasEarlier }
}

const keyOf = (conversationId: string) => queries.inbox.thread.queryKey({ input: { conversationId, limit: pageSize } })

/** The messages of a thread, live at the end and growing upwards on request. */
export const useThreadWindow = (conversationId: string) => {
  const queryKey = keyOf(conversationId)
  const thread = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<ThreadWindow> => {
      const loaded = queryClient.getQueryData<ThreadWindow>(queryKey)?.messages.length ?? 0
      const limit = Math.min(largestPage, Math.max(pageSize, loaded))
      const newest = await host.inbox.thread({ conversationId, limit }, { signal })
      return joinPages(queryClient.getQueryData<ThreadWindow>(queryKey), newest)
    },
  })
  const isLoading = useRef(false)
  const loadEarlier = useCallback(async () => {
    const key = keyOf(conversationId)
    const known = queryClient.getQueryData<ThreadWindow>(key)
    const first = known?.messages[0]
    if (isLoading.current || !known?.hasEarlier || !first) return
    isLoading.current = true
    try {
      const page = await host.inbox.thread({ conversationId, before: first.seq, limit: pageSize })
      queryClient.setQueryData<ThreadWindow>(key, (now) =>
        now?.messages[0]?.seq === first.seq
          ? { messages: [...page.messages, ...now.messages], hasEarlier: page.hasEarlier }
          : now,
      )
    } catch (error) {
      notifyProblem(error)
    } finally {
      isLoading.current = false
    }
  }, [conversationId])
  return { thread, loadEarlier }
}

/** Reads one message again, however far back it lies. */
export const refreshMessage = async (conversationId: string, seq: number) => {
  const page = await host.inbox.thread({ conversationId, before: seq + 1, limit: 1 })
  const fresh = page.messages[0]
  if (!fresh) return
  queryClient.setQueryData<ThreadWindow>(
    keyOf(conversationId),
    (now) => now && { ...now, messages: now.messages.map((message) => (message.id === fresh.id ? fresh : message)) },
  )
}
