import { eq } from 'drizzle-orm'
import { userInteractionPatterns } from '../../../db/schema/index.ts'
import type { Tx } from '../../../db/write.ts'
import { activity, lastSessions } from '../sessions/index.ts'
import { patternsOf } from './patterns.ts'

/** Habits change: only so many of the newest sessions count. */
const mostSessions = 200

/** Makes the patterns of a client what their newest sessions add up to. */
export const refreshPatterns = (tx: Tx, clientId: string, now: number): void => {
  const sessions = lastSessions(tx.queries, clientId, mostSessions)
  if (sessions.length === 0) {
    tx.queries.delete(userInteractionPatterns).where(eq(userInteractionPatterns.clientId, clientId)).run()
    return
  }
  const found = patternsOf(sessions.map((session) => activity.parse(JSON.parse(session.activity))))
  const row = {
    clientId,
    mostActiveHours: JSON.stringify(found.mostActiveHours),
    mostActiveDays: JSON.stringify(found.mostActiveDays),
    averageResponseTimeMinutes: found.averageResponseTimeMinutes,
    preferredCommunicationChannel: found.preferredCommunicationChannel,
    mostEngagingMessageTypes: JSON.stringify(found.mostEngagingMessageTypes),
    leastEngagingMessageTypes: JSON.stringify(found.leastEngagingMessageTypes),
    bestCallTimes: JSON.stringify(found.bestCallTimes),
    messageCount: found.messageCount,
    confidenceScore: found.confidenceScore,
    lastAnalyzedAt: now,
  }
  tx.queries
    .insert(userInteractionPatterns)
    .values(row)
    .onConflictDoUpdate({ target: userInteractionPatterns.clientId, set: row })
    .run()
}
