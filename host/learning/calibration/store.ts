import { sql } from 'drizzle-orm'
import type { Queries } from '../../../db/sqlite.ts'
import type { Cell } from './curve.ts'
import type { Decided } from './error.ts'

/** The record rests on so many of the newest replies that the coach decided about. */
const mostReplies = 1_000

/**
 * The newest drafts that the coach sent, changed, discarded or wished otherwise. What the clone sent by itself is left
 * out: the coach marks the bad ones and passes the good ones over, so those with a mark say nothing of the rest. A draft
 * that was sent and then marked as one that should have been handed over counts as not accepted.
 */
const decided = sql`
  SELECT cast(round(o.raw_confidence * 100) AS INTEGER) AS percent, o.is_accepted = 1 AND o.should_have_handed_over = 0 AS accepted,
    o.execution_id AS executionId, o.created_at AS createdAt
  FROM reply_outcomes o INDEXED BY reply_outcomes_decided
  WHERE o.is_self_sent = 0 AND o.is_accepted IS NOT NULL AND o.raw_confidence IS NOT NULL
    AND o.client_id NOT IN (SELECT id FROM clients WHERE is_practice = 1)
  ORDER BY o.created_at DESC, o.execution_id DESC LIMIT ${mostReplies}`

/** The record counted by how sure the replies were; for every reply of the clone, so along one index only. */
export const readCells = (queries: Queries): Cell[] =>
  queries.all<Cell>(
    sql`SELECT percent, count(*) AS count, sum(accepted) AS accepted FROM (${decided}) GROUP BY percent ORDER BY percent`,
  )

/** The record reply by reply, newest first. */
export const readDecided = (queries: Queries): Decided[] =>
  queries
    .all<{ percent: number; accepted: 0 | 1 }>(sql`SELECT percent, accepted FROM (${decided})`)
    .map(({ percent, accepted }) => ({ percent, isAccepted: accepted === 1 }))

export interface DecidedReply {
  readonly conversationId: string
  readonly clientName: string
  readonly text: string
  /** The message that went out; else the message of the client that it would have answered. */
  readonly messageSeq: number
  readonly percent: number
  readonly outcome: 'sent' | 'edited' | 'discarded' | null
  readonly editDistance: number | null
  readonly shouldHaveHandedOver: 0 | 1
  readonly at: number
}

/** Replies of the record between two hundredths, both included, newest first. */
export const listDecided = (queries: Queries, from: number, to: number, most: number): DecidedReply[] =>
  queries.all<DecidedReply>(sql`
    SELECT o.conversation_id AS conversationId, c.name AS clientName, coalesce(substr(e.draft_reply, 1, 240), '') AS text,
      coalesce(o.sent_seq, e.last_client_seq) AS messageSeq, d.percent, o.draft_outcome AS outcome,
      o.edit_distance AS editDistance, o.should_have_handed_over AS shouldHaveHandedOver, o.updated_at AS at
    FROM (${decided}) d JOIN reply_outcomes o ON o.execution_id = d.executionId
    JOIN agent_executions e ON e.id = o.execution_id JOIN clients c ON c.id = o.client_id
    WHERE d.percent BETWEEN ${from} AND ${to} ORDER BY d.createdAt DESC, e.seq DESC LIMIT ${most}`)
