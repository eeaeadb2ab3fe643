import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { QueryClient } from '@tanstack/react-query'
import type { Change } from '../../shared/contract/events.ts'
import { ConnectionLost, createConnection } from './connection.ts'
import { createInvalidator } from './invalidate.ts'
import { isPageRefused, openSession } from './session.ts'

const retryDelayMs = 1_000

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      // The host tells what changed, so nothing grows stale by itself.
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: (_count, error) => error instanceof ConnectionLost,
      retryDelay: retryDelayMs,
    },
    mutations: { networkMode: 'always', retry: false },
  },
})

const connection = createConnection({
  open: openSession,
  isRefused: isPageRefused,
  onChanges: (changes: readonly Change[]) => invalidate(changes),
  onOpen: (again) => {
    if (again) void queryClient.invalidateQueries()
  },
})

/** The procedures of the host. */
export const host = connection.host
/** The same as query, mutation and key builders. */
export const queries = createTanstackQueryUtils(host)
export type Queries = typeof queries

const invalidate = createInvalidator(queryClient, queries)

connection.start()
