import { and, eq } from 'drizzle-orm'
import { agentExecutions, conversations, drafts } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx } from '../../db/write.ts'
import type { Draft } from '../../shared/contract/inbox.ts'
import type { SettingsValues } from '../../shared/contract/settings.ts'
import { Problem } from '../../shared/problem.ts'
import { type ConversationRecord, getConversation } from '../conversations/index.ts'
import { enqueueJob } from '../jobs/index.ts'
import { type DraftDecision, editDistance, forgetDraftDecision, noteDraftDecision } from '../learning/index.ts'
import { enqueueOutgoing, isQueued } from '../outbox/index.ts'
import { signals } from '../signals/index.ts'
import { handbackMetadata } from './decide.ts'
import { discloseOnce, disclosureOf, linesBefore } from './disclosure.ts'
import { answerWhatIsOpen } from './open.ts'

type DraftRecord = typeof drafts.$inferSelect

/** The draft that waits for the coach, if there is one. */
export const openDraft = (
  queries: Queries,
  conversation: ConversationRecord,
  settings: Pick<SettingsValues, 'defaultReplyMode'>,
): Draft | null => {
  const row = queries
    .select({ draft: drafts, confidence: agentExecutions.confidence })
    .from(drafts)
    .innerJoin(agentExecutions, eq(agentExecutions.id, drafts.executionId))
    .where(and(eq(drafts.conversationId, conversation.id), eq(drafts.state, 'pending')))
    .get()
  if (!row) return null
  const { draft, confidence } = row
  const isStale = draft.lastClientSeq !== conversation.lastClientSeq
  return {
    id: draft.id,
    executionId: draft.executionId,
    text: draft.text,
    confidence,
    createdAt: draft.createdAt,
    isStale,
    isTakenBack: draft.lastClientSeq > conversation.lastClientSeq,
    linesBefore: linesBefore(queries, conversation, settings),
  }
}

/** The coach approves a draft, changed or not. A human act: it changes no owner, and asks when the client has written since. */
export const sendDraft = (
  tx: Tx,
  input: { draftId: string; requestId: string; text: string; evenIfClientWrote: boolean },
  settings: Pick<SettingsValues, 'coachName' | 'undoSendSeconds' | 'defaultReplyMode'>,
  now: number,
): { outboxId: string; undoUntil: number | null } => {
  const undoMs = settings.undoSendSeconds * 1_000
  const sending = { outboxId: input.requestId, undoUntil: undoMs > 0 ? now + undoMs : null }
  if (isQueued(tx, input.requestId)) return sending
  const draft = pendingDraft(tx, input.draftId)
  const conversation = getConversation(tx.queries, draft.conversationId)
  if (conversation.owner === 'locked') throw new Problem('CONVERSATION_LOCKED')
  if (draft.lastClientSeq !== conversation.lastClientSeq && !input.evenIfClientWrote)
    throw new Problem('CLIENT_WROTE_SINCE')
  const { confidence, original, language } = runOf(tx, draft)
  const changed = editDistance(original, input.text)
  decide(tx, draft, 'queued', now)
  keepFeedback(tx, draft, { outcome: changed === 0 ? 'sent' : 'edited', sent: input.text }, now)
  const sendAfter = now + undoMs
  const disclosure = disclosureOf(tx.queries, conversation, settings)
  discloseOnce(tx, conversation, disclosure, { coachName: settings.coachName, sendAfter, language }, now)
  enqueueOutgoing(
    tx,
    conversation,
    {
      author: 'approved_draft',
      text: input.text,
      requestId: input.requestId,
      draftId: draft.id,
      executionId: draft.executionId,
      expectedClientSeq: conversation.lastClientSeq,
      sendAfter,
      metadata: {
        execution_id: draft.executionId,
        approved_by_coach: true,
        ...(confidence === null ? {} : { confidence }),
        ...(changed === 0 ? {} : { original_draft: original, edit_distance: changed }),
        ...handbackMetadata(tx, conversation),
      },
      senderId: 'ai_clone',
    },
    now,
  )
  // An approved draft answers the client: what the clone was thinking meanwhile is out of date.
  tx.queries
    .update(conversations)
    .set({ epoch: conversation.epoch + 1, unreadCount: 0 })
    .where(eq(conversations.id, conversation.id))
    .run()
  return sending
}

export const discardDraft = (tx: Tx, draftId: string, settings: SettingsValues, now: number): void => {
  const draft = pendingDraft(tx, draftId)
  decide(tx, draft, 'discarded', now)
  keepFeedback(tx, draft, { outcome: 'discarded', sent: null }, now)
  // While a draft that came back lay there, the clone left none to what the client wrote since.
  answerWhatIsOpen(tx, draft.conversationId, settings, now)
}

/** Takes back a discard while no newer draft lies there; throws DRAFT_GONE otherwise. */
export const restoreDraft = (tx: Tx, draftId: string): void => {
  const draft = tx.queries.select().from(drafts).where(eq(drafts.id, draftId)).get()
  const newer = tx.queries
    .select({ id: drafts.id })
    .from(drafts)
    .where(and(eq(drafts.conversationId, draft?.conversationId ?? ''), eq(drafts.state, 'pending')))
    .get()
  if (draft?.state !== 'discarded' || newer) throw new Problem('DRAFT_GONE')
  tx.queries.update(drafts).set({ state: 'pending', decidedAt: null }).where(eq(drafts.id, draftId)).run()
  forgetDraftDecision(tx, draft.executionId)
  tx.changed('conversation', draft.conversationId)
  tx.changed('inbox')
}

/** The coach asks the clone for another draft; the one that lies there is set aside. Throws CONVERSATION_LOCKED. */
export const regenerate = (tx: Tx, conversationId: string, wish: string, now: number): void => {
  const conversation = getConversation(tx.queries, conversationId)
  if (conversation.owner === 'locked') throw new Problem('CONVERSATION_LOCKED')
  if (conversation.lastClientSeq === 0) throw new Problem('CONFLICT', 'There is no message of theirs to answer.')
  tx.queries
    .update(drafts)
    .set({ state: 'superseded', decidedAt: now })
    .where(and(eq(drafts.conversationId, conversationId), eq(drafts.state, 'pending')))
    .run()
  tx.queries
    .update(conversations)
    .set({ epoch: conversation.epoch + 1 })
    .where(eq(conversations.id, conversationId))
    .run()
  enqueueJob(
    tx,
    {
      kind: 'reply',
      dedupeKey: conversationId,
      clientId: conversation.clientId,
      payload: { conversationId, wish },
      runAt: now,
    },
    now,
  )
  tx.changed('conversation', conversationId)
  tx.changed('inbox')
}

const pendingDraft = (tx: Tx, draftId: string): DraftRecord => {
  const draft = tx.queries.select().from(drafts).where(eq(drafts.id, draftId)).get()
  if (draft?.state !== 'pending') throw new Problem('DRAFT_GONE')
  return draft
}

const decide = (tx: Tx, draft: DraftRecord, state: 'queued' | 'discarded', now: number): void => {
  tx.queries.update(drafts).set({ state, decidedAt: now }).where(eq(drafts.id, draft.id)).run()
  tx.changed('conversation', draft.conversationId)
  tx.changed('inbox')
}

const spoken = signals.pick({ language: true, situation: true })

/** How sure the clone was, what it wrote before any edit of the coach, and the language and situation it answered. */
const runOf = (tx: Tx, draft: DraftRecord) => {
  const run = tx.queries
    .select({
      confidence: agentExecutions.confidence,
      draftReply: agentExecutions.draftReply,
      signals: agentExecutions.signals,
    })
    .from(agentExecutions)
    .where(eq(agentExecutions.id, draft.executionId))
    .get()
  const heard = spoken.safeParse(JSON.parse(run?.signals ?? '{}')).data
  return {
    confidence: run?.confidence ?? null,
    original: run?.draftReply ?? draft.text,
    language: heard?.language ?? 'unknown',
    situation: heard?.situation ?? 'other',
  }
}

const keepFeedback = (
  tx: Tx,
  draft: DraftRecord,
  decided: Pick<DraftDecision, 'outcome' | 'sent'>,
  now: number,
): void => {
  const { conversationId, clientId, executionId } = draft
  const { original, situation } = runOf(tx, draft)
  noteDraftDecision(tx, { conversationId, clientId, executionId, original, situation, ...decided }, now)
}
