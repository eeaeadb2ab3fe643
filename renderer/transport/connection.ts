import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { create } from 'zustand'
import type { Change } from '../../shared/contract/events.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { Session } from './session.ts'

export type Host = ContractRouterClient<typeof contract>

/** The connection to the host is not there, or broke before the answer came. */
export class ConnectionLost extends Error {
  constructor() {
    super('The connection to OpenCoach broke. Once it is back, look whether this was done before you try it again.')
    this.name = 'ConnectionLost'
  }
}

/** refused: the host runs, but was restarted since and no longer knows this page. */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'refused'

interface ConnectionStatus {
  readonly state: ConnectionState
  /** Since when the connection is gone; milliseconds since 1970, null while it stands. */
  readonly since: number | null
}

export const useConnection = create<ConnectionStatus>(() => ({ state: 'connecting', since: null }))

const firstDelayMs = 250
const longestDelayMs = 5_000
/** How long a call waits for a connection that is just being made. */
const patienceMs = 4_000

interface Options {
  readonly open: () => Promise<Session>
  /** Asked after each attempt that failed. */
  readonly isRefused: () => Promise<boolean>
  readonly onChanges: (changes: readonly Change[]) => void
  /** Called each time the stream of changes stands; `again` from the second time on. */
  readonly onOpen: (again: boolean) => void
}

interface Connection {
  readonly host: Host
  start(): void
}

/** Keeps one session to the host alive and offers its procedures; calls fail with ConnectionLost while there is none. */
export const createConnection = ({ open, isRefused, onChanges, onOpen }: Options): Connection => {
  let current: Session | undefined
  let waiting: (() => void)[] = []
  let wasOpen = false

  const ready = (signal: AbortSignal | undefined): Promise<Session> =>
    new Promise((resolve, reject) => {
      if (current) return resolve(current)
      const give = () => {
        clearTimeout(timer)
        if (current) resolve(current)
        else reject(new ConnectionLost())
      }
      const timer = setTimeout(() => {
        waiting = waiting.filter((each) => each !== give)
        reject(new ConnectionLost())
      }, patienceMs)
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
      waiting.push(give)
    })

  const host: Host = createORPCClient({
    call: async (path, input, options) => {
      const session = await ready(options.signal)
      return callThrough(session, path, input, options)
    },
  })

  const listen = async (session: Session) => {
    const direct: Host = createORPCClient({
      call: (path, input, options) => callThrough(session, path, input, options),
    })
    let stands = false
    for await (const batch of await direct.events.changes()) {
      if (stands) {
        onChanges(batch)
        continue
      }
      stands = true
      current = session
      useConnection.setState({ state: 'open', since: null })
      const released = waiting
      waiting = []
      for (const give of released) give()
      onOpen(wasOpen)
      wasOpen = true
    }
  }

  const run = async () => {
    let delay = firstDelayMs
    for (;;) {
      try {
        const session = await open()
        try {
          await listen(session)
        } finally {
          if (current === session) delay = firstDelayMs
          current = undefined
          session.close()
        }
      } catch {
        // Every failure here means the same: there is no connection, so another is made.
      }
      const state = (await isRefused()) ? 'refused' : 'lost'
      const before = useConnection.getState()
      if (before.state !== state) useConnection.setState({ state, since: before.since ?? Date.now() })
      await new Promise((resolve) => setTimeout(resolve, delay))
      delay = Math.min(delay * 2, longestDelayMs)
    }
  }

  return { host, start: () => void run() }
}

const callThrough = async (
  session: Session,
  path: readonly string[],
  input: unknown,
  options: Parameters<Session['link']['call']>[2],
): Promise<unknown> => {
  try {
    return await session.link.call(path, input, options)
  } catch (error) {
    if (session.isClosed() && !options.signal?.aborted) throw new ConnectionLost()
    throw error
  }
}
