import { eq } from 'drizzle-orm'
import { messages, outbox } from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import { Problem } from '../../shared/problem.ts'
import { getConversation } from '../conversations/index.ts'
import { enqueueJob } from '../jobs/index.ts'
import { giveBackDraft, giveBackWords, type NoteGivenBack, removeUnsent } from './giveBack.ts'
import type { OutboxRecord } from './queue.ts'

/** Takes back what the coach sent or scheduled while it is still here. Throws NOT_FOUND or TOO_LATE. */
export const cancelSend = (tx: Tx, outboxId: string, noteGivenBack: NoteGivenBack, now: number): void => {
  const row = tx.queries.select().from(outbox).where(eq(outbox.id, outboxId)).get()
  if (!row || (row.author !== 'human' && row.author !== 'approved_draft')) throw new Problem('NOT_FOUND')
  const isHeldBack = row.state === 'failed' && row.messageId === null
  if (row.state !== 'queued' && !isHeldBack) throw new Problem('TOO_LATE')
  tx.changed('conversation', row.conversationId)
  tx.changed('inbox')
  // It ended once before, so this is a repeat the coach asked for.
  if (row.settledAt !== null && row.messageId !== null) return stopRepeating(tx, row, row.messageId, now)
  tx.queries.update(outbox).set({ state: 'discarded', settledAt: now }).where(eq(outbox.id, row.id)).run()
  if (row.author === 'approved_draft' && row.draftId) giveBackDraft(tx, row, row.draftId, noteGivenBack, now)
  else giveBackWords(tx, row, now)
  removeUnsent(tx, row)
  if (row.author === 'human' && row.messageId !== null) letCloneAnswer(tx, row, now)
  // What was learned from these words is unlearned.
  const { conversationId } = row
  enqueueJob(tx, { kind: 'learn', dedupeKey: conversationId, payload: { conversationId }, runAt: now }, now)
}

/** Handed back before they took it back: what these words would have answered is the clone's to answer, if it may. */
const letCloneAnswer = (tx: Tx, { conversationId, clientId }: OutboxRecord, now: number): void => {
  if (getConversation(tx.queries, conversationId).owner !== 'ai') return
  enqueueJob(tx, { kind: 'reply', dedupeKey: conversationId, clientId, payload: { conversationId }, runAt: now }, now)
}

const triedSentence = 'You stopped sending this again. The first try may have arrived.'

/** What was tried before may have arrived: it stays in the thread, and the coach is asked about it again. */
const stopRepeating = (tx: Tx, row: OutboxRecord, messageId: string, now: number): void => {
  tx.queries
    .update(outbox)
    .set({ state: 'unknown', error: triedSentence, settledAt: now })
    .where(eq(outbox.id, row.id))
    .run()
  tx.queries.update(messages).set({ deliveryStatus: 'unknown' }).where(eq(messages.id, messageId)).run()
}
