import { and, asc, eq, gt, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import { clients, handoffs, messageSignals } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { CrisisRecord } from '../../shared/contract/handoffs.ts'
import { scorePart } from '../../shared/contract/inbox.ts'
import { Problem } from '../../shared/problem.ts'
import {
  type CrisisKind,
  type CrisisSeverity,
  crisisKinds,
  crisisSeverities,
} from '../../shared/taxonomy/conversation.ts'
import type { HandoffRecord } from '../handoff/index.ts'

/** Everything that happened to the owner of a conversation in one crisis, from the first alarm to the handback. */
export interface CrisisChain {
  readonly first: HandoffRecord
  /** In order; the first one is `first`. */
  readonly rows: readonly HandoffRecord[]
  /** The row that gave the conversation back to the clone; null while the crisis goes on. */
  readonly end: HandoffRecord | null
}

export interface CrisisReading {
  readonly severity: CrisisSeverity
  readonly kinds: CrisisKind[]
  /** The client's message that shows it; null where it is not among the newest, as after an edit. */
  readonly messageSeq: number | null
}

const storedParts = scorePart.array().catch([])
const storedKinds = z.array(z.enum(crisisKinds)).catch([])
const storedSeverity = z.enum(crisisSeverities).catch('concern')

/** Safety crises, newest first; `before` is a time as `next` gave it, milliseconds UTC. */
export const listCrises = (
  queries: Queries,
  { before, limit }: { before?: number | undefined; limit: number },
): { rows: CrisisRecord[]; next: number | null } => {
  const firsts = (condition: ReturnType<typeof sql>) =>
    queries.all<{ id: string; createdAt: number }>(sql`
      SELECT h.id, h.created_at AS createdAt FROM handoffs h INDEXED BY handoffs_crises
      WHERE h.trigger = 'safety_crisis' AND h.to_owner = 'locked' AND ${condition}
        AND NOT EXISTS (SELECT 1 FROM handoffs e WHERE e.conversation_id = h.conversation_id AND e.seq < h.seq
          AND e.trigger = 'safety_crisis' AND e.to_owner = 'locked'
          AND e.seq > coalesce((SELECT max(b.seq) FROM handoffs b
            WHERE b.conversation_id = h.conversation_id AND b.seq < h.seq AND b.to_owner = 'ai'), 0))
      ORDER BY h.created_at DESC, h.seq DESC`)
  const found = firsts(sql`h.created_at < ${before ?? Number.MAX_SAFE_INTEGER}`)
  // Crises of one batch began in the same millisecond; a page never ends between them.
  const lastAt = found[limit - 1]?.createdAt
  const page = lastAt === undefined ? found : found.filter((one) => one.createdAt >= lastAt)
  return {
    rows: page.map(({ id }) => recordOf(queries, chainOf(queries, id))),
    next: page.length < found.length ? (lastAt ?? null) : null,
  }
}

/** The crisis a handoff belongs to. Throws NOT_FOUND where it is none. */
export const chainOf = (queries: Queries, handoffId: string): CrisisChain => {
  const asked = queries.select().from(handoffs).where(eq(handoffs.id, handoffId)).get()
  if (asked?.trigger !== 'safety_crisis') throw new Problem('NOT_FOUND')
  const inConversation = eq(handoffs.conversationId, asked.conversationId)
  const handback = (condition: ReturnType<typeof gt>, order: ReturnType<typeof asc>) =>
    queries
      .select()
      .from(handoffs)
      .where(and(inConversation, eq(handoffs.toOwner, 'ai'), condition))
      .orderBy(order)
      .limit(1)
      .get()
  const before = handback(lt(handoffs.seq, asked.seq), sql`${handoffs.seq} DESC`)
  const end = handback(gt(handoffs.seq, asked.seq), asc(handoffs.seq)) ?? null
  const between = queries
    .select()
    .from(handoffs)
    .where(and(inConversation, gt(handoffs.seq, before?.seq ?? 0), end ? lt(handoffs.seq, end.seq) : undefined))
    .orderBy(asc(handoffs.seq))
    .all()
  const begins = between.findIndex((row) => row.trigger === 'safety_crisis' && row.toOwner === 'locked')
  const rows = between.slice(begins)
  const [first] = rows
  if (begins < 0 || !first) throw new Problem('NOT_FOUND')
  return { first, rows, end }
}

export const recordOf = (queries: Queries, { first, rows, end }: CrisisChain): CrisisRecord => {
  const readings = rows.filter((row) => row.toOwner === 'locked').map((row) => readingOf(queries, row))
  const rank = (severity: CrisisSeverity) => crisisSeverities.indexOf(severity)
  const gravest = readings.toSorted((a, b) => rank(b.severity) - rank(a.severity))[0]
  const acknowledged = rows.flatMap((row) => row.acknowledgedAt ?? [])
  return {
    handoffId: first.id,
    conversationId: first.conversationId,
    clientId: first.clientId,
    clientName:
      queries.select({ name: clients.name }).from(clients).where(eq(clients.id, first.clientId)).get()?.name ?? '',
    severity: gravest?.severity ?? 'concern',
    kinds: crisisKinds.filter((kind) => readings.some((reading) => reading.kinds.includes(kind))),
    createdAt: first.createdAt,
    acknowledgedAt: acknowledged.length > 0 ? Math.min(...acknowledged) : null,
    endedAt: end?.createdAt ?? null,
  }
}

/** What was read in the message that raised an alarm; where that is not stored with it, what the handoff says. */
export const readingOf = (queries: Queries, { messageSeq, parts }: HandoffRecord): CrisisReading => {
  const signals = queries.select().from(messageSignals).where(eq(messageSignals.messageSeq, messageSeq)).get()
  const isShown = signals && crisisSeverities.indexOf(signals.crisisSeverity) >= crisisSeverities.indexOf('concern')
  if (isShown) {
    return { severity: signals.crisisSeverity, kinds: storedKinds.parse(JSON.parse(signals.crisisKinds)), messageSeq }
  }
  const part = storedParts.parse(JSON.parse(parts)).find((one) => crisisSeverities.some((word) => word === one.value))
  return { severity: storedSeverity.parse(part?.value), kinds: [], messageSeq: signals ? null : messageSeq }
}
