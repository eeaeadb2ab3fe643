import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { clients } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { MemoryItemWithEarlier, MemoryPatterns, NeverMention } from '../../../shared/contract/memory.ts'
import { Problem } from '../../../shared/problem.ts'
import { type MemoryGroup, memoryGroups, messageTypes, weekdays } from '../../../shared/taxonomy/memory.ts'
import { recallOf } from '../remember/index.ts'
import { countGroup, itemsOfGroup } from './itemRows.ts'
import { listNeverMention } from './neverMention.ts'
import { countSessions } from './sessionRows.ts'

/** Of each group so many are shown before the coach asks for more. */
const firstRows = 5
const mostUnread = 1_000

export interface Shown {
  readonly unreadMessages: number
  readonly groups: { group: MemoryGroup; total: number; rows: MemoryItemWithEarlier[] }[]
  readonly sessionCount: number
  readonly patterns: MemoryPatterns | null
  readonly neverMention: NeverMention[]
}

/** The beginning of everything that is remembered of a client; throws NOT_FOUND where there is no such client. */
export const shownMemory = (queries: Queries, clientId: string, now: number): Shown => {
  const client = queries.select({ id: clients.id }).from(clients).where(eq(clients.id, clientId)).get()
  if (!client) throw new Problem('NOT_FOUND')
  const asked = { queries, clientId, now }
  return {
    unreadMessages: countUnread(queries, clientId),
    groups: memoryGroups.map((group) => ({
      group,
      total: countGroup(asked, group),
      rows: itemsOfGroup(asked, group, { offset: 0, limit: firstRows }),
    })),
    sessionCount: countSessions(queries, clientId),
    patterns: patternsShown(queries, clientId),
    neverMention: listNeverMention(queries, clientId),
  }
}

const counted = z.object({ total: z.number().int() })

/** What memory may read and has not, of all conversations of a client. */
const countUnread = (queries: Queries, clientId: string): number =>
  counted.parse(
    queries.get(sql`SELECT count(*) AS total FROM (
      SELECT 1 FROM conversations c
        JOIN messages m ON m.client_id = c.client_id AND m.conversation_id = c.id
        LEFT JOIN memory_progress p ON p.client_id = c.client_id AND p.conversation_id = c.id
      WHERE c.client_id = ${clientId} AND c.acceptance = 'accepted' AND m.sender_type <> 'system'
        AND m.seq > coalesce(p.extracted_seq, 0) LIMIT ${mostUnread})`),
  ).total

const stored = z.object({
  mostActiveHours: z.array(z.number().int()),
  mostActiveDays: z.array(z.enum(weekdays)),
  mostEngagingMessageTypes: z.array(z.enum(messageTypes)),
  leastEngagingMessageTypes: z.array(z.enum(messageTypes)),
  bestCallTimes: z.array(z.string()),
})

const patternsShown = (queries: Queries, clientId: string): MemoryPatterns | null => {
  const row = recallOf(queries, clientId).patterns()
  if (row === null) return null
  const lists = stored.parse({
    mostActiveHours: JSON.parse(row.mostActiveHours),
    mostActiveDays: JSON.parse(row.mostActiveDays),
    mostEngagingMessageTypes: JSON.parse(row.mostEngagingMessageTypes),
    leastEngagingMessageTypes: JSON.parse(row.leastEngagingMessageTypes),
    bestCallTimes: JSON.parse(row.bestCallTimes),
  })
  return {
    activeHours: lists.mostActiveHours,
    activeDays: lists.mostActiveDays,
    responseMinutes: row.averageResponseTimeMinutes,
    engages: lists.mostEngagingMessageTypes,
    engagesLittle: lists.leastEngagingMessageTypes,
    bestCallTimes: lists.bestCallTimes,
    messageCount: row.messageCount,
    confidence: row.confidenceScore,
  }
}
