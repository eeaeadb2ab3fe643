import { and, eq, ne, sql } from 'drizzle-orm'
import { composerTexts, conversations, messages } from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import type { MessageMetadata } from '../../shared/contract/messages.ts'
import { type ConversationRecord, countSince, getConversation } from '../conversations/index.ts'
import { lastIntervention, takeOver } from '../handoff/index.ts'
import { closeDrafts, enqueueOutgoing, isQueued } from '../outbox/index.ts'

export interface CoachMessage {
  readonly conversationId: string
  readonly requestId: string
  readonly text: string
  /** In the future: scheduled, milliseconds UTC. */
  readonly sendAt?: number | undefined
  readonly onlyIfSilent?: boolean | undefined
  /** The id of the message this one answers. */
  readonly replyTo?: string | undefined
}

export interface Sending {
  readonly outboxId: string
  /** Until then it can be taken back, milliseconds UTC; null where it goes at once or is scheduled. */
  readonly undoUntil: number | null
}

/** The coach writes to a client. In a conversation the clone or nobody owns, writing is taking over; a lock stays. */
export const sendAsCoach = (tx: Tx, message: CoachMessage, undoMs: number, now: number): Sending => {
  const { conversationId, requestId, text } = message
  const isNew = !isQueued(tx, requestId)
  const isScheduled = message.sendAt !== undefined && message.sendAt > now
  const owner = getConversation(tx.queries, conversationId).owner
  if (isNew && !isScheduled) {
    closeDrafts(tx, conversationId, now)
    if (owner === 'ai' || owner === 'waiting') takeOver(tx, conversationId, now)
    letIn(tx, conversationId)
  }
  const conversation = getConversation(tx.queries, conversationId)
  const replyTo = message.replyTo === undefined ? undefined : externalIdOf(tx, conversationId, message.replyTo)
  const queued = enqueueOutgoing(
    tx,
    conversation,
    {
      author: 'human',
      text,
      requestId,
      senderId: 'coach',
      ...(replyTo === undefined ? {} : { replyTo }),
      ...(isScheduled
        ? {
            isScheduled,
            sendAfter: message.sendAt,
            metadata: { scheduled_for: message.sendAt },
            ...(message.onlyIfSilent ? { expectedClientSeq: conversation.lastClientSeq } : {}),
          }
        : { sendAfter: now + undoMs, metadata: interventionMetadata(tx, conversation) }),
    },
    now,
  )
  // Only what was on its way to the text that was sent: another window may be writing something else.
  tx.queries
    .delete(composerTexts)
    .where(and(eq(composerTexts.conversationId, conversationId), sql`instr(${text}, trim(${composerTexts.text})) = 1`))
    .run()
  if (!isScheduled)
    tx.queries.update(conversations).set({ unreadCount: 0 }).where(eq(conversations.id, conversationId)).run()
  tx.changed('conversation', conversationId)
  return {
    outboxId: queued.outboxId,
    undoUntil: undoMs > 0 && !isScheduled ? now + undoMs : null,
  }
}

/** Writing to someone who asked to be let in lets them in. */
const letIn = (tx: Tx, conversationId: string): void => {
  tx.queries
    .update(conversations)
    .set({ acceptance: 'accepted' })
    .where(and(eq(conversations.id, conversationId), ne(conversations.acceptance, 'accepted')))
    .run()
}

const externalIdOf = (tx: Tx, conversationId: string, messageId: string): string | undefined =>
  tx.queries
    .select({ externalId: messages.externalId })
    .from(messages)
    .where(and(eq(messages.id, messageId), eq(messages.conversationId, conversationId)))
    .get()?.externalId ?? undefined

/** Marks a message of a running intervention with what led to it. */
export const interventionMetadata = (tx: Tx, conversation: ConversationRecord): MessageMetadata => {
  const intervention = lastIntervention(tx, conversation.id)
  if (!intervention || intervention.endedAt !== null || conversation.owner !== 'human') return {}
  return {
    is_handoff: countSince(tx.queries, conversation.id, 'human_coach', intervention.messageSeq) === 0,
    handoff_reason: intervention.trigger,
    handoff_trigger: intervention.trigger,
    ...(intervention.aiConfidenceBefore === null ? {} : { ai_confidence_before: intervention.aiConfidenceBefore }),
  }
}

/** Everything up to a message counts as seen; what came after it stays unread. */
export const markRead = (tx: Tx, conversationId: string, upToSeq: number): void => {
  const conversation = getConversation(tx.queries, conversationId)
  if (conversation.unreadCount === 0) return
  const left = countSince(tx.queries, conversationId, 'client', upToSeq)
  tx.queries
    .update(conversations)
    .set({ unreadCount: Math.min(left, conversation.unreadCount) })
    .where(eq(conversations.id, conversationId))
    .run()
  tx.changed('inbox')
  tx.changed('conversation', conversationId)
}

export const markUnread = (tx: Tx, conversationId: string): void => {
  tx.queries
    .update(conversations)
    .set({ unreadCount: sql`max(1, ${conversations.unreadCount})` })
    .where(eq(conversations.id, conversationId))
    .run()
  tx.changed('inbox')
  tx.changed('conversation', conversationId)
}

/** Unsent text is kept with the data it belongs to, encrypted, and survives a crash of either side. */
export const saveComposer = (tx: Tx, conversationId: string, text: string, now: number): void => {
  getConversation(tx.queries, conversationId)
  if (text === '') {
    tx.queries.delete(composerTexts).where(eq(composerTexts.conversationId, conversationId)).run()
    return
  }
  const row = { conversationId, text, updatedAt: now }
  tx.queries
    .insert(composerTexts)
    .values(row)
    .onConflictDoUpdate({ target: composerTexts.conversationId, set: row })
    .run()
}

/** A channel's word that a message arrived or was read; never moves a status backwards. */
export const recordReceipt = (
  tx: Tx,
  channel: string,
  receipt: { chatId: string; externalId: string; status: 'delivered' | 'read'; at: number },
): void => {
  const row = tx.queries
    .select({ id: messages.id, conversationId: messages.conversationId, status: messages.deliveryStatus })
    .from(messages)
    .innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(
      sql`${conversations.channel} = ${channel} AND ${conversations.externalChatId} = ${receipt.chatId}
        AND ${messages.externalId} = ${receipt.externalId} AND ${messages.senderType} IN ('ai','human_coach','system')`,
    )
    .get()
  if (!row || row.status === 'read') return
  const at = receipt.status === 'read' ? { readAt: receipt.at } : { deliveredAt: receipt.at }
  tx.queries
    .update(messages)
    .set({ deliveryStatus: receipt.status, ...at })
    .where(eq(messages.id, row.id))
    .run()
  tx.changed('conversation', row.conversationId)
}
