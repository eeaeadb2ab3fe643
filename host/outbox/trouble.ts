import { eq, sql } from 'drizzle-orm'
import { conversations, messages, outbox } from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import { Problem } from '../../shared/problem.ts'
import { readMetadata } from '../conversations/index.ts'
import { hasNotice } from './queue.ts'

/**
 * The coach's word on a send that failed or may not have arrived. Sending again is always a person's decision; with it
 * the client has an answer of a person, so whatever the clone is thinking is out of date. Returns the conversation.
 */
export const settleTrouble = (
  tx: Tx,
  outboxId: string,
  asked: 'arrived' | 'send_again' | 'drop',
  now: number,
): string => {
  const row = tx.queries.select().from(outbox).where(eq(outbox.id, outboxId)).get()
  if (!row) throw new Problem('NOT_FOUND')
  if (row.state !== 'unknown' && row.state !== 'failed') throw new Problem('CONFLICT')
  // A later line has introduced the clone meanwhile; saying it again would only confuse.
  const { notice } = readMetadata(row.metadata)
  const isSaidMeanwhile =
    (notice === 'ai_disclosure' || notice === 'ai_drafts') && hasNotice(tx, row.conversationId, notice)
  const decision = asked === 'send_again' && row.state === 'failed' && isSaidMeanwhile ? 'drop' : asked
  if (decision === 'send_again' && row.author !== 'human') refuseInCrisis(tx, row.conversationId)
  // The coach decides with the thread before them, so it goes as theirs, past the clone's checks.
  const next = { arrived: 'sent', send_again: 'queued', drop: 'discarded' } as const
  tx.queries
    .update(outbox)
    .set({
      state: next[decision],
      error: null,
      ...(decision === 'send_again'
        ? { author: 'human', sendAfter: now, expectedClientSeq: null }
        : { settledAt: now }),
    })
    .where(eq(outbox.id, row.id))
    .run()
  if (row.messageId) {
    const status = { arrived: 'sent', send_again: 'queued', drop: 'failed' } as const
    tx.queries.update(messages).set({ deliveryStatus: status[decision] }).where(eq(messages.id, row.messageId)).run()
  }
  if (decision !== 'drop' && notice === undefined)
    tx.queries
      .update(conversations)
      .set({ epoch: sql`${conversations.epoch} + 1` })
      .where(eq(conversations.id, row.conversationId))
      .run()
  tx.changed('conversation', row.conversationId)
  tx.changed('inbox')
  return row.conversationId
}

/** In a locked conversation nothing a model wrote goes out, not even when a person asks for it. */
const refuseInCrisis = (tx: Tx, conversationId: string): void => {
  const conversation = tx.queries.select().from(conversations).where(eq(conversations.id, conversationId)).get()
  if (conversation?.owner === 'locked') throw new Problem('CONVERSATION_LOCKED')
}
