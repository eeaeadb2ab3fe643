import type { Log } from '../../log/index.ts'
import type { Calls } from './calls.ts'
import { connectionOf, isTrusted, type Memory, withConnection } from './memory.ts'
import { businessConnection, type RawUpdate } from './shapes.ts'

interface Parts {
  readonly calls: Calls
  readonly log: Log
  readonly memory: { get(): Memory; set(memory: Memory): void }
}

const connectionIdIn = (part: unknown): string[] =>
  typeof part === 'object' &&
  part !== null &&
  'business_connection_id' in part &&
  typeof part.business_connection_id === 'string'
    ? [part.business_connection_id]
    : []

/** The connections an update came through. */
export const connectionsOf = (update: RawUpdate): string[] =>
  [update.business_message, update.edited_business_message, update.deleted_business_messages].flatMap(connectionIdIn)

const attempts = 5

/**
 * Asks Telegram whose a connection is that was made before this console listened. Answers with the connections of
 * which it could not be told yet: their updates have to wait.
 */
export const createMeeting = ({ calls, log, memory }: Parts) => {
  const strangers = new Set<string>()
  const failed = new Map<string, number>()
  return async (updates: readonly RawUpdate[], signal: AbortSignal): Promise<ReadonlySet<string>> => {
    const announced = new Set(
      updates.flatMap(({ business_connection: one }) => {
        const read = businessConnection.safeParse(one)
        return read.success ? [read.data.id] : []
      }),
    )
    const open = new Set<string>()
    for (const id of new Set(updates.flatMap(connectionsOf))) {
      const isKnown = memory.get().connections.some((one) => one.id === id)
      if (isKnown || strangers.has(id) || announced.has(id)) continue
      const answer = await calls.call((methods) => methods.getBusinessConnection({ business_connection_id: id }), {
        shape: businessConnection,
        purpose: 'channel_setup',
        signal,
      })
      if (!answer.ok) {
        const tried = (failed.get(id) ?? 0) + 1
        failed.set(id, tried)
        log('warn', 'connection_unknown', { channel: 'telegram', code: answer.failure.kind, attempt: tried })
        const isFinal = answer.failure.kind === 'refused' && answer.failure.code !== 429
        if (isFinal || tried >= attempts) strangers.add(id)
        else open.add(id)
        continue
      }
      const connection = connectionOf(answer.result)
      if (isTrusted(memory.get(), connection.userId)) memory.set(withConnection(memory.get(), connection))
      else strangers.add(id)
    }
    return open
  }
}
