import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'
import { type SQL, sql } from 'drizzle-orm'
import type { Queries } from '../../db/sqlite.ts'
import { messageMetadata } from '../../shared/contract/messages.ts'
import type { reports } from '../../shared/contract/reports.ts'
import type { HandoffTrigger, SenderType } from '../../shared/taxonomy/conversation.ts'
import { seqsOf } from '../conversations/index.ts'
import { bucketsOf } from './calendar.ts'
import type { Asked } from './overview.ts'
import {
  acknowledgedAfter,
  isAcceptedDraft,
  isAlert,
  isApproved,
  isCounted,
  isEditedDraft,
  isHandoff,
} from './scope.ts'

type Row = InferContractRouterOutputs<typeof reports>['behind']['rows'][number]
type What = InferContractRouterInputs<typeof reports>['behind']['what']

interface Question extends Asked {
  readonly what: What
  readonly trigger?: HandoffTrigger | undefined
  readonly limit: number
}

interface Found {
  readonly conversationId: string
  readonly messageId: string | null
  readonly clientName: string
  readonly senderType: SenderType | null
  readonly preview: string | null
  readonly metadata: string | null
  readonly about: string | null
  readonly value: number | null
  readonly at: number
}

/** The messages behind a figure of the overview, newest first. Throws INVALID_INPUT. */
export const behind = (queries: Queries, question: Question): Row[] => {
  bucketsOf(question)
  const { select, detail } = listings[question.what]
  const rows = queries.all<Found>(select(question))
  const seqs = seqsOf(
    queries,
    rows.flatMap((row) => row.messageId ?? []),
  )
  return rows.map((found) => ({
    conversationId: found.conversationId,
    messageId: found.messageId,
    messageSeq: seqs.get(found.messageId ?? '') ?? null,
    clientName: found.clientName,
    senderType: found.senderType,
    preview: found.preview ?? '',
    detail: detail(found),
    at: found.at,
  }))
}

interface Listing {
  readonly select: (question: Question) => SQL
  /** One line in our own words. */
  readonly detail: (found: Found) => string
}

const inSpan = (column: SQL, { from, to }: Question): SQL => sql`${column} >= ${from} AND ${column} < ${to}`
const messagePreview = sql`substr(m.content, 1, 160)`

const messagesWhere =
  (index: 'messages_by_author' | 'messages_approved', condition: SQL) =>
  (question: Question): SQL =>
    sql`SELECT m.conversation_id AS conversationId, m.id AS messageId, cl.name AS clientName, m.sender_type AS senderType,
          ${messagePreview} AS preview, m.metadata, NULL AS about, NULL AS value, m.created_at AS at
        FROM messages m INDEXED BY ${sql.raw(index)} JOIN clients cl ON cl.id = m.client_id
        WHERE ${condition} AND ${inSpan(sql`m.created_at`, question)} AND ${isCounted(sql`m.client_id`, question.withPractice)}
        ORDER BY m.created_at DESC, m.seq DESC LIMIT ${question.limit}`

const handoffColumns = sql`h.conversation_id AS conversationId, m.id AS messageId, cl.name AS clientName,
  m.sender_type AS senderType, ${messagePreview} AS preview, NULL AS metadata, h.reason AS about,
  ${acknowledgedAfter} AS value, h.created_at AS at, h.seq AS seq`
const handoffTables = sql`handoffs h INDEXED BY handoffs_created JOIN clients cl ON cl.id = h.client_id
  LEFT JOIN messages m ON m.seq = h.message_seq`

const handoffsOf = (question: Question): SQL =>
  sql`SELECT ${handoffColumns} FROM ${handoffTables}
      WHERE ${isHandoff} AND ${question.trigger ? sql`h.trigger = ${question.trigger}` : sql`1`}
        AND ${inSpan(sql`h.created_at`, question)} AND ${isCounted(sql`h.client_id`, question.withPractice)}
      ORDER BY h.created_at DESC, h.seq DESC LIMIT ${question.limit}`

/** The slowest of the span, shown newest first. */
const slowestOf = (question: Question): SQL =>
  sql`SELECT * FROM (SELECT ${handoffColumns} FROM ${handoffTables}
        WHERE ${isAlert} AND ${inSpan(sql`h.created_at`, question)} AND ${isCounted(sql`h.client_id`, question.withPractice)}
          AND value IS NOT NULL
        ORDER BY value DESC LIMIT ${question.limit})
      ORDER BY at DESC, seq DESC`

const draftsWhere =
  (condition: SQL) =>
  (question: Question): SQL =>
    sql`SELECT f.conversation_id AS conversationId, m.id AS messageId, cl.name AS clientName, m.sender_type AS senderType,
          substr(coalesce(f.sent_version, f.original_draft), 1, 160) AS preview, NULL AS metadata, NULL AS about,
          f.edit_distance AS value, f.created_at AS at
        FROM draft_feedback f INDEXED BY draft_feedback_created JOIN clients cl ON cl.id = f.client_id
        LEFT JOIN messages m ON m.id = (SELECT o.message_id FROM outbox o
          WHERE o.execution_id = f.execution_id AND o.draft_id IS NOT NULL AND o.message_id IS NOT NULL ORDER BY o.seq DESC LIMIT 1)
        WHERE ${condition} AND ${inSpan(sql`f.created_at`, question)} AND ${isCounted(sql`f.client_id`, question.withPractice)}
        ORDER BY f.created_at DESC, f.id DESC LIMIT ${question.limit}`

const markedReplies = (question: Question): SQL =>
  sql`SELECT m.conversation_id AS conversationId, m.id AS messageId, cl.name AS clientName, m.sender_type AS senderType,
        ${messagePreview} AS preview, m.metadata, NULL AS about, NULL AS value, m.created_at AS at
      FROM reply_feedback r INDEXED BY reply_feedback_handover CROSS JOIN messages m ON m.id = r.message_id
      JOIN clients cl ON cl.id = m.client_id
      WHERE r.should_have_handed_over = 1 AND r.author = 'coach' AND m.sender_type = 'ai'
        AND ${inSpan(sql`m.created_at`, question)} AND ${isCounted(sql`m.client_id`, question.withPractice)}
      ORDER BY m.created_at DESC, m.seq DESC LIMIT ${question.limit}`

const metadataOf = ({ metadata }: Found) => messageMetadata.catch({}).parse(JSON.parse(metadata ?? '{}'))

const confidenceDetail = (found: Found): string => {
  const { confidence } = metadataOf(found)
  return confidence === undefined ? '' : `Confidence ${confidence.toFixed(2)}.`
}

const coachDetail = (found: Found): string => {
  const metadata = metadataOf(found)
  if (metadata.approved_by_coach) return 'Written anew from a draft.'
  return metadata.from_own_device ? 'From your own device.' : ''
}

const editDetail = ({ value }: Found): string =>
  value === null || value === 0 ? 'Sent as it was.' : `Changed by ${Math.max(1, Math.round(value * 100))} %.`

const waitDetail = ({ value }: Found): string => {
  const seconds = Math.round((value ?? 0) / 1_000)
  const [unit, count] =
    seconds < 90
      ? (['second', seconds] as const)
      : seconds < 5_400
        ? (['minute', Math.round(seconds / 60)] as const)
        : (['hour', Math.round(seconds / 3_600)] as const)
  return `Acknowledged after ${count} ${unit}${count === 1 ? '' : 's'}.`
}

const noticeWords: Readonly<Record<string, string>> = {
  crisis_holding: 'Holding message of a safety crisis.',
  handoff_holding: 'Says that you will answer.',
  ai_disclosure: 'Says that an AI answers.',
  ai_drafts: 'Says that an AI helps to write.',
  ai_answer: 'Says that an AI answers.',
  out_of_hours: 'Says that the answer comes later.',
}

const listings: Record<What, Listing> = {
  handoff: { select: handoffsOf, detail: ({ about }) => about ?? '' },
  slow_acknowledge: { select: slowestOf, detail: waitDetail },
  ai_reply: {
    select: messagesWhere('messages_by_author', sql`m.sender_type = 'ai' AND (${isApproved}) IS NOT 1`),
    detail: confidenceDetail,
  },
  approved_draft: {
    select: messagesWhere('messages_approved', sql`m.sender_type = 'ai' AND ${isApproved}`),
    detail: (found) => editDetail({ ...found, value: metadataOf(found).edit_distance ?? null }),
  },
  coach_reply: { select: messagesWhere('messages_by_author', sql`m.sender_type = 'human_coach'`), detail: coachDetail },
  notice: {
    select: messagesWhere('messages_by_author', sql`m.sender_type = 'system'`),
    detail: (found) => noticeWords[metadataOf(found).notice ?? ''] ?? 'A fixed notice.',
  },
  draft_accepted: { select: draftsWhere(isAcceptedDraft), detail: editDetail },
  draft_edited: { select: draftsWhere(isEditedDraft), detail: editDetail },
  draft_discarded: { select: draftsWhere(sql`f.outcome = 'discarded'`), detail: () => 'Discarded.' },
  should_have_handed_over: { select: markedReplies, detail: confidenceDetail },
}
