import { z } from 'zod'
import type { businessConnection } from './shapes.ts'

const connection = z.object({
  id: z.string(),
  userId: z.string(),
  canReply: z.boolean(),
  isEnabled: z.boolean(),
})
/** The coach's own Telegram account, lent to the bot. */
export type Connection = z.infer<typeof connection>

const stored = z.object({
  version: z.literal(1),
  botId: z.string(),
  /** The coach's own chat with the bot, once linked. */
  coachChatId: z.string().nullable(),
  isCoachBlocking: z.boolean(),
  /** Newest last. */
  connections: z.array(connection),
})
export type Memory = z.infer<typeof stored>

const mostConnections = 8

/** What was remembered for this bot; of another bot nothing holds any more. */
export const readMemory = (memory: unknown, botId: string): Memory => {
  const parsed = stored.safeParse(memory)
  return parsed.success && parsed.data.botId === botId
    ? parsed.data
    : { version: 1, botId, coachChatId: null, isCoachBlocking: false, connections: [] }
}

/** True where what is stored is not of this bot, so that it has to be written anew. */
export const isForeign = (memory: unknown, botId: string): boolean =>
  memory !== null && stored.safeParse(memory).data?.botId !== botId

/** Anybody may lend a bot their account; only the linked coach's counts, or the first one's while none is linked. */
export const isTrusted = (memory: Memory, userId: string): boolean =>
  (memory.coachChatId ?? memory.connections[0]?.userId ?? userId) === userId

export const withConnection = (memory: Memory, one: Connection): Memory => {
  const others = memory.connections.filter((other) => other.id !== one.id)
  return { ...memory, connections: [...others, one].slice(-mostConnections) }
}

export const withCoachChat = (memory: Memory, coachChatId: string): Memory => ({
  ...memory,
  coachChatId,
  isCoachBlocking: false,
  connections: memory.connections.filter((one) => one.userId === coachChatId),
})

/** The connection to speak through in the coach's own chats. */
export const usableConnection = (memory: Memory): Connection | undefined =>
  memory.connections.findLast((one) => one.isEnabled)

export const connectionOf = (given: z.infer<typeof businessConnection>): Connection => ({
  id: given.id,
  userId: String(given.user.id),
  canReply: given.rights?.can_reply ?? given.can_reply ?? false,
  isEnabled: given.is_enabled,
})
