import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Queries } from '../../db/sqlite.ts'
import { type ConversationRow, conversationRow, type InboxFilter } from '../../shared/contract/inbox.ts'
import { Problem } from '../../shared/problem.ts'
import { isUnansweredCrisis } from '../handoff/index.ts'
import { waitingCheckIns } from '../memory/index.ts'
import { isAside, isSnoozed, needsMe } from './needs.ts'

/** Conversations in which a commitment falls due that the coach may ask after, as JSON. */
const conversationsToAsk = (queries: Queries, now: number): string =>
  JSON.stringify(waitingCheckIns(queries, now).map(({ conversationId }) => conversationId))

const conditions = {
  needs_me: needsMe,
  unread: (now) => sql`c.unread_count > 0 AND NOT ${isAside(now)}`,
  all: (now) => sql`NOT ${isAside(now)}`,
  ai: (now) => sql`c.owner = 'ai' AND NOT ${isAside(now)}`,
  mine: (now) => sql`c.owner = 'human' AND NOT ${isAside(now)}`,
  check_ins: (now, queries) => sql`c.id IN (SELECT value FROM json_each(${conversationsToAsk(queries, now)}))`,
  snoozed: (now) => sql`${isSnoozed(now)} AND c.acceptance <> 'declined'`,
  done: () => sql`c.done_at IS NOT NULL AND c.acceptance <> 'declined'`,
  requests: () => sql`c.acceptance = 'requested'`,
} satisfies Record<InboxFilter, (now: number, queries: Queries) => SQL>

/** Where who is in danger does not stand on top: what is asked for there is exactly what was put there. */
const withoutPinned: ReadonlySet<InboxFilter> = new Set(['check_ins', 'snoozed', 'done', 'requests'])

const locked = sql`SELECT l.id FROM conversations l WHERE l.owner = 'locked'`

/** Who stands on top: whoever is in danger, and where the coach is needed also those who have heard nothing from them since. */
const pinnedIn = (filter: InboxFilter): SQL =>
  filter === 'needs_me'
    ? sql`(${locked} UNION SELECT h.conversation_id FROM handoffs h WHERE ${isUnansweredCrisis})`
    : sql`(${locked})`

const storedRow = conversationRow.extend({
  hasDraft: z.coerce.boolean(),
  isPractice: z.coerce.boolean(),
  isReachable: z.coerce.boolean(),
  asksToHandBack: z.coerce.boolean(),
})

/** When the first client message came that still stands and nobody has answered; null where all are. */
const unansweredSince = sql`(SELECT min(u.sent_at, u.created_at) FROM messages u WHERE u.conversation_id = c.id
  AND u.sender_type = 'client' AND u.removed_at IS NULL
  AND u.seq > coalesce((SELECT a.seq FROM messages a WHERE a.conversation_id = c.id
    AND a.sender_type IN ('ai','human_coach') AND a.delivery_status <> 'failed' ORDER BY a.seq DESC LIMIT 1), 0)
  ORDER BY u.seq LIMIT 1)`

/** Since when somebody waits for the coach's or the clone's words; `placeOf` says the same of a row. */
const waitsSince = sql`coalesce(${unansweredSince}, CASE WHEN c.owner = 'waiting' THEN c.waiting_since END)`

const selectRows = sql`
  SELECT c.id, c.client_id AS clientId, cl.name AS clientName, c.channel, c.owner, c.unread_count AS unreadCount,
    c.last_seq AS lastSeq, c.last_message_at AS lastMessageAt, c.waiting_since AS waitingSince, c.acceptance,
    c.snoozed_until AS snoozedUntil, c.done_at AS doneAt, c.handle, c.is_reachable AS isReachable,
    c.handback_asked_at IS NOT NULL AS asksToHandBack, cl.is_practice AS isPractice,
    coalesce(substr(CASE WHEN m.sender_type = 'system' THEN coalesce(cm.content, m.content) ELSE m.content END, 1, 160), '') AS preview,
    CASE WHEN m.sender_type = 'system' AND cm.seq IS NOT NULL THEN 'client' ELSE m.sender_type END AS previewSender,
    (SELECT h.trigger FROM handoffs h WHERE h.conversation_id = c.id AND h.ended_at IS NULL ORDER BY h.seq DESC LIMIT 1) AS trigger,
    EXISTS (SELECT 1 FROM drafts d WHERE d.conversation_id = c.id AND d.state = 'pending') AS hasDraft,
    ${unansweredSince} AS unansweredSince
  FROM conversations c JOIN clients cl ON cl.id = c.client_id LEFT JOIN messages m ON m.id = c.last_message_id
    LEFT JOIN messages cm ON cm.seq = c.last_client_seq`

/** Where a row stands in its list. */
interface Place {
  readonly seq: number
  readonly waitsSince: number | null
}

export interface ListInput {
  readonly filter: InboxFilter
  readonly clientId?: string | undefined
  /** The last row of the page before. */
  readonly after?: Place | undefined
  readonly limit: number
}

const newestFirst = (condition: SQL, after: Place | undefined, limit: number): SQL => sql`
  ${selectRows} WHERE c.last_seq < ${after?.seq ?? Number.MAX_SAFE_INTEGER} AND ${condition}
  ORDER BY c.last_seq DESC LIMIT ${limit}`

/** Whoever waits longest for an answer first; behind them what waits for none, the newest first. */
const longestWaitFirst = (condition: SQL, after: Place | undefined, limit: number): SQL => {
  const isBehind =
    after === undefined
      ? sql`TRUE`
      : sql`(waitsSince > ${after.waitsSince} OR (waitsSince IS ${after.waitsSince} AND seq < ${after.seq})
          OR (waitsSince IS NULL AND ${after.waitsSince} IS NOT NULL))`
  const places = sql`SELECT c.id, c.last_seq AS seq, ${waitsSince} AS waitsSince FROM conversations c WHERE ${condition}`
  return sql`${selectRows} WHERE c.id IN (SELECT id FROM (${places}) WHERE ${isBehind}
      ORDER BY waitsSince NULLS LAST, seq DESC LIMIT ${limit})
    ORDER BY ${waitsSince} NULLS LAST, c.last_seq DESC`
}

const placeOf = (filter: InboxFilter, { lastSeq, owner, unansweredSince, waitingSince }: ConversationRow): Place => ({
  seq: lastSeq,
  waitsSince: filter === 'needs_me' ? (unansweredSince ?? (owner === 'waiting' ? waitingSince : null)) : null,
})

/** One page of the list, in the order the contract tells. What a fixed notice covers up stays in sight. */
export const listConversations = (
  queries: Queries,
  { filter, clientId, after, limit }: ListInput,
  now: number,
): { rows: ConversationRow[]; next: Place | null } => {
  const ofClient = clientId === undefined ? sql`` : sql`AND c.client_id = ${clientId}`
  const isPinning = !withoutPinned.has(filter)
  const pinned =
    isPinning && after === undefined
      ? queries.all(sql`${selectRows} WHERE c.id IN ${pinnedIn(filter)} ${ofClient}
          ORDER BY c.owner <> 'locked', c.waiting_since, unansweredSince`)
      : []
  const inOrder = filter === 'needs_me' ? longestWaitFirst : newestFirst
  const condition = sql`${conditions[filter](now, queries)} ${ofClient} ${isPinning ? sql`AND c.id NOT IN ${pinnedIn(filter)}` : sql``}`
  const found = queries.all(inOrder(condition, after, limit + 1))
  const rows = found.slice(0, limit).map((row) => storedRow.parse(row))
  const last = rows.at(-1)
  return {
    rows: [...pinned.map((row) => storedRow.parse(row)), ...rows],
    next: found.length > limit && last ? placeOf(filter, last) : null,
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
