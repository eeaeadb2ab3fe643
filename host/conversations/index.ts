import { and, desc, eq, gt, inArray, isNull, ne, sql } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import { conversations, messages } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx } from '../../db/write.ts'
import { type MessageMetadata, messageMetadata } from '../../shared/contract/messages.ts'
import { Problem } from '../../shared/problem.ts'
import type { DeliveryStatus, SenderType, UnreadableKind } from '../../shared/taxonomy/conversation.ts'

export { isFresh, longestUnansweredMs, newestClientAt } from './freshness.ts'
export { type QuietHours, quietMsAfter, quietUntil } from './quietHours.ts'
export { replyModeOf } from './replyMode.ts'

export type ConversationRecord = typeof conversations.$inferSelect
export type MessageRecord = typeof messages.$inferSelect

export interface NewMessage {
  readonly senderType: SenderType
  readonly senderId: string
  readonly content: string
  readonly metadata?: MessageMetadata
  readonly deliveryStatus: DeliveryStatus
  readonly externalId?: string
  readonly sentAt: number
  readonly replyTo?: string
  readonly unreadable?: UnreadableKind
}

/** Reads one conversation; throws NOT_FOUND. */
export const getConversation = (queries: Queries, conversationId: string): ConversationRecord => {
  const row = queries.select().from(conversations).where(eq(conversations.id, conversationId)).get()
  if (!row) throw new Problem('NOT_FOUND')
  return row
}

/**
 * Appends a message and moves the conversation to the top of the list.
 * A message from the client or from a person starts a new epoch: whatever the clone was about to say is out of date.
 */
export const appendMessage = (
  tx: Tx,
  conversation: ConversationRecord,
  message: NewMessage,
  now: number,
): MessageRecord => {
  const row = tx.queries
    .insert(messages)
    .values({
      id: newId(now),
      conversationId: conversation.id,
      clientId: conversation.clientId,
      channel: conversation.channel,
      externalId: message.externalId ?? null,
      senderType: message.senderType,
      senderId: message.senderId,
      content: message.content,
      metadata: JSON.stringify(message.metadata ?? {}),
      deliveryStatus: message.deliveryStatus,
      sentAt: message.sentAt,
      createdAt: now,
      replyTo: message.replyTo ?? null,
      unreadable: message.unreadable ?? null,
    })
    .returning()
    .get()
  const isClient = message.senderType === 'client'
  tx.queries
    .update(conversations)
    .set({
      lastSeq: row.seq,
      lastMessageId: row.id,
      lastMessageAt: message.sentAt,
      ...(isClient
        ? {
            lastClientSeq: row.seq,
            unreadCount: sql`${conversations.unreadCount} + 1`,
            snoozedUntil: null,
            doneAt: null,
          }
        : {}),
      ...(isClient || message.senderType === 'human_coach' ? { epoch: sql`${conversations.epoch} + 1` } : {}),
    })
    .where(eq(conversations.id, conversation.id))
    .run()
  tx.changed('inbox')
  tx.changed('conversation', conversation.id)
  return row
}

/** The last `limit` messages of a conversation, oldest first. */
export const lastMessages = (queries: Queries, conversationId: string, limit: number): MessageRecord[] =>
  queries
    .select()
    .from(messages)
    .where(eq(messages.conversationId, conversationId))
    .orderBy(sql`${messages.seq} DESC`)
    .limit(limit)
    .all()
    .reverse()

/** The last `limit` messages that nobody has taken back, oldest first: all that may be given to a model. */
export const lastStandingMessages = (queries: Queries, conversationId: string, limit: number): MessageRecord[] =>
  queries
    .select()
    .from(messages)
    .where(and(eq(messages.conversationId, conversationId), isNull(messages.removedAt)))
    .orderBy(desc(messages.seq))
    .limit(limit)
    .all()
    .reverse()

/** The client's newest message that they have not taken back, as a seq; 0 where there is none. */
export const newestClientSeq = (queries: Queries, conversationId: string): number =>
  queries
    .select({ seq: messages.seq })
    .from(messages)
    .where(
      and(eq(messages.conversationId, conversationId), eq(messages.senderType, 'client'), isNull(messages.removedAt)),
    )
    .orderBy(desc(messages.seq))
    .limit(1)
    .get()?.seq ?? 0

/** Where messages stand in their threads, by id. */
export const seqsOf = (queries: Queries, ids: readonly string[]): ReadonlyMap<string, number> => {
  if (ids.length === 0) return new Map()
  const rows = queries
    .select({ id: messages.id, seq: messages.seq })
    .from(messages)
    .where(inArray(messages.id, [...ids]))
    .all()
  return new Map(rows.map((row) => [row.id, row.seq]))
}

/** Where in recent messages somebody last answered the client, -1 where nobody did; what failed to go out is no answer. */
export const lastAnswerIn = (recent: readonly MessageRecord[]): number =>
  recent.findLastIndex(
    ({ senderType, deliveryStatus }) =>
      (senderType === 'ai' || senderType === 'human_coach') && deliveryStatus !== 'failed',
  )

/** The seq of the last answer anybody gave, 0 where nobody did; one that failed to go out is none. */
export const answeredUpTo = (queries: Queries, conversationId: string): number =>
  queries
    .select({ seq: messages.seq })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, conversationId),
        inArray(messages.senderType, ['ai', 'human_coach']),
        ne(messages.deliveryStatus, 'failed'),
      ),
    )
    .orderBy(desc(messages.seq))
    .limit(1)
    .get()?.seq ?? 0

/** Messages of one sender type since a message (its seq not included), as a count. */
export const countSince = (queries: Queries, conversationId: string, senderType: SenderType, seq: number): number =>
  queries
    .select({ count: sql<number>`count(*)` })
    .from(messages)
    .where(and(eq(messages.conversationId, conversationId), eq(messages.senderType, senderType), gt(messages.seq, seq)))
    .get()?.count ?? 0

/** Stored metadata, parsed again: what an older version wrote may hold less, never something else. */
export const readMetadata = (stored: string): MessageMetadata => messageMetadata.parse(JSON.parse(stored))

/** A client's message that still stands is without any answer, by the clone or by a person; one that failed to go out is none. */
export const isUnanswered = (queries: Queries, conversation: ConversationRecord): boolean =>
  conversation.lastClientSeq > 0 &&
  queries
    .select({ seq: messages.seq })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, conversation.id),
        gt(messages.seq, conversation.lastClientSeq),
        inArray(messages.senderType, ['ai', 'human_coach']),
        ne(messages.deliveryStatus, 'failed'),
      ),
    )
    .get() === undefined
