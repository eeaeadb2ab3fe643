import type { InferContractRouterOutputs } from '@orpc/contract'
import { sql } from 'drizzle-orm'
import type { Queries } from '../../db/sqlite.ts'
import type { reports } from '../../shared/contract/reports.ts'
import type { HandoffTrigger, SenderType } from '../../shared/taxonomy/conversation.ts'
import { type Bucket, bucketsOf, type Span } from './calendar.ts'
import {
  acknowledgedAfter,
  bucketTable,
  isAcceptedDraft,
  isAlert,
  isApproved,
  isCounted,
  isEditedDraft,
  isHandoff,
  isUneditedDraft,
} from './scope.ts'

type Overview = InferContractRouterOutputs<typeof reports>['overview']

export interface Asked extends Span {
  /** Practice clients are counted too. */
  readonly withPractice: boolean
}

interface Scope extends Asked {
  readonly queries: Queries
  readonly buckets: readonly Bucket[]
}

/**
 * Everything over time. Each bucket has one row in `drafts` and `acknowledge` and four in `replies`, zeros included;
 * `handoffs` has none for a trigger that did not occur. A message counts when it was stored, a run when it ended.
 * - `aiReplies`: messages in the clone's words, sent by itself or approved by the coach; `replies` tells them apart.
 * - `handoffRate`: handoffs / (handoffs + runs that ended in an answer, a draft or deliberate silence).
 * - `shouldHaveHandedOverRate`: AI replies of this time marked so by the coach / aiReplies.
 * Throws INVALID_INPUT.
 */
export const overview = (queries: Queries, asked: Asked): Overview => {
  const { unit, buckets } = bucketsOf(asked)
  const scope = { ...asked, queries, buckets }
  const handoffs = countHandoffs(scope)
  const written = countMessages(scope)
  const runs = sumRuns(scope)
  const reading = sumReading(scope)
  const handoffCount = sum(handoffs.map((row) => row.count))
  const aiReplies = sum(written.map((row) => row.ai + row.approved))
  const turns = handoffCount + runs.answered
  const marked = countMarked(scope)
  const waits = acknowledgeWaits(scope)
  return {
    unit,
    handoffs,
    replies: written.flatMap(({ start, ai, approved, coach, system }) => [
      { start, author: 'ai' as const, count: ai },
      { start, author: 'approved_draft' as const, count: approved },
      { start, author: 'human_coach' as const, count: coach },
      { start, author: 'system' as const, count: system },
    ]),
    drafts: countDrafts(scope),
    acknowledge: buckets.map(({ start }) => acknowledgedIn(start, waits)),
    totals: {
      clientMessages: sum(written.map((row) => row.client)),
      aiReplies,
      handoffs: handoffCount,
      handoffRate: turns === 0 ? null : handoffCount / turns,
      shouldHaveHandedOverRate: aiReplies === 0 ? null : marked / aiReplies,
      shouldHaveHandedOver: marked,
      acknowledgeMedianMs: medianOf(waits.map(({ ms }) => ms).toSorted((a, b) => a - b)),
      costMicros: runs.costMicros + reading.costMicros,
      tokens: runs.tokens + reading.tokens,
    },
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const countHandoffs = ({ queries, buckets, withPractice }: Scope) =>
  queries.all<{ start: number; trigger: HandoffTrigger; count: number }>(sql`
    WITH ${bucketTable(buckets)}
    SELECT b.start, h.trigger, count(*) AS count
    FROM bucket b CROSS JOIN handoffs h INDEXED BY handoffs_created ON h.created_at >= b.from_at AND h.created_at < b.to_at
    WHERE ${isHandoff} AND ${isCounted(sql`h.client_id`, withPractice)}
    GROUP BY b.start, h.trigger ORDER BY b.start, h.trigger`)

interface WrittenRow {
  readonly start: number
  readonly client: number
  readonly ai: number
  readonly approved: number
  readonly coach: number
  readonly system: number
}

/** Counted along an index without reading a message; those of practice clients are few, and taken off. */
const countMessages = (scope: Scope): WrittenRow[] => {
  const { queries, buckets, withPractice } = scope
  const count = (senderType: SenderType) =>
    sql`(SELECT count(*) FROM messages m INDEXED BY messages_by_author
         WHERE m.sender_type = ${senderType} AND m.created_at >= b.from_at AND m.created_at < b.to_at)`
  const all = queries.all<WrittenRow>(sql`
    WITH ${bucketTable(buckets)}
    SELECT b.start, ${count('client')} AS client, ${count('ai')} AS ai, ${count('human_coach')} AS coach, ${count('system')} AS system,
      (SELECT count(*) FROM messages m INDEXED BY messages_approved
       WHERE m.sender_type = 'ai' AND ${isApproved} AND m.created_at >= b.from_at AND m.created_at < b.to_at) AS approved
    FROM bucket b ORDER BY b.start`)
  const practice = withPractice ? new Map<number, WrittenRow>() : countPractice(scope)
  return all.map((row) => {
    const less = practice.get(row.start)
    const [ai, approved] = [row.ai - (less?.ai ?? 0), row.approved - (less?.approved ?? 0)]
    return {
      start: row.start,
      client: row.client - (less?.client ?? 0),
      ai: ai - approved,
      approved,
      coach: row.coach - (less?.coach ?? 0),
      system: row.system - (less?.system ?? 0),
    }
  })
}

const countPractice = ({ queries, buckets, from, to }: Scope): Map<number, WrittenRow> => {
  const rows = queries.all<{ at: number; senderType: SenderType; isApproved: number | null }>(sql`
    SELECT m.created_at AS at, m.sender_type AS senderType, ${isApproved} AS isApproved
    FROM clients cl CROSS JOIN messages m INDEXED BY messages_client ON m.client_id = cl.id
    WHERE cl.is_practice = 1 AND m.created_at >= ${from} AND m.created_at < ${to}`)
  const byStart = Map.groupBy(rows, ({ at }) => buckets.findLast((bucket) => bucket.from <= at)?.start ?? from)
  return new Map(
    [...byStart].map(([start, inBucket]) => {
      const count = (senderType: SenderType) => inBucket.filter((row) => row.senderType === senderType).length
      const approved = inBucket.filter((row) => row.senderType === 'ai' && row.isApproved === 1).length
      const [client, ai, coach, system] = [count('client'), count('ai'), count('human_coach'), count('system')]
      return [start, { start, client, ai, approved, coach, system }]
    }),
  )
}

const countDrafts = ({ queries, buckets, withPractice }: Scope) =>
  queries.all<Overview['drafts'][number]>(sql`
    WITH ${bucketTable(buckets)}
    SELECT b.start, coalesce(sum(${isAcceptedDraft}), 0) AS accepted, coalesce(sum(${isUneditedDraft}), 0) AS unedited,
      coalesce(sum(${isEditedDraft}), 0) AS edited, coalesce(sum(f.outcome = 'discarded'), 0) AS discarded
    FROM bucket b LEFT JOIN draft_feedback f INDEXED BY draft_feedback_created
      ON f.created_at >= b.from_at AND f.created_at < b.to_at AND ${isCounted(sql`f.client_id`, withPractice)}
    GROUP BY b.start ORDER BY b.start`)

interface Wait {
  /** Of the bucket. */
  readonly start: number
  readonly ms: number
}

const acknowledgeWaits = ({ queries, buckets, withPractice }: Scope): Wait[] =>
  queries
    .all<{ start: number; ms: number | null }>(sql`
    WITH ${bucketTable(buckets)}
    SELECT b.start, ${acknowledgedAfter} AS ms
    FROM bucket b CROSS JOIN handoffs h INDEXED BY handoffs_created ON h.created_at >= b.from_at AND h.created_at < b.to_at
    WHERE ${isAlert} AND ${isCounted(sql`h.client_id`, withPractice)}`)
    .flatMap(({ start, ms }) => (ms === null ? [] : [{ start, ms }]))

const acknowledgedIn = (start: number, all: readonly Wait[]): Overview['acknowledge'][number] => {
  const waits = all.flatMap((wait) => (wait.start === start ? [wait.ms] : [])).toSorted((a, b) => a - b)
  return { start, medianMs: medianOf(waits), slowestMs: waits.at(-1) ?? null, count: waits.length }
}

const medianOf = (sorted: readonly number[]): number | null => {
  const [below, above] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]]
  return below === undefined || above === undefined ? null : Math.round((below + above) / 2)
}

const sumRuns = ({ queries, from, to, withPractice }: Scope) =>
  queries.get<{ answered: number; costMicros: number; tokens: number }>(sql`
    SELECT coalesce(sum(e.status IN ('sent','draft','silent')), 0) AS answered, coalesce(sum(e.cost_micros), 0) AS costMicros,
      coalesce(sum(coalesce(e.prompt_tokens, 0) + coalesce(e.completion_tokens, 0)), 0) AS tokens
    FROM agent_executions e INDEXED BY agent_executions_finished
    WHERE e.finished_at >= ${from} AND e.finished_at < ${to} AND ${isCounted(sql`e.client_id`, withPractice)}`)

/** What the model's reading for memory cost. */
const sumReading = ({ queries, from, to, withPractice }: Scope) =>
  queries.get<{ costMicros: number; tokens: number }>(sql`
    SELECT coalesce(sum(r.cost_micros), 0) AS costMicros,
      coalesce(sum(coalesce(r.prompt_tokens, 0) + coalesce(r.completion_tokens, 0)), 0) AS tokens
    FROM memory_refinements r INDEXED BY memory_refinements_finished
    WHERE r.finished_at >= ${from} AND r.finished_at < ${to} AND ${isCounted(sql`r.client_id`, withPractice)}`)

const countMarked = ({ queries, from, to, withPractice }: Scope): number =>
  queries.get<{ count: number }>(sql`
    SELECT count(*) AS count FROM reply_feedback r INDEXED BY reply_feedback_handover CROSS JOIN messages m ON m.id = r.message_id
    WHERE r.should_have_handed_over = 1 AND r.author = 'coach' AND m.sender_type = 'ai'
      AND m.created_at >= ${from} AND m.created_at < ${to} AND ${isCounted(sql`m.client_id`, withPractice)}`).count
