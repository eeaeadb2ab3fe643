import { and, eq, inArray } from 'drizzle-orm'
import { outbox } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx } from '../../db/write.ts'
import { type ConversationRecord, getConversation, isFresh, isUnanswered } from '../conversations/index.ts'
import { crisisEndedAt } from '../handoff/index.ts'
import { enqueueJob } from '../jobs/index.ts'

/**
 * A client's word that the clone may answer: nobody has, it is recent, and no approved draft is on its way to do so.
 * What a crisis left open it never answers: it resumes with the client's next message.
 */
export const isOpen = (queries: Queries, conversation: ConversationRecord, now: number): boolean =>
  conversation.owner === 'ai' &&
  isFresh(queries, conversation, now) &&
  isUnanswered(queries, conversation) &&
  crisisEndedAt(queries, conversation.id) < conversation.lastClientSeq &&
  !isBeingAnswered(queries, conversation)

const isBeingAnswered = (queries: Queries, conversation: ConversationRecord): boolean =>
  queries
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.conversationId, conversation.id),
        eq(outbox.author, 'approved_draft'),
        inArray(outbox.state, ['queued', 'sending']),
        eq(outbox.expectedClientSeq, conversation.lastClientSeq),
      ),
    )
    .get() !== undefined

/** After a handback or a new reply mode the clone answers what is still open, so that the client is not met with silence. */
export const answerWhatIsOpen = (tx: Tx, conversationId: string, now: number): void => {
  const conversation = getConversation(tx.queries, conversationId)
  if (!isOpen(tx.queries, conversation, now)) return
  enqueueJob(
    tx,
    {
      kind: 'reply',
      dedupeKey: conversationId,
      clientId: conversation.clientId,
      payload: { conversationId },
      runAt: now,
    },
    now,
  )
}
