import { and, eq, gt, inArray } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import {
  agentExecutions,
  draftFeedback,
  drafts,
  egressLedger,
  handoffs,
  messages,
  outbox,
} from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import {
  appendMessage,
  type ConversationRecord,
  getConversation,
  longestUnansweredMs,
  readMetadata,
} from '../conversations/index.ts'
import { closeDrafts, type OutboxRecord, supersedeRun } from './queue.ts'

export type Claim =
  | { readonly outcome: 'go'; readonly row: OutboxRecord; readonly conversation: ConversationRecord }
  | { readonly outcome: 'gone' }

/**
 * The sending transaction: checks owner and epoch once more and marks the row as being sent.
 * Nothing a model wrote reaches a channel on any other path.
 */
export const claim = (tx: Tx, outboxId: string, now: number, isPractice: boolean): Claim => {
  const row = tx.queries.select().from(outbox).where(eq(outbox.id, outboxId)).get()
  if (row?.state !== 'queued') return { outcome: 'gone' }
  const conversation = getConversation(tx.queries, row.conversationId)
  tx.changed('conversation', conversation.id)
  if (!mayStillBeSent(tx, row, conversation, now)) {
    withdraw(tx, row, now)
    return { outcome: 'gone' }
  }
  const messageId = row.messageId ?? appendModelText(tx, row, conversation, now)
  tx.queries
    .update(outbox)
    .set({ state: 'sending', attempts: row.attempts + 1, messageId })
    .where(eq(outbox.id, row.id))
    .run()
  tx.queries.update(messages).set({ deliveryStatus: 'sending' }).where(eq(messages.id, messageId)).run()
  if (!isPractice) recordEgress(tx, row, conversation, messageId, now)
  return { outcome: 'go', row: { ...row, messageId }, conversation }
}

const mayStillBeSent = (tx: Tx, row: OutboxRecord, conversation: ConversationRecord, now: number): boolean => {
  const { owner } = conversation
  switch (row.author) {
    case 'human':
      return owner !== 'locked' || row.executionId === null
    case 'ai':
      return owner === 'ai' && conversation.epoch === row.expectedEpoch && now - row.createdAt <= longestUnansweredMs
    case 'approved_draft':
      return owner !== 'locked' && conversation.lastClientSeq === row.expectedClientSeq
    case 'notice':
      return mayStillBeSaid(tx, row, conversation, now)
  }
}

/** A notice belongs to a state of the conversation; the disclosure to the words that follow it. */
const mayStillBeSaid = (tx: Tx, row: OutboxRecord, conversation: ConversationRecord, now: number): boolean => {
  const { notice } = readMetadata(row.metadata)
  if (notice === 'crisis_holding') return conversation.owner === 'locked'
  if (notice === 'handoff_holding') return conversation.owner === 'waiting'
  const following = tx.queries
    .select()
    .from(outbox)
    .where(
      and(
        eq(outbox.conversationId, row.conversationId),
        eq(outbox.state, 'queued'),
        inArray(outbox.author, ['ai', 'approved_draft']),
        gt(outbox.seq, row.seq),
      ),
    )
    .all()
  return following.some((next) => mayStillBeSent(tx, next, conversation, now))
}

const withdraw = (tx: Tx, row: OutboxRecord, now: number): void => {
  tx.queries.update(outbox).set({ state: 'discarded', settledAt: now }).where(eq(outbox.id, row.id)).run()
  if (row.author === 'approved_draft' && row.draftId) return returnDraft(tx, row, row.draftId, now)
  if (row.author === 'ai' && row.executionId) supersedeRun(tx, row.executionId, now)
  if (row.messageId) {
    // What the coach wanted sent again stays in sight, to be decided about once more.
    const left =
      row.author === 'human'
        ? ({ state: 'failed', error: 'Not sent: this conversation is in a crisis, and the clone wrote this.' } as const)
        : { error: 'Not sent: by then the conversation had moved on.' }
    tx.queries.update(outbox).set(left).where(eq(outbox.id, row.id)).run()
    tx.queries.update(messages).set({ deliveryStatus: 'failed' }).where(eq(messages.id, row.messageId)).run()
  }
}

/** An approved draft is never silently dropped: it lies before the coach again as they left it, to be asked about. */
const returnDraft = (tx: Tx, row: OutboxRecord, draftId: string, now: number): void => {
  closeDrafts(tx, row.conversationId, now)
  tx.queries
    .update(drafts)
    .set({ state: 'pending', text: row.text, decidedAt: null })
    .where(eq(drafts.id, draftId))
    .run()
  // It was not sent after all, so there is nothing to learn from yet.
  if (row.executionId) tx.queries.delete(draftFeedback).where(eq(draftFeedback.executionId, row.executionId)).run()
}

const appendModelText = (tx: Tx, row: OutboxRecord, conversation: ConversationRecord, now: number): string => {
  const metadata = readMetadata(row.metadata)
  const editedByCoach = metadata.edit_distance !== undefined && metadata.edit_distance > acceptedEditDistance
  const appended = appendMessage(
    tx,
    conversation,
    {
      senderType: editedByCoach ? 'human_coach' : 'ai',
      senderId: editedByCoach ? 'coach' : 'ai_clone',
      content: row.text,
      metadata,
      deliveryStatus: 'sending',
      sentAt: now,
    },
    now,
  )
  if (row.executionId) {
    tx.queries
      .update(agentExecutions)
      .set({ status: 'sent', finishedAt: now })
      .where(eq(agentExecutions.id, row.executionId))
      .run()
  }
  if (row.draftId) tx.queries.update(drafts).set({ state: 'sent' }).where(eq(drafts.id, row.draftId)).run()
  if (metadata.is_handback && metadata.confidence !== undefined)
    recordConfidenceAfter(tx, conversation.id, metadata.confidence)
  return appended.id
}

/** Above this normalised edit distance the words are the coach's, not the clone's (design, section 11). */
export const acceptedEditDistance = 0.2

const recordConfidenceAfter = (tx: Tx, conversationId: string, confidence: number): void => {
  const last = tx.queries
    .select({ id: handoffs.id, seq: handoffs.seq, toOwner: handoffs.toOwner })
    .from(handoffs)
    .where(eq(handoffs.conversationId, conversationId))
    .all()
    .findLast((row) => row.toOwner === 'human')
  if (last) tx.queries.update(handoffs).set({ aiConfidenceAfter: confidence }).where(eq(handoffs.id, last.id)).run()
}

const recordEgress = (
  tx: Tx,
  row: OutboxRecord,
  conversation: ConversationRecord,
  messageId: string,
  now: number,
): void => {
  tx.queries
    .insert(egressLedger)
    .values({
      id: newId(now),
      purpose: 'channel_send',
      destination: conversation.channel,
      clientId: conversation.clientId,
      messageId,
      bytesOut: Buffer.byteLength(row.text),
      status: 'pending',
      createdAt: now,
    })
    .run()
  tx.changed('ledger')
}
