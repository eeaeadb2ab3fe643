import { and, eq, inArray, sql } from 'drizzle-orm'
import { agentExecutions, conversations, drafts, egressLedger, jobs, messages, outbox } from './schema/index.ts'
import type { Queries } from './sqlite.ts'

export const waitedSentence = 'This was waiting to be sent when the backup was made. It may have been sent since.'

/**
 * Makes restored data say nothing by itself: since the backup was made, everything that waited in it may have been
 * said. What stood in the thread is left to the coach, the clone's own words are withdrawn. Belongs in a transaction.
 */
export const leaveNothingToSend = (queries: Queries, now: number): void => {
  const waiting = queries
    .select()
    .from(outbox)
    .where(inArray(outbox.state, ['queued', 'sending']))
    .orderBy(outbox.seq)
    .all()
  for (const row of waiting) {
    if (row.messageId) doubt(queries, row.id, row.messageId, now)
    else withdraw(queries, row, now)
  }
  queries
    .update(jobs)
    .set({ state: 'done', leaseUntil: null, finishedAt: now })
    .where(and(eq(jobs.kind, 'reply'), inArray(jobs.state, ['queued', 'running'])))
    .run()
  queries
    .update(agentExecutions)
    .set({ status: 'superseded', finishedAt: now })
    .where(eq(agentExecutions.status, 'running'))
    .run()
  queries
    .update(conversations)
    .set({ epoch: sql`${conversations.epoch} + 1` })
    .run()
}

const doubt = (queries: Queries, outboxId: string, messageId: string, now: number): void => {
  queries
    .update(outbox)
    .set({ state: 'unknown', error: waitedSentence, settledAt: now })
    .where(eq(outbox.id, outboxId))
    .run()
  queries.update(messages).set({ deliveryStatus: 'unknown' }).where(eq(messages.id, messageId)).run()
  queries
    .update(egressLedger)
    .set({ status: 'failed' })
    .where(and(eq(egressLedger.messageId, messageId), eq(egressLedger.status, 'pending')))
    .run()
}

const withdraw = (queries: Queries, row: typeof outbox.$inferSelect, now: number): void => {
  queries.update(outbox).set({ state: 'discarded', settledAt: now }).where(eq(outbox.id, row.id)).run()
  const isReturned = row.draftId !== null && returnDraft(queries, row, row.draftId, now)
  if (isReturned || row.executionId === null) return
  queries
    .update(agentExecutions)
    .set({ status: 'superseded', finishedAt: now })
    .where(and(eq(agentExecutions.id, row.executionId)))
    .run()
}

/** Lays an approved draft before the coach again as they left it, unless another one lies there already. */
const returnDraft = (queries: Queries, row: typeof outbox.$inferSelect, draftId: string, now: number): boolean => {
  const pending = queries
    .select({ id: drafts.id })
    .from(drafts)
    .where(and(eq(drafts.conversationId, row.conversationId), eq(drafts.state, 'pending')))
    .get()
  queries
    .update(drafts)
    .set(pending ? { state: 'superseded', decidedAt: now } : { state: 'pending', text: row.text, decidedAt: null })
    .where(eq(drafts.id, draftId))
    .run()
  return pending === undefined
}
