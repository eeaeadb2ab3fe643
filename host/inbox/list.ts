import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Queries } from '../../db/sqlite.ts'
import { type ConversationRow, conversationRow, type InboxFilter } from '../../shared/contract/inbox.ts'
import { Problem } from '../../shared/problem.ts'
import { isAside, isSnoozed, needsMe } from './needs.ts'

const conditions = {
  needs_me: needsMe,
  unread: (now) => sql`c.unread_count > 0 AND NOT ${isAside(now)}`,
  all: (now) => sql`NOT ${isAside(now)}`,
  ai: (now) => sql`c.owner = 'ai' AND NOT ${isAside(now)}`,
  mine: (now) => sql`c.owner = 'human' AND NOT ${isAside(now)}`,
  snoozed: (now) => sql`${isSnoozed(now)} AND c.acceptance <> 'declined'`,
  done: () => sql`c.done_at IS NOT NULL AND c.acceptance <> 'declined'`,
  requests: () => sql`c.acceptance = 'requested'`,
} satisfies Record<InboxFilter, (now: number) => SQL>

/** Where who is in danger does not stand on top: what is asked for there is exactly what was put there. */
const withoutPinned: ReadonlySet<InboxFilter> = new Set(['snoozed', 'done', 'requests'])

const storedRow = conversationRow.extend({
  hasDraft: z.coerce.boolean(),
  isPractice: z.coerce.boolean(),
  isReachable: z.coerce.boolean(),
  asksToHandBack: z.coerce.boolean(),
})

const selectRows = sql`
  SELECT c.id, c.client_id AS clientId, cl.name AS clientName, c.channel, c.owner, c.unread_count AS unreadCount,
    c.last_seq AS lastSeq, c.last_message_at AS lastMessageAt, c.waiting_since AS waitingSince, c.acceptance,
    c.snoozed_until AS snoozedUntil, c.done_at AS doneAt, c.handle, c.is_reachable AS isReachable,
    c.handback_asked_at IS NOT NULL AS asksToHandBack, cl.is_practice AS isPractice,
    coalesce(substr(CASE WHEN m.sender_type = 'system' THEN coalesce(cm.content, m.content) ELSE m.content END, 1, 160), '') AS preview,
    CASE WHEN m.sender_type = 'system' AND cm.seq IS NOT NULL THEN 'client' ELSE m.sender_type END AS previewSender,
    (SELECT h.trigger FROM handoffs h WHERE h.conversation_id = c.id AND h.ended_at IS NULL ORDER BY h.seq DESC LIMIT 1) AS trigger,
    EXISTS (SELECT 1 FROM drafts d WHERE d.conversation_id = c.id AND d.state = 'pending') AS hasDraft,
    (SELECT min(u.sent_at, u.created_at) FROM messages u WHERE u.conversation_id = c.id AND u.sender_type = 'client'
      AND u.seq > coalesce((SELECT a.seq FROM messages a WHERE a.conversation_id = c.id
        AND a.sender_type IN ('ai','human_coach') AND a.delivery_status <> 'failed' ORDER BY a.seq DESC LIMIT 1), 0)
      ORDER BY u.seq LIMIT 1) AS unansweredSince
  FROM conversations c JOIN clients cl ON cl.id = c.client_id LEFT JOIN messages m ON m.id = c.last_message_id
    LEFT JOIN messages cm ON cm.seq = c.last_client_seq`

export interface ListInput {
  readonly filter: InboxFilter
  readonly clientId?: string | undefined
  /** The lastSeq to page on from, not included. */
  readonly before?: number | undefined
  readonly limit: number
}

/** One page of the list: who is in danger first, always; then the newest. What a fixed notice covers up stays in sight. */
export const listConversations = (
  queries: Queries,
  { filter, clientId, before, limit }: ListInput,
  now: number,
): { rows: ConversationRow[]; next: number | null } => {
  const ofClient = clientId === undefined ? sql`` : sql`AND c.client_id = ${clientId}`
  const select = (condition: SQL) => queries.all(sql`${selectRows} WHERE ${condition}`)
  const isPinning = !withoutPinned.has(filter)
  const pinned =
    isPinning && before === undefined ? select(sql`c.owner = 'locked' ${ofClient} ORDER BY c.waiting_since`) : []
  const found = select(sql`c.last_seq < ${before ?? Number.MAX_SAFE_INTEGER} AND ${conditions[filter](now)} ${ofClient}
    ${isPinning ? sql`AND c.owner <> 'locked'` : sql``} ORDER BY c.last_seq DESC LIMIT ${limit + 1}`)
  const rows = found.slice(0, limit).map((row) => storedRow.parse(row))
  return {
    rows: [...pinned.map((row) => storedRow.parse(row)), ...rows],
    next: found.length > limit ? (rows.at(-1)?.lastSeq ?? null) : null,
  }
}

/** The row of one conversation; throws NOT_FOUND. */
export const rowOf = (queries: Queries, conversationId: string): ConversationRow => {
  const row = queries.get(sql`${selectRows} WHERE c.id = ${conversationId}`)
  if (!row) throw new Problem('NOT_FOUND')
  return storedRow.parse(row)
}

const counts = z.object({
  needsMe: z.number(),
  unread: z.number(),
  all: z.number(),
  requests: z.number(),
  snoozed: z.number(),
})

/** How many conversations each filter holds; who is pinned counts where they would stand anyway. */
export const countConversations = (queries: Queries, now: number): z.infer<typeof counts> =>
  counts.parse(
    queries.get(sql`SELECT
      count(*) FILTER (WHERE ${needsMe(now)}) AS needsMe,
      count(*) FILTER (WHERE c.unread_count > 0 AND (c.owner = 'locked' OR NOT ${isAside(now)})) AS unread,
      count(*) FILTER (WHERE c.owner = 'locked' OR NOT ${isAside(now)}) AS "all",
      count(*) FILTER (WHERE ${conditions.requests()}) AS requests,
      count(*) FILTER (WHERE ${conditions.snoozed(now)}) AS snoozed
      FROM conversations c`),
  )
