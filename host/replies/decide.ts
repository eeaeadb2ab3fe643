import { and, eq } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import { agentExecutions, drafts } from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import type { MessageMetadata } from '../../shared/contract/messages.ts'
import type { Problem } from '../../shared/problem.ts'
import type { ExecutionStatus, HandoffTrigger, ReplyMode } from '../../shared/taxonomy/conversation.ts'
import type { ReplyAnswer } from '../ai/index.ts'
import { type ConversationRecord, countSince, getConversation, lastMessages } from '../conversations/index.ts'
import { decideHandoff, lastIntervention, noticeText, raiseHandoff } from '../handoff/index.ts'
import { closeDrafts, enqueueOutgoing, hasNotice } from '../outbox/index.ts'

import { screenReply } from './prompt/index.ts'
import type { Run } from './run.ts'

/** Decides about an answer the clone has: withdraw, hand off, send, leave as a draft, or stay silent. */
export const decideAnswer = (
  tx: Tx,
  run: Run,
  answer: ReplyAnswer,
  confidence: number,
  mode: ReplyMode,
  now: number,
): void => {
  const conversation = getConversation(tx.queries, run.conversation.id)
  tx.changed('conversation', conversation.id)
  tx.changed('inbox')
  if (conversation.owner !== 'ai' || conversation.epoch !== run.conversation.epoch || mode === 'off') {
    return finish(tx, run, 'superseded', now)
  }
  const previous = lastMessages(tx.queries, conversation.id, 10).findLast(
    (message) => message.senderType === 'ai',
  )?.content
  const objections =
    answer.reply === '' ? [] : screenReply(answer.reply, previous === undefined ? {} : { previousReply: previous })
  const decision = decideHandoff({
    signals: run.signals,
    confidence,
    generation: objections.length > 0 ? 'unsafe' : 'ok',
  })
  if (decision.handOff && decision.trigger) {
    raiseHandoff(
      tx,
      conversation,
      {
        decision: { ...decision, trigger: decision.trigger },
        executionId: run.executionId,
        confidence,
        tellClient: mode === 'autopilot',
        coachName: run.settings.coachName,
      },
      now,
    )
    return finish(
      tx,
      run,
      'handoff',
      now,
      objections.length > 0 ? `The answer was held back: ${objections.join('; ')}.` : undefined,
    )
  }
  if (!answer.requiresResponse || answer.reply === '') return finish(tx, run, 'silent', now)
  if (mode === 'autopilot') return sendAnswer(tx, run, conversation, answer.reply, confidence, now)
  leaveDraft(tx, run, conversation, answer.reply, now)
}

const sendAnswer = (
  tx: Tx,
  run: Run,
  conversation: ConversationRecord,
  text: string,
  confidence: number,
  now: number,
): void => {
  closeDrafts(tx, conversation.id, now)
  discloseOnce(tx, conversation, run.settings.coachName, now)
  enqueueOutgoing(
    tx,
    conversation,
    {
      author: 'ai',
      text,
      metadata: { execution_id: run.executionId, confidence, ...handbackMetadata(tx, conversation) },
      executionId: run.executionId,
      expectedEpoch: conversation.epoch,
      senderId: 'ai_clone',
    },
    now,
  )
}

/** The first word the clone says to a client says what it is. */
export const discloseOnce = (tx: Tx, conversation: ConversationRecord, coachName: string, now: number): void => {
  if (hasNotice(tx, conversation.id, 'ai_disclosure')) return
  const text = noticeText('ai_disclosure', { coachName, region: null })
  enqueueOutgoing(
    tx,
    conversation,
    { author: 'notice', text, metadata: { notice: 'ai_disclosure' }, senderId: 'system' },
    now,
  )
}

/** Marks the clone's first answer after an intervention, with what the intervention was. */
export const handbackMetadata = (tx: Tx, conversation: ConversationRecord): MessageMetadata => {
  const intervention = lastIntervention(tx, conversation.id)
  if (!intervention?.endedAt) return {}
  const answered = countSince(tx.queries, conversation.id, 'ai', intervention.messageSeq)
  if (answered > 0) return {}
  return {
    is_handback: true,
    handoff_reason: intervention.trigger,
    handoff_trigger: intervention.trigger,
    ...(intervention.humanDurationMinutes === null
      ? {}
      : { human_duration_minutes: intervention.humanDurationMinutes }),
    ...(intervention.messagesInIntervention === null
      ? {}
      : { messages_in_intervention: intervention.messagesInIntervention }),
    ...(intervention.aiConfidenceBefore === null ? {} : { ai_confidence_before: intervention.aiConfidenceBefore }),
  }
}

const leaveDraft = (tx: Tx, run: Run, conversation: ConversationRecord, text: string, now: number): void => {
  closeDrafts(tx, conversation.id, now)
  const kept = tx.queries
    .select({ id: drafts.id })
    .from(drafts)
    .where(and(eq(drafts.conversationId, conversation.id), eq(drafts.state, 'pending')))
    .get()
  if (kept) return finish(tx, run, 'superseded', now)
  tx.queries
    .insert(drafts)
    .values({
      id: newId(now),
      conversationId: conversation.id,
      clientId: conversation.clientId,
      executionId: run.executionId,
      text,
      lastClientSeq: conversation.lastClientSeq,
      state: 'pending',
      createdAt: now,
    })
    .run()
  finish(tx, run, 'draft', now)
}

/** No answer: no model is connected, the client is marked sensitive, or the generation failed. A person has the floor. */
export const decideWithoutAnswer = (tx: Tx, run: Run, problem: Problem, now: number): void => {
  const conversation = getConversation(tx.queries, run.conversation.id)
  const status = problem.code === 'NO_MODEL' ? 'no_model' : problem.code === 'PRIVACY_BLOCKED' ? 'refused' : 'failed'
  tx.changed('conversation', conversation.id)
  if (conversation.owner !== 'ai' || conversation.epoch !== run.conversation.epoch)
    return finish(tx, run, 'superseded', now)
  const decision = decideHandoff({ signals: run.signals, confidence: null, generation: 'failed' })
  const trigger: HandoffTrigger = status === 'no_model' ? 'no_model' : (decision.trigger ?? 'generation_failed')
  const reason = trigger === 'no_model' || trigger === 'generation_failed' ? problem.message : decision.reason
  raiseHandoff(
    tx,
    conversation,
    {
      decision: { ...decision, trigger, reason },
      executionId: run.executionId,
      tellClient: false,
      coachName: run.settings.coachName,
    },
    now,
  )
  finish(tx, run, status, now, problem.message, problem.code)
}

/** Calls the coach where the console stopped during every try of the clone, so that the client is not forgotten. */
export const callAfterInterruptions = (
  tx: Tx,
  conversation: ConversationRecord,
  coachName: string,
  now: number,
): void => {
  const reason = 'The console stopped several times while the clone was writing an answer.'
  raiseHandoff(
    tx,
    conversation,
    {
      decision: { lock: false, score: 0, parts: [], trigger: 'generation_failed', reason },
      tellClient: false,
      coachName,
    },
    now,
  )
}

const finish = (tx: Tx, run: Run, status: ExecutionStatus, now: number, error?: string, errorCode?: string): void => {
  tx.queries
    .update(agentExecutions)
    .set({ status, finishedAt: now, error: error ?? null, errorCode: errorCode ?? null })
    .where(eq(agentExecutions.id, run.executionId))
    .run()
}
