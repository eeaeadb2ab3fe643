import { and, desc, eq, isNull } from 'drizzle-orm'
import { agentExecutions, clients, handoffs } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx } from '../../db/write.ts'
import type { OpenHandoff } from '../../shared/contract/inbox.ts'
import { scorePart } from '../../shared/contract/inbox.ts'
import type { HandoffTrigger, HouseLanguage } from '../../shared/taxonomy/conversation.ts'
import { type ConversationRecord, getConversation } from '../conversations/index.ts'
import { enqueueOutgoing, hasQueuedNotice } from '../outbox/index.ts'
import { noticeText } from './notices.ts'
import { changeOwner } from './owner.ts'
import type { HandoffDecision } from './policy.ts'
import { regionOfTimeZone } from './resources.ts'

export interface Raise {
  readonly decision: Pick<HandoffDecision, 'lock' | 'score' | 'parts' | 'reason'> & { readonly trigger: HandoffTrigger }
  readonly executionId?: string
  readonly confidence?: number | null
  /** The client is told that a person will answer. A crisis always tells them. */
  readonly tellClient: boolean
  readonly coachName: string
  /** The client's, where it is known. */
  readonly language?: HouseLanguage
}

/** Calls the coach: the clone falls silent, and one fixed notice is queued in the same transaction. */
export const raiseHandoff = (tx: Tx, conversation: ConversationRecord, raise: Raise, now: number): void => {
  const { decision } = raise
  changeOwner(
    tx,
    conversation,
    {
      to: decision.lock ? 'locked' : 'waiting',
      trigger: decision.trigger,
      reason: decision.reason,
      score: decision.score,
      parts: decision.parts,
      executionId: raise.executionId ?? null,
      confidence: raise.confidence ?? null,
    },
    now,
  )
  if (!decision.lock && !raise.tellClient) return
  const notice = decision.lock ? 'crisis_holding' : 'handoff_holding'
  if (hasQueuedNotice(tx, conversation.id, notice)) return
  const { region, isGuess } = whereabouts(tx, conversation.clientId)
  const text = noticeText(notice, {
    coachName: raise.coachName,
    region,
    ...(raise.language ? { language: raise.language } : {}),
  })
  enqueueOutgoing(
    tx,
    getConversation(tx.queries, conversation.id),
    {
      author: 'notice',
      text,
      metadata: { notice, ...(decision.lock && isGuess && region !== null ? { guessed_region: region } : {}) },
      senderId: 'system',
    },
    now,
  )
}

/** The client's country as the coach set it; where they have not, as their time zone suggests. */
const whereabouts = (tx: Tx, clientId: string): { region: string | null; isGuess: boolean } => {
  const client = tx.queries
    .select({ region: clients.region, timeZone: clients.timeZone })
    .from(clients)
    .where(eq(clients.id, clientId))
    .get()
  return client?.region == null
    ? { region: regionOfTimeZone(client?.timeZone ?? null), isGuess: true }
    : { region: client.region, isGuess: false }
}

/**
 * In a locked conversation whose alert was acknowledged the client's words point to danger again: the coach is called
 * anew. The client has had the holding notice.
 */
export const alertAgain = (
  tx: Tx,
  conversation: ConversationRecord,
  decision: Pick<HandoffDecision, 'score' | 'parts'>,
  now: number,
): void => {
  const open = openHandoffOf(tx.queries, conversation.id)
  if (open?.acknowledgedAt == null) return
  const reason = 'They wrote again, and it still points to danger.'
  changeOwner(
    tx,
    conversation,
    { to: 'locked', trigger: 'safety_crisis', reason, score: decision.score, parts: decision.parts },
    now,
  )
}

/** The handoff a coach has to look at: an alert, or their own running intervention; null while the clone has the floor. */
export const openHandoffOf = (queries: Queries, conversationId: string): OpenHandoff | null => {
  const row = queries
    .select()
    .from(handoffs)
    .where(and(eq(handoffs.conversationId, conversationId), isNull(handoffs.endedAt)))
    .orderBy(desc(handoffs.seq))
    .get()
  if (!row) return null
  return {
    id: row.id,
    trigger: row.trigger,
    reason: row.reason,
    score: row.score,
    parts: scorePart.array().parse(JSON.parse(row.parts)),
    confidence: row.aiConfidenceBefore,
    createdAt: row.createdAt,
    acknowledgedAt: row.acknowledgedAt,
    heldBack: row.executionId === null ? null : heldBackBy(queries, row.executionId),
  }
}

/** What a run of the clone wrote and must not be sent; only such a run has both a text and an error. */
const heldBackBy = (queries: Queries, executionId: string): OpenHandoff['heldBack'] => {
  const run = queries
    .select({ text: agentExecutions.draftReply, why: agentExecutions.error })
    .from(agentExecutions)
    .where(eq(agentExecutions.id, executionId))
    .get()
  return run?.text && run.why !== null ? { text: run.text, why: run.why } : null
}
