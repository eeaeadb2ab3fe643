import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { clients, conversations, handoffs, jobs, outbox } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx } from '../../db/write.ts'
import type { SettingsValues } from '../../shared/contract/settings.ts'
import {
  type ConversationRecord,
  getConversation,
  isFresh,
  isUnanswered,
  lastAnswerIn,
  lastMessages,
  type MessageRecord,
  replyModeOf,
} from '../conversations/index.ts'
import { crisisEndedAt, handedBackAt, raiseHandoff, returnToClone } from '../handoff/index.ts'
import { enqueueJob } from '../jobs/index.ts'
import { quietEndsAt, quietGraceMs } from './quiet.ts'

/**
 * A client's word that the clone may answer: nobody has, it is recent, and no approved draft is on its way to do so.
 * What a crisis left open it never answers: it resumes with the client's next message.
 */
export const isOpen = (
  queries: Queries,
  conversation: ConversationRecord,
  settings: SettingsValues,
  now: number,
): boolean =>
  conversation.owner === 'ai' &&
  conversation.acceptance === 'accepted' &&
  isFresh(queries, conversation, now, quietGraceMs(queries, conversation, settings)) &&
  isUnanswered(queries, conversation) &&
  crisisEndedAt(queries, conversation.id) < conversation.lastClientSeq &&
  !isBeingAnswered(queries, conversation)

/** What a safety crisis left unanswered when it ended: the coach's to answer, as long as nobody has. */
export const isLeftToCoach = (queries: Queries, conversation: ConversationRecord): boolean =>
  conversation.owner === 'ai' &&
  isUnanswered(queries, conversation) &&
  crisisEndedAt(queries, conversation.id) >= conversation.lastClientSeq &&
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
export const answerWhatIsOpen = (tx: Tx, conversationId: string, settings: SettingsValues, now: number): void => {
  const conversation = getConversation(tx.queries, conversationId)
  if (!isOpen(tx.queries, conversation, settings, now) || replyModeOf(tx.queries, conversation, settings) === 'off')
    return
  if (hasUnreadable(tx.queries, conversation)) return callAboutUnreadable(tx, conversation, settings, now)
  const quietEnd = settings.quietWhat === 'wait' ? quietEndsAt(tx.queries, conversation, settings, now) : null
  enqueueJob(
    tx,
    {
      kind: 'reply',
      dedupeKey: conversationId,
      clientId: conversation.clientId,
      payload: { conversationId },
      runAt: quietEnd ?? now,
    },
    now,
  )
}

/** After the client took words back the clone answers those that still stand, if any; a run that waits finds them itself. */
export const answerWhatStands = (tx: Tx, conversationId: string, settings: SettingsValues, now: number): void => {
  const waiting = tx.queries
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.kind, 'reply'), eq(jobs.dedupeKey, conversationId), eq(jobs.state, 'queued')))
    .get()
  if (!waiting) answerWhatIsOpen(tx, conversationId, settings, now)
}

/** What nobody can read here the clone never answers; after a handback it answers the client's next words. */
export const hasUnreadable = (queries: Queries, conversation: ConversationRecord): boolean => {
  const dealtWith = handedBackAt(queries, conversation.id)
  return openUnreadable(queries, conversation).some(
    ({ seq }) => seq > dealtWith || conversation.lastClientSeq <= dealtWith,
  )
}

const openUnreadable = (queries: Queries, conversation: ConversationRecord): MessageRecord[] => {
  const recent = lastMessages(queries, conversation.id, 20)
  return recent
    .slice(lastAnswerIn(recent) + 1)
    .filter(({ unreadable, removedAt }) => unreadable !== null && removedAt === null)
}

/** The coach is called about what nobody can read here, unless they handed back knowing it. */
const callAboutUnreadable = (
  tx: Tx,
  conversation: ConversationRecord,
  { coachName }: SettingsValues,
  now: number,
): void => {
  const dealtWith = handedBackAt(tx.queries, conversation.id)
  if (openUnreadable(tx.queries, conversation).every(({ seq }) => seq <= dealtWith)) return
  const reason = 'They sent something that the clone can neither read nor hear.'
  const decision = { lock: false, score: 0, parts: [], trigger: 'unreadable' as const, reason }
  raiseHandoff(tx, conversation, { decision, tellClient: false, coachName }, now)
}

/** Answers that wait, as for the end of quiet hours, wait by the hours that hold now. */
export const rethinkQueued = (tx: Tx, settings: SettingsValues, now: number): void => {
  const waiting = tx.queries
    .select({ conversationId: jobs.dedupeKey, payload: jobs.payload })
    .from(jobs)
    .where(and(eq(jobs.kind, 'reply'), eq(jobs.state, 'queued')))
    .all()
  for (const { conversationId, payload } of waiting) {
    if (conversationId === null || payload.includes('"wish"')) continue
    answerWhatIsOpen(tx, conversationId, settings, now)
  }
}

/** Everyone whose mode is the default one is thought of anew after it changed. */
export const rethinkAfterNewDefault = (tx: Tx, settings: SettingsValues, now: number): void => {
  const concerned = tx.queries
    .select({ id: conversations.id })
    .from(conversations)
    .innerJoin(clients, eq(clients.id, conversations.clientId))
    .where(and(isNull(clients.replyMode), eq(conversations.owner, 'ai')))
    .all()
  for (const { id } of concerned) {
    tx.queries
      .update(conversations)
      .set({ epoch: sql`${conversations.epoch} + 1` })
      .where(eq(conversations.id, id))
      .run()
    answerWhatIsOpen(tx, id, settings, now)
    tx.changed('conversation', id)
  }
}

/** Clients who wait only because there was no model, or no budget left, go back to the clone. */
export const resumeWaiting = (
  tx: Tx,
  triggers: readonly ('no_model' | 'budget')[],
  settings: SettingsValues,
  now: number,
): void => {
  const waiting = tx.queries
    .select({ id: handoffs.conversationId })
    .from(handoffs)
    .where(and(isNull(handoffs.endedAt), eq(handoffs.toOwner, 'waiting'), inArray(handoffs.trigger, [...triggers])))
    .all()
  for (const { id } of waiting) {
    returnToClone(tx, id, 'The clone can answer again.', now)
    answerWhatIsOpen(tx, id, settings, now)
  }
}
