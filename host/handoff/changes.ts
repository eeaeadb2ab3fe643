import { sql } from 'drizzle-orm'
import type { Queries } from '../../db/sqlite.ts'
import type { OwnerChange } from '../../shared/contract/messages.ts'
import { handBackReason } from './owner.ts'

/** A part of a thread, by the seqs of its messages; without any, `first` is behind `last`. */
interface Span {
  readonly first: number
  readonly last: number
  /** No message stands behind it. */
  readonly reachesEnd: boolean
}

/**
 * How a conversation changed hands within a part of its thread, oldest first. Each change stands before one message, or
 * at the end: whichever parts a thread is read in, it is in exactly one of them.
 */
export const ownerChangesIn = (queries: Queries, conversationId: string, span: Span): OwnerChange[] => {
  // A return to the clone without a word of the coach's tells what was dealt with, not where it happened.
  const isExact = sql`(h.to_owner <> 'ai' OR h.reason = ${handBackReason})`
  const upToHere = sql`(h.message_seq < ${span.last} OR ${span.reachesEnd ? 1 : 0})`
  const fromHere = sql`h.message_seq >= coalesce((SELECT p.seq FROM messages p WHERE p.conversation_id = ${conversationId}
    AND p.seq < ${span.first} ORDER BY p.seq DESC LIMIT 1), 0)`
  // A handback ends the change before it, which is the takeover.
  const learnedFrom = sql`CASE WHEN to_owner = 'ai' THEN (SELECT a.id FROM human_intervention_analyses a WHERE a.handoff_id =
    (SELECT p.id FROM handoffs p WHERE p.conversation_id = placed.conversation_id AND p.seq < placed.seq ORDER BY p.seq DESC LIMIT 1)) END`
  return queries
    .all<Omit<OwnerChange, 'byCoach' | 'hasCrisisRecord'> & { reason: string }>(
      sql`WITH placed AS MATERIALIZED (
            SELECT h.seq, h.id, h.conversation_id, h.created_at, h.from_owner, h.to_owner, h.trigger, h.reason,
              (SELECT m.seq FROM messages m WHERE m.conversation_id = h.conversation_id AND m.seq > h.message_seq
                AND (${isExact} OR m.created_at > h.created_at)
                ORDER BY m.seq LIMIT 1) AS before_seq
            FROM handoffs h WHERE h.conversation_id = ${conversationId} AND ${upToHere} AND (${fromHere} OR NOT ${isExact}))
          SELECT id, created_at AS at, from_owner AS "from", to_owner AS "to", trigger, reason, before_seq AS beforeSeq,
            ${learnedFrom} AS interventionId
          FROM placed
          WHERE before_seq BETWEEN ${span.first} AND ${span.last} OR (before_seq IS NULL AND ${span.reachesEnd ? 1 : 0})
          ORDER BY seq`,
    )
    .map(({ reason, ...change }) => ({
      ...change,
      byCoach: change.to === 'human' || reason === handBackReason,
      hasCrisisRecord: change.to === 'locked' && change.trigger === 'safety_crisis',
    }))
}
