import { and, eq, inArray } from 'drizzle-orm'
import { channelCursors, channelDedupe, conversations, messageFiles, messages } from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import type { SettingsValues } from '../../shared/contract/settings.ts'
import type { InboundMessage } from '../channels/index.ts'
import { appendMessage, type ConversationRecord, getConversation } from '../conversations/index.ts'
import { acknowledge, takeOver, watchForSilence } from '../handoff/index.ts'
import { noteReaction } from '../learning/index.ts'
import { wantMemory } from '../memory/index.ts'
import { closeDrafts } from '../outbox/index.ts'
import { interventionMetadata } from './act.ts'
import { conversationFor } from './newcomer.ts'
import { triageInbound } from './triageInbound.ts'

export interface StoredFile {
  readonly fileId: string
}

export interface ReceiveContext {
  readonly channel: string
  readonly isPractice: boolean
  /** Who writes for the first time waits until the coach accepts them. */
  readonly asksBeforeAccepting: boolean
  readonly settings: SettingsValues
  readonly now: number
}

/** Files are encrypted on disk before the transaction; this writes their rows in it. */
export type FileRows = (tx: Tx, clientId: string) => readonly StoredFile[]

/** True the first time an update of a channel is seen. */
export const isNewUpdate = (tx: Tx, channel: string, updateId: string, now: number): boolean =>
  tx.queries.insert(channelDedupe).values({ channel, updateId, seenAt: now }).onConflictDoNothing().run().changes > 0

/**
 * Stores one inbound message: dedupe row, client and conversation where they are new, signals, the crisis path, and
 * the job that answers. All in the caller's transaction; false where the same update was stored before.
 */
export const receiveMessage = (tx: Tx, inbound: InboundMessage, files: FileRows, context: ReceiveContext): boolean => {
  if (!isNewUpdate(tx, context.channel, inbound.updateId, context.now)) return false
  const conversation = conversationFor(tx, inbound, context)
  if (isStored(tx, conversation.id, inbound.externalId)) return false
  if (inbound.from !== 'coach') noteSender(tx, conversation, inbound)
  else {
    receiveFromCoach(tx, conversation, inbound, files, context)
    return true
  }
  const message = appendMessage(
    tx,
    conversation,
    {
      senderType: 'client',
      senderId: conversation.clientId,
      content: inbound.text,
      deliveryStatus: 'received',
      externalId: inbound.externalId,
      sentAt: inbound.sentAt,
      ...more(inbound),
    },
    context.now,
  )
  keepFiles(tx, message.id, files(tx, conversation.clientId))
  triageInbound(tx, message, { unreadable: inbound.unreadable ?? null, isNew: true }, context)
  wantMemory(tx, conversation.id, context.now)
  noteReaction(tx, conversation.id, context.now)
  return true
}

const more = ({ replyTo, unreadable }: InboundMessage) => ({
  ...(replyTo === undefined ? {} : { replyTo }),
  ...(unreadable === undefined ? {} : { unreadable }),
})

const keepFiles = (tx: Tx, messageId: string, stored: readonly StoredFile[]): void =>
  stored.forEach(({ fileId }, position) => {
    tx.queries.insert(messageFiles).values({ messageId, fileId, position }).run()
  })

/** A client who writes is within reach, and may have a new handle. */
const noteSender = (tx: Tx, conversation: ConversationRecord, inbound: InboundMessage): void => {
  const handle = inbound.handle ?? conversation.handle
  if (conversation.isReachable && handle === conversation.handle) return
  tx.queries.update(conversations).set({ handle, isReachable: true }).where(eq(conversations.id, conversation.id)).run()
}

/** A reply from the coach's own phone is a person's: it opens an intervention, and a lock stays a lock. */
const receiveFromCoach = (
  tx: Tx,
  conversation: ConversationRecord,
  inbound: InboundMessage,
  files: FileRows,
  { settings, now }: ReceiveContext,
): void => {
  closeDrafts(tx, conversation.id, now)
  if (conversation.owner === 'locked') acknowledge(tx, conversation.id, now)
  else takeOver(tx, conversation.id, now)
  const current = getConversation(tx.queries, conversation.id)
  const message = appendMessage(
    tx,
    current,
    {
      senderType: 'human_coach',
      senderId: 'coach',
      content: inbound.text,
      metadata: { from_own_device: true, ...interventionMetadata(tx, current) },
      deliveryStatus: 'sent',
      externalId: inbound.externalId,
      sentAt: inbound.sentAt,
      ...more(inbound),
    },
    now,
  )
  keepFiles(tx, message.id, files(tx, conversation.clientId))
  tx.queries.update(conversations).set({ unreadCount: 0 }).where(eq(conversations.id, conversation.id)).run()
  watchForSilence(tx, conversation.id, settings.silenceMinutes, now)
}

/** Some channels offer an old message again under a new update. */
const isStored = (tx: Tx, conversationId: string, externalId: string): boolean =>
  tx.queries
    .select({ seq: messages.seq })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, conversationId),
        inArray(messages.senderType, ['client', 'human_coach']),
        eq(messages.externalId, externalId),
      ),
    )
    .get() !== undefined

export const saveCursor = (tx: Tx, channel: string, cursor: string, now: number): void => {
  const row = { channel, cursor, updatedAt: now }
  tx.queries.insert(channelCursors).values(row).onConflictDoUpdate({ target: channelCursors.channel, set: row }).run()
}
