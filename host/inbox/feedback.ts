import { and, eq } from 'drizzle-orm'
import { messages, replyFeedback } from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import { Problem } from '../../shared/problem.ts'
import type { FeedbackReason } from '../../shared/taxonomy/conversation.ts'
import { readMetadata } from '../conversations/index.ts'

export interface FeedbackInput {
  readonly messageId: string
  readonly isHelpful?: boolean | null | undefined
  readonly reason?: FeedbackReason | null | undefined
  readonly shouldHaveHandedOver?: boolean | undefined
}

/** The coach's opinion of a reply of the clone; what is not given stays as it was. Throws NOT_FOUND and INVALID_INPUT. */
export const setFeedback = (tx: Tx, { messageId, ...given }: FeedbackInput, now: number): void => {
  const message = tx.queries.select().from(messages).where(eq(messages.id, messageId)).get()
  if (!message) throw new Problem('NOT_FOUND')
  const isOfClone =
    message.senderType === 'ai' ||
    (message.senderType === 'human_coach' && readMetadata(message.metadata).approved_by_coach === true)
  if (!isOfClone)
    throw new Problem(
      'INVALID_INPUT',
      'Only replies that the clone wrote can be rated. This one came from somebody else.',
    )
  const ofCoach = and(eq(replyFeedback.messageId, messageId), eq(replyFeedback.author, 'coach'))
  const known = tx.queries.select().from(replyFeedback).where(ofCoach).get()
  const opinion = {
    isHelpful: given.isHelpful === undefined ? (known?.isHelpful ?? null) : given.isHelpful,
    reason: given.reason === undefined ? (known?.reason ?? null) : given.reason,
    shouldHaveHandedOver: given.shouldHaveHandedOver ?? known?.shouldHaveHandedOver ?? false,
  }
  if (opinion.isHelpful === null && opinion.reason === null && !opinion.shouldHaveHandedOver)
    tx.queries.delete(replyFeedback).where(ofCoach).run()
  else
    tx.queries
      .insert(replyFeedback)
      .values({ messageId, author: 'coach', ...opinion, createdAt: now })
      .onConflictDoUpdate({ target: [replyFeedback.messageId, replyFeedback.author], set: opinion })
      .run()
  tx.changed('conversation', message.conversationId)
}
