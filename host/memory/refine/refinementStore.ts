import { and, asc, desc, eq, gt, gte, inArray, sql } from 'drizzle-orm'
import { memoryRefinements } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { Tx } from '../../../db/write.ts'
import type { ReplyMode } from '../../../shared/taxonomy/conversation.ts'
import { type Failures, failuresIn } from '../../modelReading/index.ts'
import type { Thread } from '../sessions/index.ts'

/** How far a model has read in a conversation. */
export interface Reached extends Failures {
  readonly uptoSeq: number
  /** Null where it has read nothing yet: what changed before that is no news. */
  readonly changeSeq: number | null
}

const inThread = ({ clientId, conversationId }: Thread) =>
  and(eq(memoryRefinements.clientId, clientId), eq(memoryRefinements.conversationId, conversationId))

export const reachedIn = (queries: Queries, thread: Thread): Reached => {
  const settled = queries
    .select()
    .from(memoryRefinements)
    .where(and(inThread(thread), inArray(memoryRefinements.status, ['done', 'skipped'])))
    .orderBy(desc(memoryRefinements.seq))
    .limit(1)
    .get()
  const failed = queries
    .select({ finishedAt: memoryRefinements.finishedAt, errorCode: memoryRefinements.errorCode })
    .from(memoryRefinements)
    .where(and(inThread(thread), gt(memoryRefinements.seq, settled?.seq ?? 0), eq(memoryRefinements.status, 'failed')))
    .orderBy(asc(memoryRefinements.seq))
    .all()
  return {
    uptoSeq: settled?.uptoSeq ?? 0,
    changeSeq: settled?.changeSeq ?? null,
    ...failuresIn(failed),
  }
}

export const openRefinement = (tx: Tx, refinement: typeof memoryRefinements.$inferInsert): void => {
  tx.queries.insert(memoryRefinements).values(refinement).run()
  if (refinement.status !== 'running') tx.changed('memory', refinement.clientId)
}

export const closeRefinement = (
  tx: Tx,
  { id, clientId }: { id: string; clientId: string },
  outcome: Partial<typeof memoryRefinements.$inferInsert>,
): void => {
  tx.queries
    .update(memoryRefinements)
    .set(outcome)
    .where(and(eq(memoryRefinements.clientId, clientId), eq(memoryRefinements.id, id)))
    .run()
  tx.changed('memory', clientId)
}

/** At start: a reading that a stop cut short counts a little against its batch, which may be why the console stopped. */
export const closeInterruptedRefinements = (tx: Tx, now: number): void => {
  tx.queries
    .update(memoryRefinements)
    .set({ status: 'failed', errorCode: 'INTERRUPTED', finishedAt: now })
    .where(eq(memoryRefinements.status, 'running'))
    .run()
}

export interface Candidate extends Thread {
  readonly lastMessageAt: number
  readonly isSensitive: boolean
  readonly replyMode: ReplyMode | null
  readonly timeZone: string | null
  /** Messages of the client that rules have read and a model has not, at most as many as were asked for. */
  readonly waiting: number
  /** One that was read by a model was changed since. */
  readonly hasChanges: boolean
}

/**
 * Conversations in which something waits to be read by a model, the longest quiet first; none that is locked after a
 * crisis. Ids and marks only, of all clients: it decides what to read next.
 */
export const waitingConversations = (queries: Queries, oldest: number, most: number): Candidate[] =>
  queries
    .all<Omit<Candidate, 'isSensitive' | 'hasChanges'> & { isSensitive: number; hasChanges: number }>(
      sql`WITH reached AS (
        SELECT c.id, c.client_id, c.last_message_at, p.extracted_seq, p.change_seq AS followed,
          k.is_sensitive, k.reply_mode, k.time_zone,
          (SELECT r.upto_seq FROM memory_refinements r WHERE r.client_id = c.client_id AND r.conversation_id = c.id
            AND r.status IN ('done','skipped') ORDER BY r.seq DESC LIMIT 1) AS upto,
          (SELECT r.change_seq FROM memory_refinements r WHERE r.client_id = c.client_id AND r.conversation_id = c.id
            AND r.status IN ('done','skipped') ORDER BY r.seq DESC LIMIT 1) AS noted
        FROM conversations c JOIN clients k ON k.id = c.client_id
        JOIN memory_progress p ON p.client_id = c.client_id AND p.conversation_id = c.id
        WHERE c.acceptance = 'accepted' AND c.owner <> 'locked' AND c.last_message_at >= ${oldest})
      SELECT id AS conversationId, client_id AS clientId, last_message_at AS lastMessageAt, is_sensitive AS isSensitive,
        reply_mode AS replyMode, time_zone AS timeZone,
        (SELECT count(*) FROM (SELECT 1 FROM messages m WHERE m.client_id = reached.client_id
          AND m.conversation_id = reached.id AND m.seq > coalesce(upto, 0) AND m.seq <= extracted_seq
          AND m.sender_type = 'client' AND m.removed_at IS NULL AND m.content <> '' AND m.sent_at >= ${oldest}
          LIMIT ${most})) AS waiting,
        EXISTS (SELECT 1 FROM message_changes x JOIN messages m ON m.seq = x.message_seq
          WHERE x.client_id = reached.client_id AND x.seq > coalesce(noted, followed) AND x.seq <= followed
            AND m.client_id = reached.client_id AND m.conversation_id = reached.id AND m.seq <= coalesce(upto, 0)
            AND m.sender_type = 'client' AND m.removed_at IS NULL) AS hasChanges
      FROM reached ORDER BY last_message_at`,
    )
    .map((row) => ({ ...row, isSensitive: row.isSensitive === 1, hasChanges: row.hasChanges === 1 }))
    .filter(({ waiting, hasChanges }) => waiting > 0 || hasChanges)

/** What models read since a time, milliseconds UTC, of all clients together. */
export const refinementCounts = (queries: Queries, since: number) => {
  const sumOf = (status: 'done' | 'skipped', column: 'message_count' | 'kept' | 'rejected') =>
    sql<number>`coalesce(sum(CASE WHEN status = ${status} THEN ${sql.raw(column)} END), 0)`
  const counts = queries
    .select({
      read: sumOf('done', 'message_count'),
      found: sumOf('done', 'kept'),
      rejected: sumOf('done', 'rejected'),
      skipped: sumOf('skipped', 'message_count'),
    })
    .from(memoryRefinements)
    .where(gte(memoryRefinements.finishedAt, since))
    .get()
  return counts ?? { read: 0, found: 0, rejected: 0, skipped: 0 }
}
