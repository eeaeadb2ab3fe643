import { sql } from 'drizzle-orm'
import type { Queries } from '../../../db/sqlite.ts'

interface Stretch {
  readonly clientId: string
  readonly conversationId: string
  /** Seqs of messages, both counted in. */
  readonly from: number
  readonly to: number
}

/** Of the commitments made in a stretch of a talk: how many were kept and how many dropped; what is still open is neither. */
export const commitmentsKept = (
  queries: Queries,
  { clientId, conversationId, from, to }: Stretch,
): { kept: number; dropped: number } => {
  const counted = queries.get<{ kept: number | null; dropped: number | null }>(
    sql`SELECT sum(coalesce(i.coach_state, i.state) = 'done') AS kept, sum(coalesce(i.coach_state, i.state) = 'dropped') AS dropped
      FROM (SELECT DISTINCT item_key FROM memory_evidence WHERE client_id = ${clientId} AND conversation_id = ${conversationId}
        AND message_seq BETWEEN ${from} AND ${to} AND layer = 'insight' AND kind = 'commitment') e
      JOIN client_insights i ON i.client_id = ${clientId} AND i.item_key = e.item_key AND i.forgotten_at IS NULL`,
  )
  return { kept: counted?.kept ?? 0, dropped: counted?.dropped ?? 0 }
}
