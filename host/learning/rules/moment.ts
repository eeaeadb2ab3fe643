import { and, desc, eq, isNull, lt } from 'drizzle-orm'
import { agentExecutions, clients, conversations, messages } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import { Problem } from '../../../shared/problem.ts'
import type { Situation } from '../../../shared/taxonomy/situations.ts'
import { getConversation, type MessageRecord, readMetadata } from '../../conversations/index.ts'
import { readSignals, signals } from '../../signals/index.ts'

const spoken = signals.pick({ situation: true })

/** What the client's moment was about when this was said to them; null where it has no name. */
export const situationBefore = (queries: Queries, message: MessageRecord): Situation | null => {
  const executionId = readMetadata(message.metadata).execution_id
  const run =
    executionId === undefined
      ? undefined
      : queries
          .select({ signals: agentExecutions.signals })
          .from(agentExecutions)
          .where(eq(agentExecutions.id, executionId))
          .get()
  const ofRun = run && spoken.safeParse(JSON.parse(run.signals)).data?.situation
  const situation = ofRun ?? readSignals(lastOfClient(queries, message)).situation
  return situation === 'other' ? null : situation
}

const lastOfClient = (queries: Queries, { conversationId, seq }: MessageRecord): string =>
  queries
    .select({ content: messages.content })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, conversationId),
        lt(messages.seq, seq),
        eq(messages.senderType, 'client'),
        isNull(messages.removedAt),
      ),
    )
    .orderBy(desc(messages.seq))
    .get()?.content ?? ''

/** A message of the clone or the coach that something can be taught on. Throws NOT_FOUND, or a sentence why not. */
export const teachableMessage = (
  queries: Queries,
  { conversationId, messageId }: { readonly conversationId: string; readonly messageId: string },
): MessageRecord => {
  const conversation = getConversation(queries, conversationId)
  const message = queries
    .select()
    .from(messages)
    .where(and(eq(messages.id, messageId), eq(messages.conversationId, conversationId)))
    .get()
  if (!message) throw new Problem('NOT_FOUND')
  if (conversation.owner === 'locked')
    throw new Problem(
      'CONVERSATION_LOCKED',
      'Nothing is learned while a safety crisis is open. Teach this once you have handed the conversation back.',
    )
  if (message.senderType !== 'ai' && message.senderType !== 'human_coach')
    throw new Problem(
      'INVALID_INPUT',
      'Choose a message that you or the clone wrote. This one came from somebody else.',
    )
  if (message.removedAt !== null)
    throw new Problem('CONFLICT', 'This message was deleted, so nothing is learned from it.')
  if (message.deliveryStatus === 'queued')
    throw new Problem('CONFLICT', 'This message has not gone out yet. Teach on it once it has.')
  return message
}

export const momentOf = (
  queries: Queries,
  asked: { readonly conversationId: string; readonly messageId: string },
): { clientName: string; situation: Situation | null } => {
  const message = teachableMessage(queries, asked)
  const client = queries
    .select({ name: clients.name })
    .from(clients)
    .innerJoin(conversations, eq(conversations.clientId, clients.id))
    .where(eq(conversations.id, asked.conversationId))
    .get()
  return { clientName: client?.name ?? '', situation: situationBefore(queries, message) }
}
