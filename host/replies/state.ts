import { desc, eq } from 'drizzle-orm'
import { agentExecutions } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Conversation } from '../../shared/contract/inbox.ts'
import type { ConversationRecord } from '../conversations/index.ts'

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
