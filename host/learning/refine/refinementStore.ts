import { and, asc, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import { humanInterventionAnalyses, interventionRefinements } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { Tx } from '../../../db/write.ts'
import type { ReplyMode } from '../../../shared/taxonomy/conversation.ts'
import { type Failures, failuresIn } from '../../modelReading/index.ts'
import type { Analysis, ModelView } from '../interventions/index.ts'

export type RefinementValues = Partial<typeof interventionRefinements.$inferInsert>

/** A takeover is read by a model once, and once more when the client has said more since. */
const mostReadings = 2

/** A takeover that a model has not read, or not with all that the client said since. */
export interface Candidate {
  readonly analysisId: string
  readonly handoffId: string
  readonly clientId: string
  readonly conversationId: string
  readonly endedAt: number
  readonly lastMessageAt: number
  readonly isSensitive: boolean
  readonly replyMode: ReplyMode | null
  readonly hasReaction: boolean
}

/**
 * Takeovers that wait for a model, none of a safety crisis or of a conversation that is locked after one. Ids and marks
 * only, of all clients: it decides what to read next.
 */
export const waitingInterventions = (queries: Queries, oldest: number): Candidate[] =>
  queries
    .all<Omit<Candidate, 'isSensitive' | 'hasReaction'> & { isSensitive: number; hasReaction: number }>(
      sql`SELECT a.id AS analysisId, a.handoff_id AS handoffId, a.client_id AS clientId, a.conversation_id AS conversationId,
        a.ended_at AS endedAt, c.last_message_at AS lastMessageAt, k.is_sensitive AS isSensitive, k.reply_mode AS replyMode,
        a.reaction_seq > 0 AS hasReaction
      FROM human_intervention_analyses a
      JOIN handoffs h ON h.id = a.handoff_id JOIN conversations c ON c.id = a.conversation_id
      JOIN clients k ON k.id = a.client_id
      WHERE a.is_active = 1 AND a.ended_at >= ${oldest} AND h.trigger <> 'safety_crisis'
        AND c.acceptance = 'accepted' AND c.owner <> 'locked'
        AND NOT EXISTS (SELECT 1 FROM intervention_refinements r WHERE r.handoff_id = a.handoff_id AND r.status = 'skipped')
        AND (a.model_view IS NULL OR (a.reaction_seq > json_extract(a.model_view, '$.reactionSeq')
          AND (SELECT count(*) FROM intervention_refinements r
            WHERE r.handoff_id = a.handoff_id AND r.status = 'done') < ${mostReadings}))
      ORDER BY a.ended_at`,
    )
    .map((row) => ({ ...row, isSensitive: row.isSensitive === 1, hasReaction: row.hasReaction === 1 }))

/** How often a takeover failed since it was last read. */
export const failuresOf = (queries: Queries, handoffId: string): Failures => {
  const settled = queries
    .select({ seq: interventionRefinements.seq })
    .from(interventionRefinements)
    .where(
      and(
        eq(interventionRefinements.handoffId, handoffId),
        inArray(interventionRefinements.status, ['done', 'skipped']),
      ),
    )
    .orderBy(desc(interventionRefinements.seq))
    .limit(1)
    .get()
  return failuresIn(
    queries
      .select({ finishedAt: interventionRefinements.finishedAt, errorCode: interventionRefinements.errorCode })
      .from(interventionRefinements)
      .where(
        and(
          eq(interventionRefinements.handoffId, handoffId),
          eq(interventionRefinements.status, 'failed'),
          gt(interventionRefinements.seq, settled?.seq ?? 0),
        ),
      )
      .orderBy(asc(interventionRefinements.seq))
      .all(),
  )
}

/**
 * Whether between two messages a sign of danger was seen, in words that have been taken back since too, or a safety crisis
 * was not over.
 */
export const wasInDanger = (queries: Queries, conversationId: string, from: number, to: number): boolean =>
  queries.get<{ found: number }>(
    sql`SELECT EXISTS (SELECT 1 FROM messages m JOIN message_signals s ON s.message_seq = m.seq
          WHERE m.conversation_id = ${conversationId} AND m.seq BETWEEN ${from} AND ${to} AND s.crisis_severity <> 'none')
        OR EXISTS (SELECT 1 FROM handoffs h
          WHERE h.conversation_id = ${conversationId} AND h.trigger = 'safety_crisis' AND h.message_seq <= ${to}
            AND coalesce((SELECT min(e.message_seq) FROM handoffs e WHERE e.conversation_id = h.conversation_id
              AND e.seq > h.seq AND e.to_owner = 'ai'), ${Number.MAX_SAFE_INTEGER}) >= ${from}) AS found`,
  ).found === 1

export const analysisOf = (queries: Queries, id: string): Analysis | undefined =>
  queries.select().from(humanInterventionAnalyses).where(eq(humanInterventionAnalyses.id, id)).get()

/** Puts what a model said beside what rules read; it counts once the takeover is read again. */
export const keepModelView = (tx: Tx, { id, clientId }: Analysis, view: ModelView): void => {
  tx.queries
    .update(humanInterventionAnalyses)
    .set({ modelView: JSON.stringify(view) })
    .where(eq(humanInterventionAnalyses.id, id))
    .run()
  tx.changed('learning', clientId)
}

export const openRefinement = (tx: Tx, refinement: typeof interventionRefinements.$inferInsert): void => {
  tx.queries.insert(interventionRefinements).values(refinement).run()
}

export const closeRefinement = (tx: Tx, id: string, outcome: RefinementValues): void => {
  tx.queries.update(interventionRefinements).set(outcome).where(eq(interventionRefinements.id, id)).run()
}

/** At start: a reading that a stop cut short counts a little against its takeover, which may be why the console stopped. */
export const closeInterruptedLearning = (tx: Tx, now: number): void => {
  tx.queries
    .update(interventionRefinements)
    .set({ status: 'failed', errorCode: 'INTERRUPTED', finishedAt: now })
    .where(eq(interventionRefinements.status, 'running'))
    .run()
}
