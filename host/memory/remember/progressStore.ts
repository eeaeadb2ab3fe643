import { and, asc, eq, gt, ne, sql } from 'drizzle-orm'
import { clients, conversations, memoryProgress, messageSignals, messages } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { Tx } from '../../../db/write.ts'
import type { CrisisSeverity, SenderType } from '../../../shared/taxonomy/conversation.ts'
import type { Thread } from '../sessions/index.ts'

export type Progress = typeof memoryProgress.$inferSelect

export interface ReadMessage {
  readonly seq: number
  readonly id: string
  readonly senderType: SenderType
  readonly text: string
  readonly sentAt: number
  readonly crisis: CrisisSeverity
  /** Neither taken back nor failed. */
  readonly stands: boolean
}

const inThread = ({ clientId, conversationId }: Thread) =>
  and(eq(messages.clientId, clientId), eq(messages.conversationId, conversationId))

export const progressOf = (queries: Queries, { clientId, conversationId }: Thread): Progress | undefined =>
  queries
    .select()
    .from(memoryProgress)
    .where(and(eq(memoryProgress.clientId, clientId), eq(memoryProgress.conversationId, conversationId)))
    .get()

/** One row a conversation; one that was another client's becomes this one's. */
export const saveProgress = (tx: Tx, progress: Progress): void => {
  tx.queries
    .insert(memoryProgress)
    .values(progress)
    .onConflictDoUpdate({ target: memoryProgress.conversationId, set: progress })
    .run()
}

const columns = {
  seq: messages.seq,
  id: messages.id,
  senderType: messages.senderType,
  text: messages.content,
  sentAt: messages.sentAt,
  removedAt: messages.removedAt,
  deliveryStatus: messages.deliveryStatus,
  crisis: messageSignals.crisisSeverity,
}

type Row = {
  readonly removedAt: number | null
  readonly deliveryStatus: string
  readonly crisis: CrisisSeverity | null
} & Omit<ReadMessage, 'stands' | 'crisis'>

const toMessage = ({ removedAt, deliveryStatus, crisis, ...message }: Row): ReadMessage => ({
  ...message,
  crisis: crisis ?? 'none',
  stands: removedAt === null && deliveryStatus !== 'failed',
})

/** Messages of a thread after a seq, in order; what the house itself sent is not among them. */
export const messagesAfter = (queries: Queries, thread: Thread, seq: number, most: number): ReadMessage[] =>
  queries
    .select(columns)
    .from(messages)
    .leftJoin(messageSignals, eq(messageSignals.messageSeq, messages.seq))
    .where(and(inThread(thread), gt(messages.seq, seq), ne(messages.senderType, 'system')))
    .orderBy(asc(messages.seq))
    .limit(most)
    .all()
    .map(toMessage)

/** One message of a client by its seq, with its conversation; undefined where it is not, or no longer, theirs. */
export const messageOf = (
  queries: Queries,
  clientId: string,
  seq: number,
): (ReadMessage & { conversationId: string }) | undefined => {
  const row = queries
    .select({ ...columns, conversationId: messages.conversationId })
    .from(messages)
    .leftJoin(messageSignals, eq(messageSignals.messageSeq, messages.seq))
    .where(and(eq(messages.clientId, clientId), eq(messages.seq, seq)))
    .get()
  return row && { ...toMessage(row), conversationId: row.conversationId }
}

/** Up to which change of a client's messages is known. */
export const lastChange = (queries: Queries, clientId: string): number =>
  queries.get<{ seq: number }>(
    sql`SELECT coalesce(max(seq), 0) AS seq FROM message_changes WHERE client_id = ${clientId}`,
  )?.seq ?? 0

/** Messages of a client that were changed, taken back or moved after a change, each as often as it was. */
export const changesAfter = (
  queries: Queries,
  clientId: string,
  seq: number,
  most: number,
): { seq: number; messageSeq: number }[] =>
  queries.all<{ seq: number; messageSeq: number }>(
    sql`SELECT seq, message_seq AS messageSeq FROM message_changes WHERE client_id = ${clientId} AND seq > ${seq} ORDER BY seq LIMIT ${most}`,
  )

/** How many messages of a thread nobody has read yet, at most `most`. */
export const countUnread = (queries: Queries, thread: Thread, most: number): number =>
  messagesAfter(queries, thread, progressOf(queries, thread)?.extractedSeq ?? 0, most).length

/** Names, time zone and channel of a conversation that memory may read; undefined where it may not, or there is none. */
export const threadOf = (queries: Queries, conversationId: string) =>
  queries
    .select({
      clientId: conversations.clientId,
      conversationId: conversations.id,
      channel: conversations.channel,
      lastMessageAt: conversations.lastMessageAt,
      timeZone: clients.timeZone,
    })
    .from(conversations)
    .innerJoin(clients, eq(clients.id, conversations.clientId))
    .where(and(eq(conversations.id, conversationId), eq(conversations.acceptance, 'accepted')))
    .get()

/**
 * The first conversation with messages or changes that memory has not read, or that it read by other rules than its
 * client's. Ids only, of all clients: it decides what to read next.
 */
export const nextUnread = (queries: Queries, recipeOf: (timeZone: string | null) => string): string | null => {
  const rows = queries.all<{ id: string; timeZone: string | null; recipe: string | null; isBehind: number }>(
    sql`SELECT c.id, k.time_zone AS timeZone, p.recipe,
        (coalesce(p.extracted_seq, 0) < c.last_seq AND EXISTS (
          SELECT 1 FROM messages m WHERE m.client_id = c.client_id AND m.conversation_id = c.id
            AND m.seq > coalesce(p.extracted_seq, 0) AND m.sender_type <> 'system'))
        OR EXISTS (SELECT 1 FROM message_changes x WHERE x.client_id = c.client_id AND x.seq > coalesce(p.change_seq, 0))
        OR EXISTS (SELECT 1 FROM session_summaries s WHERE s.client_id = c.client_id AND s.conversation_id = c.id AND s.is_stale = 1)
        AS isBehind
      FROM conversations c JOIN clients k ON k.id = c.client_id
      LEFT JOIN memory_progress p ON p.client_id = c.client_id AND p.conversation_id = c.id
      WHERE c.acceptance = 'accepted' AND c.last_seq > 0 ORDER BY c.last_seq DESC`,
  )
  return rows.find((row) => row.isBehind === 1 || row.recipe !== recipeOf(row.timeZone))?.id ?? null
}
