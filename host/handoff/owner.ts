import { and, desc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import { clients, conversations, handoffs, jobs, messages } from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import { Problem } from '../../shared/problem.ts'
import type { HandoffTrigger, Owner } from '../../shared/taxonomy/conversation.ts'
import { type ConversationRecord, countSince, getConversation } from '../conversations/index.ts'
import { enqueueJob } from '../jobs/index.ts'
import { discardQueued } from '../outbox/index.ts'

export type HandoffRecord = typeof handoffs.$inferSelect

export interface OwnerChange {
  readonly to: Owner
  readonly trigger: HandoffTrigger
  readonly reason: string
  readonly score?: number | null
  readonly parts?: readonly { name: string; value?: string; points: number }[]
  readonly executionId?: string | null
  readonly confidence?: number | null
  /** The newest message a person has dealt with, where that is not simply the newest one. */
  readonly dealtWith?: number
}

const minute = 60_000

/** The reason of a handback by the coach's own word; the console's returns have others. */
export const handBackReason = 'You handed back to the clone.'

/**
 * The only place where a conversation changes hands. Ends the open handoff, opens the next one, starts a new epoch
 * and withdraws whatever the clone had queued. Returns the new handoffs row.
 */
export const changeOwner = (
  tx: Tx,
  conversation: ConversationRecord,
  change: OwnerChange,
  now: number,
): HandoffRecord => {
  const ended = endOpen(tx, conversation, now)
  const startsOver = change.to === 'ai'
  const row = tx.queries
    .insert(handoffs)
    .values({
      id: newId(now),
      conversationId: conversation.id,
      clientId: conversation.clientId,
      executionId: change.executionId ?? null,
      messageSeq: change.dealtWith ?? conversation.lastSeq,
      fromOwner: conversation.owner,
      toOwner: change.to,
      trigger: change.trigger,
      reason: change.reason,
      score: change.score ?? null,
      parts: JSON.stringify(change.parts ?? []),
      aiConfidenceBefore: change.confidence ?? (startsOver ? null : (ended?.aiConfidenceBefore ?? null)),
      acknowledgedAt: change.to === 'human' || startsOver ? now : null,
      endedAt: startsOver ? now : null,
      createdAt: now,
    })
    .returning()
    .get()
  const waits = change.to === 'waiting' || change.to === 'locked'
  tx.queries
    .update(conversations)
    .set({
      owner: change.to,
      epoch: conversation.epoch + 1,
      waitingSince: waits ? (conversation.waitingSince ?? now) : null,
      handbackAskedAt: null,
    })
    .where(eq(conversations.id, conversation.id))
    .run()
  if (change.to === 'locked') discardQueued(tx, conversation.id, now)
  tx.changed('inbox')
  tx.changed('conversation', conversation.id)
  return row
}

const endOpen = (tx: Tx, conversation: ConversationRecord, now: number): HandoffRecord | undefined => {
  const open = tx.queries
    .select()
    .from(handoffs)
    .where(and(eq(handoffs.conversationId, conversation.id), isNull(handoffs.endedAt)))
    .orderBy(desc(handoffs.seq))
    .get()
  if (!open) return undefined
  const wasIntervention = open.toOwner === 'human'
  if (wasIntervention) wantLearning(tx, conversation.id, now)
  return tx.queries
    .update(handoffs)
    .set({
      endedAt: now,
      ...(wasIntervention
        ? {
            humanDurationMinutes: (now - open.createdAt) / minute,
            messagesInIntervention: countSince(tx.queries, conversation.id, 'human_coach', open.messageSeq),
          }
        : {}),
    })
    .where(eq(handoffs.id, open.id))
    .returning()
    .get()
}

/** An intervention is learned from as soon as it is over. */
const wantLearning = (tx: Tx, conversationId: string, now: number): void =>
  enqueueJob(tx, { kind: 'learn', dedupeKey: conversationId, payload: { conversationId }, runAt: now }, now)

/** The coach takes the conversation. Keeps the reason for which they were called, if they were. */
export const takeOver = (tx: Tx, conversationId: string, now: number): void => {
  const conversation = getConversation(tx.queries, conversationId)
  stopWatchingSilence(tx, conversationId)
  if (conversation.owner === 'human') return stayInHand(tx, conversation)
  const called = conversation.owner === 'ai' ? undefined : openRow(tx, conversationId)
  changeOwner(
    tx,
    conversation,
    called
      ? {
          to: 'human',
          trigger: called.trigger,
          reason: called.reason,
          score: called.score,
          executionId: called.executionId,
          confidence: called.aiConfidenceBefore,
        }
      : { to: 'human', trigger: 'coach', reason: 'You took over.' },
    now,
  )
}

/** Who takes over here is not on their phone any more; silence alone gives nothing back. */
const stopWatchingSilence = (tx: Tx, conversationId: string): void => {
  tx.queries
    .delete(jobs)
    .where(and(eq(jobs.kind, 'silence'), eq(jobs.dedupeKey, conversationId), eq(jobs.state, 'queued')))
    .run()
}

/** Taking over what one has already answers the question whether to hand it back. */
const stayInHand = (tx: Tx, conversation: ConversationRecord): void => {
  if (conversation.handbackAskedAt === null) return
  tx.queries.update(conversations).set({ handbackAskedAt: null }).where(eq(conversations.id, conversation.id)).run()
  tx.changed('conversation', conversation.id)
  tx.changed('inbox')
}

/**
 * The coach gives the conversation back to the clone; refused while locked, where taking over comes first.
 * After a safety crisis the coach has to say that they are sure, and the clone then only writes drafts for this client.
 * Returns the safety crisis that this ends, if it ends one.
 */
export const handBack = (
  tx: Tx,
  conversationId: string,
  now: number,
  evenAfterCrisis = false,
): HandoffRecord | null => {
  const conversation = getConversation(tx.queries, conversationId)
  if (conversation.owner === 'ai') return null
  if (conversation.owner === 'locked') throw new Problem('CONVERSATION_LOCKED')
  const open = openRow(tx, conversationId)
  const endsCrisis = open?.trigger === 'safety_crisis'
  if (endsCrisis && !evenAfterCrisis) throw new Problem('CRISIS_HANDBACK')
  if (endsCrisis) {
    tx.queries
      .update(clients)
      .set({ replyMode: 'drafts' })
      .where(
        and(eq(clients.id, conversation.clientId), or(isNull(clients.replyMode), eq(clients.replyMode, 'autopilot'))),
      )
      .run()
    tx.changed('clients')
  }
  changeOwner(tx, conversation, { to: 'ai', trigger: 'handback', reason: handBackReason }, now)
  return endsCrisis ? (open ?? null) : null
}

/**
 * The clone gets the conversation back without anybody's word. What the client wrote since a person last did is read
 * as if it had just come: nobody has dealt with it. Never for a safety crisis; the caller sees to that.
 */
export const returnToClone = (tx: Tx, conversationId: string, reason: string, now: number): void => {
  const lastOfPerson = tx.queries
    .select({ seq: messages.seq })
    .from(messages)
    .where(and(eq(messages.conversationId, conversationId), eq(messages.senderType, 'human_coach')))
    .orderBy(desc(messages.seq))
    .get()
  const dealtWith = Math.max(handedBackAt(tx.queries, conversationId), lastOfPerson?.seq ?? 0)
  changeOwner(
    tx,
    getConversation(tx.queries, conversationId),
    { to: 'ai', trigger: 'handback', reason, dealtWith },
    now,
  )
}

/** The coach has seen the alert; it no longer repeats. Acknowledging twice, or after the end, changes nothing. */
export const acknowledge = (tx: Tx, conversationId: string, now: number): void => {
  const open = openRow(tx, conversationId)
  if (!open || open.acknowledgedAt !== null) return
  tx.queries.update(handoffs).set({ acknowledgedAt: now }).where(eq(handoffs.id, open.id)).run()
  tx.changed('conversation', conversationId)
  tx.changed('inbox')
}

const openRow = (tx: Tx, conversationId: string): HandoffRecord | undefined =>
  tx.queries
    .select()
    .from(handoffs)
    .where(and(eq(handoffs.conversationId, conversationId), isNull(handoffs.endedAt)))
    .orderBy(desc(handoffs.seq))
    .get()

/** The newest takeover of a conversation, open or ended; undefined where the coach never took over. */
export const lastIntervention = (tx: Pick<Tx, 'queries'>, conversationId: string): HandoffRecord | undefined =>
  tx.queries
    .select()
    .from(handoffs)
    .where(and(eq(handoffs.conversationId, conversationId), eq(handoffs.toOwner, 'human')))
    .orderBy(desc(handoffs.seq))
    .get()

/**
 * The newest message at the last handback; 0 where there was none. What was said before it was dealt with by a person
 * and must not raise the same alarm again.
 */
export const handedBackAt = (queries: Tx['queries'], conversationId: string): number =>
  queries
    .select({ seq: handoffs.messageSeq })
    .from(handoffs)
    .where(and(eq(handoffs.conversationId, conversationId), eq(handoffs.toOwner, 'ai')))
    .orderBy(desc(handoffs.seq))
    .get()?.seq ?? 0

/** The newest message at the handback that ended the last safety crisis; 0 where there was none. */
export const crisisEndedAt = (queries: Tx['queries'], conversationId: string): number =>
  queries
    .select({ seq: handoffs.messageSeq })
    .from(handoffs)
    .where(
      and(
        eq(handoffs.conversationId, conversationId),
        eq(handoffs.toOwner, 'ai'),
        gt(
          handoffs.seq,
          sql`(SELECT max(crisis.seq) FROM handoffs crisis WHERE crisis.conversation_id = ${conversationId} AND crisis.trigger = 'safety_crisis')`,
        ),
      ),
    )
    .orderBy(handoffs.seq)
    .get()?.seq ?? 0
