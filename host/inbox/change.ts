import { and, count, eq, inArray, sql } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import {
  channelGaps,
  conversations,
  handoffs,
  messageParts,
  messages,
  messageVersions,
  replyFeedback,
} from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import type { InboundChange } from '../channels/index.ts'
import {
  answeredUpTo,
  getConversation,
  isUnanswered,
  type MessageRecord,
  newestClientSeq,
} from '../conversations/index.ts'
import { acknowledge } from '../handoff/index.ts'
import { noteReaction } from '../learning/index.ts'
import { wantMemory } from '../memory/index.ts'
import { closeDrafts } from '../outbox/index.ts'
import { answerWhatStands } from '../replies/index.ts'
import { findConversation } from './newcomer.ts'
import { isNewUpdate, type ReceiveContext } from './receive.ts'
import { triageInbound } from './triageInbound.ts'

/** Applies what a channel says happened to messages that are there already; what concerns none we know is left out. */
export const receiveChange = (tx: Tx, change: InboundChange, context: ReceiveContext): void => {
  if (!isNewUpdate(tx, context.channel, change.updateId, context.now)) return
  if (change.kind === 'acknowledged') return acknowledgeFromDevice(tx, change.handoffId, context.now)
  const conversation = findConversation(tx, context.channel, change.chatId)
  if (!conversation) return
  switch (change.kind) {
    case 'edit': {
      const message = messageOf(tx, conversation.id, change.externalId)
      return message ? receiveEdit(tx, message, change.text, change.editedAt, context) : undefined
    }
    case 'removal':
      return receiveRemoval(tx, conversation.id, change, context)
    case 'opinion': {
      const message = messageOf(tx, conversation.id, change.externalId)
      return message ? keepOpinion(tx, message, change.isHelpful, context.now) : undefined
    }
    case 'own_chat':
      return putAsideRequest(tx, conversation.id)
    case 'reach':
      tx.queries
        .update(conversations)
        .set({ isReachable: change.isReachable })
        .where(eq(conversations.id, conversation.id))
        .run()
      tx.changed('conversation', conversation.id)
      tx.changed('inbox')
  }
}

const putAsideRequest = (tx: Tx, conversationId: string): void => {
  tx.queries
    .update(conversations)
    .set({ acceptance: 'declined' })
    .where(and(eq(conversations.id, conversationId), eq(conversations.acceptance, 'requested')))
    .run()
  tx.changed('conversation', conversationId)
  tx.changed('inbox')
  tx.changed('clients')
}

const messageOf = (tx: Tx, conversationId: string, externalId: string): MessageRecord | undefined =>
  tx.queries
    .select()
    .from(messages)
    .where(and(eq(messages.conversationId, conversationId), eq(messages.externalId, externalId)))
    .get() ??
  tx.queries
    .select({ message: messages })
    .from(messageParts)
    .innerJoin(messages, eq(messages.id, messageParts.messageId))
    .where(and(eq(messages.conversationId, conversationId), eq(messageParts.externalId, externalId)))
    .get()?.message

/** Words a client changed are read like new ones; the clone answers them only while nobody has answered. */
const receiveEdit = (tx: Tx, message: MessageRecord, text: string, at: number, context: ReceiveContext): void => {
  if (message.content === text) return
  replaceText(tx, message, text, at)
  if (message.senderType !== 'client') return
  wantMemory(tx, message.conversationId, context.now)
  noteReaction(tx, message.conversationId, context.now)
  const before = getConversation(tx.queries, message.conversationId)
  const isOpen = isUnanswered(tx.queries, before)
  tx.queries
    .update(conversations)
    .set({
      unreadCount: sql`max(1, ${conversations.unreadCount})`,
      // What the clone thinks of is an answer to words that no longer stand there.
      ...(isOpen ? { epoch: sql`${conversations.epoch} + 1` } : {}),
    })
    .where(eq(conversations.id, message.conversationId))
    .run()
  tx.changed('inbox')
  triageInbound(tx, { ...message, content: text }, { unreadable: message.unreadable, isNew: isOpen }, context)
}

/** Puts a new text in place and keeps the old one. */
export const replaceText = (tx: Tx, message: MessageRecord, text: string, at: number): void => {
  const earlier = tx.queries
    .select({ count: count() })
    .from(messageVersions)
    .where(eq(messageVersions.messageId, message.id))
    .get()
  tx.queries
    .insert(messageVersions)
    .values({ messageId: message.id, version: (earlier?.count ?? 0) + 1, content: message.content, replacedAt: at })
    .run()
  tx.queries.update(messages).set({ content: text, editedAt: at }).where(eq(messages.id, message.id)).run()
  tx.changed('conversation', message.conversationId)
  tx.changed('inbox')
}

/** Deleted for the client; what was said is kept here, marked. */
export const markRemoved = (tx: Tx, message: MessageRecord, at: number): void => {
  if (message.removedAt !== null) return
  tx.queries.update(messages).set({ removedAt: at }).where(eq(messages.id, message.id)).run()
  tx.changed('conversation', message.conversationId)
}

const receiveRemoval = (
  tx: Tx,
  conversationId: string,
  { externalIds, removedAt }: Extract<InboundChange, { kind: 'removal' }>,
  { settings, now }: ReceiveContext,
): void => {
  const gone = externalIds.flatMap((externalId) => messageOf(tx, conversationId, externalId) ?? [])
  const takenBack = gone.filter((message) => message.senderType === 'client' && message.removedAt === null)
  for (const message of gone) markRemoved(tx, message, removedAt)
  if (gone.length > 0) {
    wantMemory(tx, conversationId, now)
    noteReaction(tx, conversationId, now)
  }
  const { lastClientSeq, epoch } = getConversation(tx.queries, conversationId)
  const answered = answeredUpTo(tx.queries, conversationId)
  if (!takenBack.some(({ seq }) => seq > answered || seq === lastClientSeq)) return
  // What the clone wrote or thinks of is an answer to words that no longer stand there. What they raised stays raised.
  tx.queries
    .update(conversations)
    .set({ lastClientSeq: newestClientSeq(tx.queries, conversationId), epoch: epoch + 1 })
    .where(eq(conversations.id, conversationId))
    .run()
  closeDrafts(tx, conversationId, now)
  answerWhatStands(tx, conversationId, settings, now)
  tx.changed('inbox')
}

const keepOpinion = (tx: Tx, message: MessageRecord, isHelpful: boolean | null, now: number): void => {
  if (!['ai', 'human_coach'].includes(message.senderType)) return
  const row = { messageId: message.id, author: 'client' as const, isHelpful, createdAt: now }
  tx.queries
    .insert(replyFeedback)
    .values(row)
    .onConflictDoUpdate({ target: [replyFeedback.messageId, replyFeedback.author], set: row })
    .run()
  tx.changed('conversation', message.conversationId)
}

const acknowledgeFromDevice = (tx: Tx, handoffId: string, now: number): void => {
  const handoff = tx.queries
    .select({ conversationId: handoffs.conversationId, toOwner: handoffs.toOwner })
    .from(handoffs)
    .where(and(eq(handoffs.id, handoffId), inArray(handoffs.toOwner, ['waiting', 'locked'])))
    .get()
  if (handoff) acknowledge(tx, handoff.conversationId, now)
}

export const keepGap = (tx: Tx, channel: string, gap: { from: number; to: number }, now: number): void => {
  if (gap.to <= gap.from) return
  tx.queries
    .insert(channelGaps)
    .values({ id: newId(now), channel, fromAt: gap.from, toAt: gap.to })
    .run()
  tx.changed('conversation')
}
