import { desc, eq } from 'drizzle-orm'
import { agentExecutions } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx } from '../../db/write.ts'
import type { Conversation } from '../../shared/contract/inbox.ts'
import { type ConversationRecord, getConversation, isUnanswered } from '../conversations/index.ts'
import { lastIntervention } from '../handoff/index.ts'
import { enqueueJob } from '../jobs/index.ts'

/** What the clone is doing in a conversation, and why it has no answer if its last run had none. */
export const replyState = (
  queries: Queries,
  conversation: ConversationRecord,
): Pick<Conversation, 'isThinking' | 'lastTrouble'> => {
  const last = queries
    .select({
      status: agentExecutions.status,
      error: agentExecutions.error,
      lastClientSeq: agentExecutions.lastClientSeq,
      draftReply: agentExecutions.draftReply,
    })
    .from(agentExecutions)
    .where(eq(agentExecutions.conversationId, conversation.id))
    .orderBy(desc(agentExecutions.seq))
    .get()
  const concernsNow = last?.lastClientSeq === conversation.lastClientSeq
  return {
    isThinking: last?.status === 'running' && last.draftReply === null,
    lastTrouble: concernsNow ? (last?.error ?? null) : null,
  }
}

/**
 * After a handback the clone answers what is still open, so that the client is not met with silence.
 * What a crisis left open it never answers: it resumes with the client's next message.
 */
export const answerAfterHandBack = (tx: Tx, conversationId: string, now: number): void => {
  const conversation = getConversation(tx.queries, conversationId)
  if (conversation.owner !== 'ai' || !isUnanswered(tx.queries, conversation)) return
  if (lastIntervention(tx, conversationId)?.trigger === 'safety_crisis') return
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
