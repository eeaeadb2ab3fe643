import { and, asc, count, desc, eq, gte, isNull, lte, sql } from 'drizzle-orm'
import {
  aiEpisodicMemory,
  clientInsights,
  conversationSummaries,
  handoffs,
  sessionSummaries,
} from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { SummaryPeriod } from '../../../shared/taxonomy/memory.ts'

/** Days of the client's calendar, both included. */
interface Days {
  readonly from: string
  readonly to: string
}

/** Moments, milliseconds UTC, `to` not included. */
export interface Moments {
  readonly from: number
  readonly to: number
}

const sessionsIn = (clientId: string, { from, to }: Days) =>
  and(
    eq(sessionSummaries.clientId, clientId),
    gte(sessionSummaries.localDate, from),
    lte(sessionSummaries.localDate, to),
    sql`${sessionSummaries.messageCount} > 0`,
  )

export const firstSessionDate = (queries: Queries, clientId: string): string | null =>
  queries
    .select({ date: sessionSummaries.localDate })
    .from(sessionSummaries)
    .where(and(eq(sessionSummaries.clientId, clientId), sql`${sessionSummaries.messageCount} > 0`))
    .orderBy(asc(sessionSummaries.localDate))
    .limit(1)
    .get()?.date ?? null

/** The newest sessions of a stretch, newest first. */
export const sessionsOf = (queries: Queries, clientId: string, days: Days, most: number) =>
  queries
    .select()
    .from(sessionSummaries)
    .where(sessionsIn(clientId, days))
    .orderBy(desc(sessionSummaries.startedAt), desc(sessionSummaries.firstSeq))
    .limit(most)
    .all()

export const countSessions = (queries: Queries, clientId: string, days: Days): number =>
  queries.select({ count: count() }).from(sessionSummaries).where(sessionsIn(clientId, days)).get()?.count ?? 0

/** Roll-ups that begin in a stretch, oldest first. */
export const rollUpsOf = (queries: Queries, clientId: string, period: SummaryPeriod, { from, to }: Days) =>
  queries
    .select({
      date: conversationSummaries.startDate,
      mood: conversationSummaries.sentiment,
      motivation: conversationSummaries.userMotivationLevel,
      sessionCount: conversationSummaries.sessionCount,
      messageCount: conversationSummaries.messageCount,
    })
    .from(conversationSummaries)
    .where(
      and(
        eq(conversationSummaries.clientId, clientId),
        eq(conversationSummaries.summaryPeriod, period),
        gte(conversationSummaries.startDate, from),
        lte(conversationSummaries.startDate, to),
      ),
    )
    .orderBy(asc(conversationSummaries.startDate))
    .all()

const insightWords = {
  id: clientInsights.id,
  itemKey: clientInsights.itemKey,
  content: clientInsights.content,
  correctedText: clientInsights.correctedText,
  isSensitive: clientInsights.isSensitive,
}

export const breakthroughsOf = (queries: Queries, clientId: string, { from, to }: Moments, most: number) =>
  queries
    .select({ ...insightWords, at: clientInsights.lastSaidAt })
    .from(clientInsights)
    .where(
      and(
        eq(clientInsights.clientId, clientId),
        eq(clientInsights.insightType, 'breakthrough'),
        eq(clientInsights.isActive, true),
        isNull(clientInsights.forgottenAt),
        gte(clientInsights.lastSaidAt, from),
        sql`${clientInsights.lastSaidAt} < ${to}`,
      ),
    )
    .orderBy(desc(clientInsights.lastSaidAt))
    .limit(most)
    .all()

export const goalsReachedOf = (queries: Queries, clientId: string, { from, to }: Moments, most: number) =>
  queries
    .select({ ...insightWords, at: sql<number>`${clientInsights.stateAt}` })
    .from(clientInsights)
    .where(
      and(
        eq(clientInsights.clientId, clientId),
        eq(clientInsights.insightType, 'goal'),
        eq(clientInsights.state, 'done'),
        isNull(clientInsights.forgottenAt),
        gte(clientInsights.stateAt, from),
        sql`${clientInsights.stateAt} < ${to}`,
      ),
    )
    .orderBy(desc(clientInsights.stateAt))
    .limit(most)
    .all()

/** What went well, however faded: a victory stays one. */
export const victoriesOf = (queries: Queries, clientId: string, { from, to }: Moments, most: number) =>
  queries
    .select({
      id: aiEpisodicMemory.id,
      itemKey: aiEpisodicMemory.itemKey,
      content: aiEpisodicMemory.memoryDescription,
      correctedText: aiEpisodicMemory.correctedText,
      isSensitive: aiEpisodicMemory.isSensitive,
      at: aiEpisodicMemory.originalTimestamp,
    })
    .from(aiEpisodicMemory)
    .where(
      and(
        eq(aiEpisodicMemory.clientId, clientId),
        eq(aiEpisodicMemory.memoryType, 'victory'),
        eq(aiEpisodicMemory.isActive, true),
        isNull(aiEpisodicMemory.forgottenAt),
        gte(aiEpisodicMemory.originalTimestamp, from),
        sql`${aiEpisodicMemory.originalTimestamp} < ${to}`,
      ),
    )
    .orderBy(desc(aiEpisodicMemory.originalTimestamp))
    .limit(most)
    .all()

/** How conversations changed hands, newest first. */
export const handoffsOf = (queries: Queries, clientId: string, { from, to }: Moments, most: number) =>
  queries
    .select()
    .from(handoffs)
    .where(and(eq(handoffs.clientId, clientId), gte(handoffs.createdAt, from), sql`${handoffs.createdAt} < ${to}`))
    .orderBy(desc(handoffs.seq))
    .limit(most)
    .all()
