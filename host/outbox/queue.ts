import { and, eq, notExists, sql } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import { agentExecutions, drafts, outbox } from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import type { MessageMetadata } from '../../shared/contract/messages.ts'
import type { OutboxAuthor, OutboxState } from '../../shared/taxonomy/conversation.ts'
import { appendMessage, type ConversationRecord } from '../conversations/index.ts'

export type OutboxRecord = typeof outbox.$inferSelect

export interface Outgoing {
  readonly author: OutboxAuthor
  readonly text: string
  readonly metadata?: MessageMetadata
  /** Made by the window for what a person sends: queueing the same id again changes nothing. */
  readonly requestId?: string
  readonly draftId?: string
  readonly executionId?: string
  /** For the clone: the epoch its answer belongs to. */
  readonly expectedEpoch?: number
  /** For an approved draft: the newest client message the coach had seen. */
  readonly expectedClientSeq?: number
  readonly senderId: string
  /** When it goes at the earliest, milliseconds UTC; at once unless told. */
  readonly sendAfter?: number
  /** Chosen by the coach for later: it stands in the thread only once it goes, and holds nothing back until then. */
  readonly isScheduled?: boolean
  /** The external id of the message this one answers. */
  readonly replyTo?: string
}

/**
 * Queues a text. What a person or a notice says stands in the thread at once; what the clone says appears
 * only when the sending transaction lets it through. Returns the outbox row and its message, if there is one.
 */
export const enqueueOutgoing = (tx: Tx, conversation: ConversationRecord, outgoing: Outgoing, now: number) => {
  const known = outgoing.requestId
    ? tx.queries.select().from(outbox).where(eq(outbox.id, outgoing.requestId)).get()
    : undefined
  if (known) return { outboxId: known.id, messageId: known.messageId }
  const messageId =
    outgoing.author === 'ai' || outgoing.author === 'approved_draft' || outgoing.isScheduled
      ? null
      : appendMessage(
          tx,
          conversation,
          {
            senderType: outgoing.author === 'notice' ? 'system' : 'human_coach',
            senderId: outgoing.senderId,
            content: outgoing.text,
            metadata: outgoing.metadata ?? {},
            deliveryStatus: 'queued',
            sentAt: now,
            ...(outgoing.replyTo === undefined ? {} : { replyTo: outgoing.replyTo }),
          },
          now,
        ).id
  const row = tx.queries
    .insert(outbox)
    .values({
      id: outgoing.requestId ?? newId(now),
      conversationId: conversation.id,
      clientId: conversation.clientId,
      messageId,
      draftId: outgoing.draftId ?? null,
      executionId: outgoing.executionId ?? null,
      author: outgoing.author,
      text: outgoing.text,
      metadata: JSON.stringify(outgoing.metadata ?? {}),
      expectedEpoch: outgoing.expectedEpoch ?? null,
      expectedClientSeq: outgoing.expectedClientSeq ?? null,
      state: 'queued',
      sendAfter: outgoing.sendAfter ?? now,
      createdAt: now,
    })
    .returning({ id: outbox.id })
    .get()
  return { outboxId: row.id, messageId }
}

/** Withdraws what the clone still has queued in a conversation, and closes its open draft. */
export const discardQueued = (tx: Tx, conversationId: string, now: number): void => {
  const withdrawn = tx.queries
    .update(outbox)
    .set({ state: 'discarded', settledAt: now })
    .where(and(eq(outbox.conversationId, conversationId), eq(outbox.state, 'queued'), eq(outbox.author, 'ai')))
    .returning({ executionId: outbox.executionId })
    .all()
  for (const { executionId } of withdrawn) if (executionId) supersedeRun(tx, executionId, now)
  closeDrafts(tx, conversationId, now)
}

/** Closes the clone's open draft; one the coach had approved and that came back is theirs, and stays. */
export const closeDrafts = (tx: Tx, conversationId: string, now: number): void => {
  const closed = tx.queries
    .update(drafts)
    .set({ state: 'superseded', decidedAt: now })
    .where(
      and(
        eq(drafts.conversationId, conversationId),
        eq(drafts.state, 'pending'),
        notExists(tx.queries.select({ id: outbox.id }).from(outbox).where(eq(outbox.draftId, drafts.id))),
      ),
    )
    .returning({ executionId: drafts.executionId })
    .all()
  for (const { executionId } of closed) supersedeRun(tx, executionId, now)
}

/** Marks a run whose words will not be used. */
export const supersedeRun = (tx: Tx, executionId: string, now: number): void => {
  tx.queries
    .update(agentExecutions)
    .set({ status: 'superseded', finishedAt: now })
    .where(eq(agentExecutions.id, executionId))
    .run()
}

/** Marks a run whose words have not gone after all and wait again. */
export const reopenRun = (tx: Tx, executionId: string): void => {
  tx.queries
    .update(agentExecutions)
    .set({ status: 'running', finishedAt: null })
    .where(eq(agentExecutions.id, executionId))
    .run()
}

/** True while a fixed notice still waits to be sent, so that a second alarm does not say it twice. */
export const hasQueuedNotice = (tx: Tx, conversationId: string, notice: string): boolean =>
  noticeStates(tx, conversationId, notice).includes('queued')

/** True when a fixed notice was already queued or sent in this conversation. */
export const hasNotice = (tx: Pick<Tx, 'queries'>, conversationId: string, notice: string): boolean =>
  noticeStates(tx, conversationId, notice).some((state) => state !== 'discarded' && state !== 'failed')

const noticeStates = (tx: Pick<Tx, 'queries'>, conversationId: string, notice: string): OutboxState[] =>
  tx.queries
    .select({ state: outbox.state })
    .from(outbox)
    .where(
      and(
        eq(outbox.conversationId, conversationId),
        // Sent again by the coach it is theirs, and still said.
        eq(sql`json_extract(${outbox.metadata}, '$.notice')`, notice),
      ),
    )
    .all()
    .map((row) => row.state)

/** True when a window's request was taken before: a repeated one, as after a broken connection, changes nothing. */
export const isQueued = (tx: Tx, requestId: string): boolean =>
  tx.queries.select({ id: outbox.id }).from(outbox).where(eq(outbox.id, requestId)).get() !== undefined
