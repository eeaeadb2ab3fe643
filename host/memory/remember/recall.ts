import { and, desc, eq, gt, isNotNull, isNull, or } from 'drizzle-orm'
import {
  aiEpisodicMemory,
  clientInsights,
  conversationSummaries,
  learnedUserPreferences,
  relationshipContext,
  userInteractionPatterns,
} from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { SummaryPeriod } from '../../../shared/taxonomy/memory.ts'
import { strengthAt } from '../decay.ts'
import { lastSessions } from '../sessions/index.ts'

export type Insight = typeof clientInsights.$inferSelect
export type Episode = typeof aiEpisodicMemory.$inferSelect & { readonly strengthNow: number }

/** What is remembered of one client. Every question names the client, and nobody else's rows can answer it. */
export interface Recall {
  /** Active insights, the ones said last first. */
  insights(most: number): Insight[]
  /** Episodes that have not expired, faded ones too, with how strong they are now; the strongest first. */
  episodes(now: number, most: number): Episode[]
  preferences(): (typeof learnedUserPreferences.$inferSelect)[]
  relationship(): (typeof relationshipContext.$inferSelect)[]
  sessions(most: number): ReturnType<typeof lastSessions>
  rollUps(period: SummaryPeriod, most: number): (typeof conversationSummaries.$inferSelect)[]
  patterns(): typeof userInteractionPatterns.$inferSelect | null
}

/** Memory of one client, as it is read for a reply and for the coach. */
export const recallOf = (queries: Queries, clientId: string): Recall => ({
  insights: (most) =>
    queries
      .select()
      .from(clientInsights)
      .where(
        and(
          eq(clientInsights.clientId, clientId),
          eq(clientInsights.isActive, true),
          isNull(clientInsights.forgottenAt),
        ),
      )
      .orderBy(desc(clientInsights.lastSaidAt))
      .limit(most)
      .all(),
  episodes: (now, most) =>
    queries
      .select()
      .from(aiEpisodicMemory)
      .where(
        and(
          eq(aiEpisodicMemory.clientId, clientId),
          eq(aiEpisodicMemory.isActive, true),
          isNull(aiEpisodicMemory.forgottenAt),
          or(
            isNull(aiEpisodicMemory.expiresAt),
            gt(aiEpisodicMemory.expiresAt, now),
            isNotNull(aiEpisodicMemory.pinnedAt),
          ),
        ),
      )
      .all()
      .map((row) => ({ ...row, strengthNow: strengthNow(row, now) }))
      .toSorted((a, b) => b.strengthNow - a.strengthNow || b.lastSaidAt - a.lastSaidAt || a.seq - b.seq)
      .slice(0, most),
  preferences: () =>
    queries
      .select()
      .from(learnedUserPreferences)
      .where(
        and(
          eq(learnedUserPreferences.clientId, clientId),
          eq(learnedUserPreferences.isActive, true),
          isNull(learnedUserPreferences.forgottenAt),
        ),
      )
      .orderBy(desc(learnedUserPreferences.confidence), desc(learnedUserPreferences.lastSaidAt))
      .all(),
  relationship: () =>
    queries
      .select()
      .from(relationshipContext)
      .where(
        and(
          eq(relationshipContext.clientId, clientId),
          eq(relationshipContext.isActive, true),
          isNull(relationshipContext.forgottenAt),
        ),
      )
      .orderBy(desc(relationshipContext.lastSaidAt))
      .all(),
  sessions: (most) => lastSessions(queries, clientId, most),
  rollUps: (period, most) =>
    queries
      .select()
      .from(conversationSummaries)
      .where(and(eq(conversationSummaries.clientId, clientId), eq(conversationSummaries.summaryPeriod, period)))
      .orderBy(desc(conversationSummaries.startDate))
      .limit(most)
      .all(),
  patterns: () =>
    queries.select().from(userInteractionPatterns).where(eq(userInteractionPatterns.clientId, clientId)).get() ?? null,
})

/** What the coach pinned does not fade. */
export const strengthNow = (
  row: Pick<
    typeof aiEpisodicMemory.$inferSelect,
    'pinnedAt' | 'strength' | 'memoryType' | 'lastReinforcedAt' | 'evidenceCount' | 'timesReferenced'
  >,
  now: number,
): number =>
  row.pinnedAt !== null
    ? row.strength
    : strengthAt(
        {
          type: row.memoryType,
          strength: row.strength,
          lastReinforcedAt: row.lastReinforcedAt,
          reinforcements: row.evidenceCount - 1 + row.timesReferenced,
        },
        now,
      )
