import type { InferContractRouterOutputs } from '@orpc/contract'
import { type SQL, sql } from 'drizzle-orm'
import type { Queries } from '../../db/sqlite.ts'
import type { learning } from '../../shared/contract/learning.ts'
import type { Situation } from '../../shared/taxonomy/situations.ts'
import { bucketsOf, type Span } from './calendar.ts'
import { bucketTable, isCounted, isHandoff } from './scope.ts'

type Rates = InferContractRouterOutputs<typeof learning>['handovers']
type Counts = Rates['total']

interface Cell {
  readonly start: number
  readonly clientId: string
  readonly situation: Situation
  readonly count: number
}

/**
 * Handoffs beside those that were missed, without practice clients: over time, by client and by situation.
 * - `handoffs` of `turns`: calls for the coach / (calls + runs that ended in an answer, a draft or deliberate silence).
 * - `missed` of `replies`: replies of the clone that the coach marked "should have been handed over" / all its replies.
 * The situation is that of the client's message the run was about, or at which the call was raised. Throws INVALID_INPUT.
 */
export const handoverRates = (queries: Queries, span: Span): Rates => {
  const { unit, buckets } = bucketsOf(span)
  const cellsOf = (select: SQL): Cell[] => queries.all<Cell>(sql`WITH ${bucketTable(buckets)} ${select}`)
  const cells = {
    handoffs: cellsOf(raisedCalls),
    answered: cellsOf(answeredRuns),
    missed: cellsOf(markedReplies),
    replies: cellsOf(clonesReplies),
  }
  const countsOf = (is: (cell: Cell) => boolean): Counts => {
    const sum = (all: readonly Cell[]): number => all.reduce((total, cell) => total + (is(cell) ? cell.count : 0), 0)
    const handoffs = sum(cells.handoffs)
    return { handoffs, turns: handoffs + sum(cells.answered), missed: sum(cells.missed), replies: sum(cells.replies) }
  }
  const all = Object.values(cells).flat()
  const names = namesOf(queries, [...new Set(all.map(({ clientId }) => clientId))])
  const mostFirst = (a: Counts, b: Counts): number => b.handoffs + b.missed - a.handoffs - a.missed || b.turns - a.turns
  return {
    unit,
    total: countsOf(() => true),
    buckets: buckets.map(({ start }) => ({ start, ...countsOf((cell) => cell.start === start) })),
    clients: [...names]
      .map(([clientId, clientName]) => ({ clientId, clientName, ...countsOf((cell) => cell.clientId === clientId) }))
      .sort(mostFirst),
    situations: [...new Set(all.map(({ situation }) => situation))]
      .map((situation) => ({ situation, ...countsOf((cell) => cell.situation === situation) }))
      .sort(mostFirst),
  }
}

const namesOf = (queries: Queries, clientIds: readonly string[]): Map<string, string> =>
  new Map(
    queries
      .all<{ id: string; name: string }>(
        sql`SELECT id, name FROM clients WHERE id IN (SELECT value FROM json_each(${JSON.stringify(clientIds)}))`,
      )
      .map(({ id, name }) => [id, name]),
  )

/** What the client's message was about that an execution `e` answered. */
const situationOfRun = sql`(SELECT s.situation FROM message_signals s WHERE s.message_seq = e.last_client_seq)`

/** What a call `h` was about: the message its run answered, or the newest one when it was raised without a run. */
const situationOfCall = sql`coalesce(
  (SELECT s.situation FROM agent_executions e JOIN message_signals s ON s.message_seq = e.last_client_seq WHERE e.id = h.execution_id),
  (SELECT s.situation FROM message_signals s WHERE s.message_seq = h.message_seq), 'other')`

/** What a reply `m` of the clone was about. */
const situationOfReply = sql`coalesce((SELECT s.situation FROM agent_executions e JOIN message_signals s ON s.message_seq = e.last_client_seq
  WHERE e.id = json_extract(m.metadata, '$.execution_id')), 'other')`

const raisedCalls = sql`
  SELECT b.start, h.client_id AS clientId, ${situationOfCall} AS situation, count(*) AS count
  FROM bucket b CROSS JOIN handoffs h INDEXED BY handoffs_created ON h.created_at >= b.from_at AND h.created_at < b.to_at
  WHERE ${isHandoff} AND ${isCounted(sql`h.client_id`, false)} GROUP BY 1, 2, 3`

const answeredRuns = sql`
  SELECT b.start, e.client_id AS clientId, coalesce(${situationOfRun}, 'other') AS situation, count(*) AS count
  FROM bucket b CROSS JOIN agent_executions e INDEXED BY agent_executions_finished
    ON e.finished_at >= b.from_at AND e.finished_at < b.to_at
  WHERE e.status IN ('sent','draft','silent') AND ${isCounted(sql`e.client_id`, false)} GROUP BY 1, 2, 3`

const clonesReplies = sql`
  SELECT b.start, m.client_id AS clientId, ${situationOfReply} AS situation, count(*) AS count
  FROM bucket b CROSS JOIN messages m INDEXED BY messages_by_author
    ON m.sender_type = 'ai' AND m.created_at >= b.from_at AND m.created_at < b.to_at
  WHERE ${isCounted(sql`m.client_id`, false)} GROUP BY 1, 2, 3`

const markedReplies = sql`
  SELECT b.start, m.client_id AS clientId, ${situationOfReply} AS situation, count(*) AS count
  FROM reply_feedback r INDEXED BY reply_feedback_handover CROSS JOIN messages m ON m.id = r.message_id
  JOIN bucket b ON m.created_at >= b.from_at AND m.created_at < b.to_at
  WHERE r.should_have_handed_over = 1 AND r.author = 'coach' AND m.sender_type = 'ai'
    AND ${isCounted(sql`m.client_id`, false)} GROUP BY 1, 2, 3`

interface Narrowed {
  readonly from: number
  readonly to: number
  readonly clientId?: string | undefined
  readonly situation?: Situation | undefined
}

/** One message behind a rate; `interventionId` is for figures that rest on an analysis. */
export interface RateMessage {
  readonly conversationId: string
  readonly messageId: string | null
  readonly messageSeq: number | null
  readonly clientName: string
  readonly senderType: 'client' | 'ai' | 'human_coach' | 'system' | null
  readonly preview: string
  readonly detail: string
  readonly at: number
}

const of = (whose: SQL, about: SQL, { clientId, situation }: Narrowed): SQL =>
  sql`${clientId === undefined ? sql`1` : sql`${whose} = ${clientId}`}
    AND ${situation === undefined ? sql`1` : sql`${about} = ${situation}`}`

/** The calls, or the missed ones, of a time, newest first; of one client or one situation where asked. */
export const behindRates = (
  queries: Queries,
  what: 'handoff' | 'missed',
  asked: Narrowed,
  limit: number,
): RateMessage[] =>
  what === 'handoff'
    ? queries.all<RateMessage>(sql`
        SELECT h.conversation_id AS conversationId, m.id AS messageId, m.seq AS messageSeq, cl.name AS clientName,
          m.sender_type AS senderType, coalesce(substr(m.content, 1, 160), '') AS preview, h.reason AS detail, h.created_at AS at
        FROM handoffs h INDEXED BY handoffs_created JOIN clients cl ON cl.id = h.client_id
        LEFT JOIN messages m ON m.seq = h.message_seq
        WHERE ${isHandoff} AND h.created_at >= ${asked.from} AND h.created_at < ${asked.to} AND cl.is_practice = 0
          AND ${of(sql`h.client_id`, situationOfCall, asked)}
        ORDER BY h.created_at DESC, h.seq DESC LIMIT ${limit}`)
    : queries.all<RateMessage>(sql`
        SELECT m.conversation_id AS conversationId, m.id AS messageId, m.seq AS messageSeq, cl.name AS clientName,
          m.sender_type AS senderType, substr(m.content, 1, 160) AS preview, '' AS detail, m.created_at AS at
        FROM reply_feedback r INDEXED BY reply_feedback_handover CROSS JOIN messages m ON m.id = r.message_id
        JOIN clients cl ON cl.id = m.client_id
        WHERE r.should_have_handed_over = 1 AND r.author = 'coach' AND m.sender_type = 'ai' AND cl.is_practice = 0
          AND m.created_at >= ${asked.from} AND m.created_at < ${asked.to}
          AND ${of(sql`m.client_id`, situationOfReply, asked)}
        ORDER BY m.created_at DESC, m.seq DESC LIMIT ${limit}`)
