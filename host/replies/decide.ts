import { and, eq } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import { agentExecutions, drafts } from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import type { MessageMetadata } from '../../shared/contract/messages.ts'
import type { Problem } from '../../shared/problem.ts'
import type { ExecutionStatus, HandoffTrigger, ReplyMode } from '../../shared/taxonomy/conversation.ts'
import type { ReplyAnswer } from '../ai/index.ts'
import {
  type ConversationRecord,
  countSince,
  getConversation,
  lastMessages,
  replyModeOf,
} from '../conversations/index.ts'
import { decideHandoff, handedBackAt, lastIntervention, raiseHandoff, thresholdsFrom } from '../handoff/index.ts'
import { enqueueJob } from '../jobs/index.ts'
import { closeDrafts, enqueueOutgoing } from '../outbox/index.ts'
import { isGoingInCircles } from '../signals/index.ts'
import { casesFor, recordCases } from './cases.ts'
import { discloseOnce } from './disclosure.ts'
import { isOpen } from './open.ts'
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
  if (!isStillItsTurn(run, conversation) || (run.wish === null && mode === 'off')) {
    wishAgain(tx, run, conversation, now)
    return finish(tx, run, 'superseded', now)
  }
  const recent = lastMessages(tx.queries, conversation.id, 10)
  const previous = recent.findLast((message) => message.senderType === 'ai')?.content
  const objections =
    answer.reply === ''
      ? []
      : screenReply(answer.reply, {
          clientLanguage: run.signals.language,
          ...(previous === undefined ? {} : { previousReply: previous }),
        })
  if (run.wish !== null) return answerWish(tx, run, conversation, answer.reply, objections, now)
  const dealtWith = handedBackAt(tx.queries, conversation.id)
  const decision = decideHandoff(
    {
      signals: run.signals,
      confidence,
      generation: objections.length > 0 ? 'unsafe' : 'ok',
      isGoingInCircles: isGoingInCircles(
        recent
          .filter(({ seq, senderType, removedAt }) => seq > dealtWith && senderType !== 'system' && removedAt === null)
          .map((message) => ({ from: message.senderType === 'client' ? 'client' : 'other', text: message.content })),
      ),
    },
    thresholdsFrom(run.settings),
  )
  tx.queries
    .update(agentExecutions)
    .set({ handoffScore: decision.score })
    .where(eq(agentExecutions.id, run.executionId))
    .run()
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
        ...(run.signals.language === 'unknown' ? {} : { language: run.signals.language }),
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
  const isWatchedOver = run.signals.language !== 'unknown'
  if (mode === 'autopilot' && isWatchedOver) return sendAnswer(tx, run, conversation, answer.reply, confidence, now)
  leaveDraft(tx, run, conversation, answer.reply, now, isWatchedOver ? undefined : unwatchedSentence)
}

/** The clone may still speak; where the coach asked for the answer, anybody but a crisis may have the floor. */
const isStillItsTurn = (run: Run, conversation: ConversationRecord): boolean =>
  conversation.epoch === run.conversation.epoch &&
  (run.wish === null ? conversation.owner === 'ai' : conversation.owner !== 'locked')

/** The client wrote while the draft the coach asked for was thought of: it is thought of once more, to the new words. */
const wishAgain = (tx: Tx, run: Run, conversation: ConversationRecord, now: number): void => {
  const clientWroteLast = conversation.lastSeq === conversation.lastClientSeq
  const hasNewWords = conversation.lastClientSeq !== run.conversation.lastClientSeq
  // Where the clone has the floor, the new words have brought a run of their own.
  const isCoachsTurn = conversation.owner === 'human' || conversation.owner === 'waiting'
  if (run.wish === null || !isCoachsTurn || !clientWroteLast || !hasNewWords) return
  const { id: conversationId, clientId } = conversation
  enqueueJob(
    tx,
    { kind: 'reply', dedupeKey: conversationId, clientId, payload: { conversationId, wish: run.wish }, runAt: now },
    now,
  )
}

const answerWish = (
  tx: Tx,
  run: Run,
  conversation: ConversationRecord,
  reply: string,
  objections: readonly string[],
  now: number,
): void => {
  if (reply === '') return finish(tx, run, 'silent', now, 'The clone had nothing to say to this.')
  if (objections.length === 0) return leaveDraft(tx, run, conversation, reply, now)
  if (isWaitedFor(tx, run, conversation, now))
    callAboutWish(tx, run, conversation, 'unsafe_generation', 'An answer of the clone was held back.', now)
  finish(tx, run, 'failed', now, `The answer was held back: ${objections.join('; ')}.`)
}

/** The client waits for the clone, whose answer the coach wished otherwise: without a draft nobody would answer. */
const isWaitedFor = (tx: Tx, run: Run, conversation: ConversationRecord, now: number): boolean =>
  isOpen(tx.queries, conversation, run.settings, now) &&
  replyModeOf(tx.queries, conversation, run.settings) !== 'off' &&
  tx.queries
    .select({ id: drafts.id })
    .from(drafts)
    .where(and(eq(drafts.conversationId, conversation.id), eq(drafts.state, 'pending')))
    .get() === undefined

const callAboutWish = (
  tx: Tx,
  { executionId, settings: { coachName } }: Run,
  conversation: ConversationRecord,
  trigger: HandoffTrigger,
  reason: string,
  now: number,
): void => {
  const decision = { lock: false, score: 0, parts: [], trigger, reason }
  raiseHandoff(tx, conversation, { decision, executionId, tellClient: false, coachName }, now)
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
  discloseOnce(
    tx,
    conversation,
    'ai_disclosure',
    { coachName: run.settings.coachName, language: run.signals.language },
    now,
  )
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

const unwatchedSentence =
  'Signs of danger cannot be read in this language here, so the clone asks you before it answers.'

const leaveDraft = (
  tx: Tx,
  run: Run,
  conversation: ConversationRecord,
  text: string,
  now: number,
  note?: string,
): void => {
  const isLaid = putDraft(tx, run, conversation, text, now)
  finish(tx, run, isLaid ? 'draft' : 'superseded', now, isLaid ? note : undefined)
}

/** Lays a draft before the coach, unless one they had approved came back and lies there; tells whether it did. */
const putDraft = (tx: Tx, run: Run, conversation: ConversationRecord, text: string, now: number): boolean => {
  closeDrafts(tx, conversation.id, now)
  const kept = tx.queries
    .select({ id: drafts.id })
    .from(drafts)
    .where(and(eq(drafts.conversationId, conversation.id), eq(drafts.state, 'pending')))
    .get()
  if (kept) return false
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
  return true
}

/** Beside the call to the coach, what they said in such moments before; never in a crisis. */
const leaveCases = (tx: Tx, run: Run, conversation: ConversationRecord, now: number): boolean => {
  const found = casesFor(tx.queries, run, conversation, now)
  if (found === null || !putDraft(tx, run, conversation, found.text, now)) return false
  recordCases(tx, run, found)
  return true
}

/** No answer: no model is connected, the client is marked sensitive, or the generation failed. A person has the floor. */
export const decideWithoutAnswer = (tx: Tx, run: Run, problem: Problem, now: number): void => {
  const conversation = getConversation(tx.queries, run.conversation.id)
  const status = problem.code === 'NO_MODEL' ? 'no_model' : problem.code === 'PRIVACY_BLOCKED' ? 'refused' : 'failed'
  tx.changed('conversation', conversation.id)
  if (!isStillItsTurn(run, conversation)) {
    wishAgain(tx, run, conversation, now)
    return finish(tx, run, 'superseded', now)
  }
  if (run.wish !== null && !isWaitedFor(tx, run, conversation, now)) {
    const isLaid = problem.code === 'NO_MODEL' && leaveCases(tx, run, conversation, now)
    if (isLaid) return finish(tx, run, 'draft', now, run.wish === '' ? undefined : unheardWish)
    return finish(tx, run, status, now, problem.message, problem.code)
  }
  const decision = decideHandoff(
    { signals: run.signals, confidence: null, generation: 'failed' },
    thresholdsFrom(run.settings),
  )
  const missing = problem.code === 'NO_MODEL' ? 'no_model' : problem.code === 'BUDGET_USED' ? 'budget' : null
  // A crisis that shows only in the whole turn is no matter of a model.
  const cause = decision.lock ? null : missing
  const trigger: HandoffTrigger = cause ?? decision.trigger ?? 'generation_failed'
  const reason = cause !== null || trigger === 'generation_failed' ? problem.message : decision.reason
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
  if (cause === 'no_model') leaveCases(tx, run, conversation, now)
}

const unheardWish = 'No model is connected, so your wish could not be followed. This is another of your own answers.'

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
