import { and, desc, eq } from 'drizzle-orm'
import { composerTexts, conversations, drafts, messages, outbox, replyFeedback } from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import { closeDrafts, type OutboxRecord } from './queue.ts'

/** Told in the same transaction that an approved draft was not sent after all. */
export type NoteGivenBack = (tx: Tx, executionId: string) => void

/**
 * An approved draft that does not go lies before the coach again as they left it. Where another that came back lies
 * there already, its words go to where the coach writes: nothing they approved is dropped.
 */
export const giveBackDraft = (
  tx: Tx,
  row: OutboxRecord,
  draftId: string,
  noteGivenBack: NoteGivenBack,
  now: number,
): void => {
  closeDrafts(tx, row.conversationId, now)
  const other = tx.queries
    .select({ id: drafts.id })
    .from(drafts)
    .where(and(eq(drafts.conversationId, row.conversationId), eq(drafts.state, 'pending')))
    .get()
  if (other) giveBackWords(tx, row, now)
  tx.queries
    .update(drafts)
    .set(other ? { state: 'superseded' } : { state: 'pending', text: row.text, decidedAt: null })
    .where(eq(drafts.id, draftId))
    .run()
  // It was not sent after all, so there is nothing to learn from yet.
  if (row.executionId) noteGivenBack(tx, row.executionId)
}

/** The words lie in the composer again, before anything written there meanwhile. */
export const giveBackWords = (tx: Tx, row: OutboxRecord, now: number): void => {
  const there = tx.queries
    .select({ text: composerTexts.text })
    .from(composerTexts)
    .where(eq(composerTexts.conversationId, row.conversationId))
    .get()
  const text = there?.text ? `${row.text}\n\n${there.text}` : row.text
  tx.queries
    .insert(composerTexts)
    .values({ conversationId: row.conversationId, text, updatedAt: now })
    .onConflictDoUpdate({ target: composerTexts.conversationId, set: { text, updatedAt: now } })
    .run()
}

/** A message that certainly never left has no place in the thread. */
export const removeUnsent = (tx: Tx, row: OutboxRecord): void => {
  if (row.messageId === null) return
  tx.queries.update(outbox).set({ messageId: null }).where(eq(outbox.id, row.id)).run()
  tx.queries.delete(replyFeedback).where(eq(replyFeedback.messageId, row.messageId)).run()
  tx.queries.delete(messages).where(eq(messages.id, row.messageId)).run()
  const last = tx.queries
    .select({ seq: messages.seq, id: messages.id, sentAt: messages.sentAt })
    .from(messages)
    .where(eq(messages.conversationId, row.conversationId))
    .orderBy(desc(messages.seq))
    .get()
  if (!last) return
  tx.queries
    .update(conversations)
    .set({ lastSeq: last.seq, lastMessageId: last.id, lastMessageAt: last.sentAt })
    .where(eq(conversations.id, row.conversationId))
    .run()
}
