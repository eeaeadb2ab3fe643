import { eq } from 'drizzle-orm'
import { messages } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { ConversationRecord } from './index.ts'

/** What waited longer than this, milliseconds, is never answered by the clone, only shown (design, section 6). */
export const longestUnansweredMs = 6 * 3_600_000

/** The client's newest message is recent enough for the clone to answer; `now` in milliseconds UTC. */
export const isFresh = (queries: Queries, conversation: ConversationRecord, now: number): boolean => {
  const newest = queries
    .select({ sentAt: messages.sentAt, createdAt: messages.createdAt })
    .from(messages)
    .where(eq(messages.seq, conversation.lastClientSeq))
    .get()
  return newest !== undefined && now - Math.min(newest.sentAt, newest.createdAt) <= longestUnansweredMs
}
