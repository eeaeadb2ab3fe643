import { and, eq, gt, inArray, sql } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import { agentExecutions, drafts, egressLedger, handoffs, messages, outbox } from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import type { ReplyMode } from '../../shared/taxonomy/conversation.ts'
import {
  appendMessage,
  type ConversationRecord,
  getConversation,
  longestUnansweredMs,
  readMetadata,
  replyModeOf,
} from '../conversations/index.ts'
import { giveBackDraft, type NoteGivenBack, removeUnsent } from './giveBack.ts'
import { type OutboxRecord, supersedeRun } from './queue.ts'

export type Claim =
  | {
      readonly outcome: 'go'
      readonly row: OutboxRecord
      readonly conversation: ConversationRecord
      /** The external id of the message this one answers. */
      readonly replyTo: string | null
      /** It stands in the thread only from this moment on, because it goes. */
      readonly appearsNow: boolean
    }
  | { readonly outcome: 'gone' }

export interface ClaimContext {
  readonly now: number
  readonly isPractice: boolean
  /** For clients without a mode of their own. */
  readonly defaultReplyMode: ReplyMode
  /** Told in the sending transaction of words that rest on a run of the clone, as they go out. */
  readonly noteSending: NoteSending
  readonly noteGivenBack: NoteGivenBack
}

export type NoteSending = (tx: Tx, executionId: string, text: string, now: number) => void

/**
 * The sending transaction: checks owner and epoch once more and marks the row as being sent.
 * Nothing a model wrote reaches a channel on any other path.
 */
export const claim = (
  tx: Tx,
  outboxId: string,
  { now, isPractice, defaultReplyMode, noteSending, noteGivenBack }: ClaimContext,
): Claim => {
  const row = tx.queries.select().from(outbox).where(eq(outbox.id, outboxId)).get()
  if (row?.state !== 'queued') return { outcome: 'gone' }
  const conversation = getConversation(tx.queries, row.conversationId)
  tx.changed('conversation', conversation.id)
  if (isScheduled(row) && cloneIsAnswering(tx, conversation)) {
    // The client gets the answer to what they asked first.
    tx.queries
      .update(outbox)
      .set({ sendAfter: now + answeringRestMs })
      .where(eq(outbox.id, row.id))
      .run()
    return { outcome: 'gone' }
  }
  if (!mayStillBeSent(tx, row, conversation, now, defaultReplyMode)) {
    withdraw(tx, row, noteGivenBack, now)
    return { outcome: 'gone' }
  }
  const appearsNow = row.messageId === null && row.author !== 'approved_draft'
  const messageId =
    row.messageId ??
    (isScheduled(row) ? appendScheduled(tx, row, conversation, now) : appendModelText(tx, row, conversation, now))
  tx.queries
    .update(outbox)
    .set({ state: 'sending', attempts: row.attempts + 1, messageId, error: null })
    .where(eq(outbox.id, row.id))
    .run()
  tx.queries.update(messages).set({ deliveryStatus: 'sending' }).where(eq(messages.id, messageId)).run()
  if (row.executionId) noteSending(tx, row.executionId, row.text, now)
  if (!isPractice) recordEgress(tx, row, conversation, messageId, now)
  const answered = tx.queries
    .select({ replyTo: messages.replyTo })
    .from(messages)
    .where(eq(messages.id, messageId))
    .get()
  return { outcome: 'go', row: { ...row, messageId }, conversation, replyTo: answered?.replyTo ?? null, appearsNow }
}

const answeringRestMs = 5_000

const isScheduled = (row: OutboxRecord): boolean => row.author === 'human' && row.messageId === null

/** A reply of the clone is being thought of or on its way; it ends by itself, so waiting for it does too. */
const cloneIsAnswering = (tx: Tx, conversation: ConversationRecord): boolean =>
  conversation.owner === 'ai' &&
  tx.queries.get(sql`SELECT 1 WHERE
    EXISTS (SELECT 1 FROM jobs j WHERE j.kind = 'reply' AND j.dedupe_key = ${conversation.id} AND j.state IN ('queued','running'))
    OR EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = ${conversation.id} AND o.author = 'ai' AND o.state IN ('queued','sending'))`) !==
    undefined

const mayStillBeSent = (
  tx: Tx,
  row: OutboxRecord,
  conversation: ConversationRecord,
  now: number,
  defaultReplyMode: ReplyMode,
): boolean => {
  const { owner } = conversation
  switch (row.author) {
    case 'human':
      if (isScheduled(row)) {
        // What they took back meanwhile leaves an older message as their newest.
        const isUntouched = row.expectedClientSeq === null || conversation.lastClientSeq <= row.expectedClientSeq
        return owner !== 'locked' && isUntouched
      }
      return owner !== 'locked' || row.executionId === null
    case 'ai':
      return (
        owner === 'ai' &&
        conversation.acceptance === 'accepted' &&
        conversation.epoch === row.expectedEpoch &&
        now - row.createdAt <= longestUnansweredMs &&
        replyModeOf(tx.queries, conversation, { defaultReplyMode }) === 'autopilot'
      )
    case 'approved_draft':
      return owner !== 'locked' && conversation.lastClientSeq === row.expectedClientSeq
    case 'notice':
      return mayStillBeSaid(tx, row, conversation, now, defaultReplyMode)
  }
}

/** A notice belongs to a state of the conversation; the disclosure to the words that follow it. */
const mayStillBeSaid = (
  tx: Tx,
  row: OutboxRecord,
  conversation: ConversationRecord,
  now: number,
  defaultReplyMode: ReplyMode,
): boolean => {
  const { notice } = readMetadata(row.metadata)
  if (notice === 'crisis_holding') return conversation.owner === 'locked'
  if (notice === 'handoff_holding') return conversation.owner === 'waiting'
  if (notice === 'ai_answer' || notice === 'out_of_hours') return conversation.owner === 'ai'
  // Put off by the channel, it would come after words that say more.
  if (notice === 'ai_drafts' && wasToldThatAiAnswers(tx, row.conversationId)) return false
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
  return following.some((next) => mayStillBeSent(tx, next, conversation, now, defaultReplyMode))
}

const wasToldThatAiAnswers = (tx: Tx, conversationId: string): boolean =>
  tx.queries
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.conversationId, conversationId),
        inArray(outbox.state, ['sending', 'sent', 'unknown']),
        sql`json_extract(${outbox.metadata}, '$.notice') IN ('ai_disclosure','ai_answer')`,
      ),
    )
    .get() !== undefined

const withdraw = (tx: Tx, row: OutboxRecord, noteGivenBack: NoteGivenBack, now: number): void => {
  tx.queries.update(outbox).set({ state: 'discarded', settledAt: now }).where(eq(outbox.id, row.id)).run()
  if (row.author === 'approved_draft' && row.draftId) {
    giveBackDraft(tx, row, row.draftId, noteGivenBack, now)
    return removeUnsent(tx, row)
  }
  if (row.author === 'ai' && row.executionId) supersedeRun(tx, row.executionId, now)
  if (isScheduled(row)) {
    const error =
      row.expectedClientSeq === null
        ? 'Not sent: a safety crisis began after you had scheduled this.'
        : 'Not sent: they wrote after you had scheduled this.'
    tx.queries.update(outbox).set({ state: 'failed', error }).where(eq(outbox.id, row.id)).run()
    tx.changed('inbox')
    return
  }
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

/** The coach's own words, in the thread where they went out; what the clone was about to say is out of date. */
const appendScheduled = (tx: Tx, row: OutboxRecord, conversation: ConversationRecord, now: number): string =>
  appendMessage(
    tx,
    conversation,
    {
      senderType: 'human_coach',
      senderId: 'coach',
      content: row.text,
      metadata: readMetadata(row.metadata),
      deliveryStatus: 'sending',
      sentAt: now,
    },
    now,
  ).id

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
