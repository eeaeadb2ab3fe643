import { and, count, desc, eq, gt } from 'drizzle-orm'
import { z } from 'zod'
import { conversationSummaries, sessionSummaries } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { MemoryRollUp, MemorySession } from '../../../shared/contract/memory.ts'
import type { SummaryPeriod } from '../../../shared/taxonomy/memory.ts'
import { type Page, pageOf } from './page.ts'

const texts = z.array(z.string())
const read = (stored: string): string[] => texts.parse(JSON.parse(stored))

/** In which anything still stands. */
const standing = (clientId: string) =>
  and(eq(sessionSummaries.clientId, clientId), gt(sessionSummaries.messageCount, 0))

export const countSessions = (queries: Queries, clientId: string): number =>
  queries.select({ total: count() }).from(sessionSummaries).where(standing(clientId)).get()?.total ?? 0

/** Sessions of a client with what was said in them, newest first. */
export const listSessions = (queries: Queries, clientId: string, asked: Page) =>
  pageOf(asked, (limit) =>
    queries
      .select()
      .from(sessionSummaries)
      .where(standing(clientId))
      .orderBy(desc(sessionSummaries.startedAt), desc(sessionSummaries.firstSeq))
      .limit(limit)
      .offset(asked.offset)
      .all()
      .map(
        (row): MemorySession => ({
          id: row.id,
          conversationId: row.conversationId,
          firstSeq: row.firstSeq,
          startedAt: row.startedAt,
          endedAt: row.endedAt,
          topics: read(row.topics),
          insights: read(row.insights),
          actionItems: read(row.actionItems),
          progress: read(row.progress),
          challenges: read(row.challenges),
          emotionalState: row.emotionalState,
          motivation: row.userMotivationLevel,
          messageCount: row.messageCount,
        }),
      ),
  )

/** Days, weeks or months of a client, newest first. */
export const listRollUps = (queries: Queries, clientId: string, period: SummaryPeriod, asked: Page) =>
  pageOf(asked, (limit) =>
    queries
      .select()
      .from(conversationSummaries)
      .where(and(eq(conversationSummaries.clientId, clientId), eq(conversationSummaries.summaryPeriod, period)))
      .orderBy(desc(conversationSummaries.startDate))
      .limit(limit)
      .offset(asked.offset)
      .all()
      .map(
        (row): MemoryRollUp => ({
          id: row.id,
          from: row.startDate,
          to: row.endDate,
          topics: read(row.keyTopics),
          insights: read(row.mainInsights),
          actionItems: read(row.commitmentsMade),
          progress: read(row.userProgress),
          challenges: read(row.challengesDiscussed),
          sentiment: row.overallSentiment,
          motivation: row.userMotivationLevel,
          sessionCount: row.sessionCount,
          messageCount: row.messageCount,
        }),
      ),
  )
