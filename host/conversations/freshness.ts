import { eq } from 'drizzle-orm'
import { messages } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { ConversationRecord } from './index.ts'

/** What waited longer than this, milliseconds, is never answered by the clone, only shown (design, section 6). */
export const longestUnansweredMs = 6 * 3_600_000

/** When the client's newest message was written, milliseconds UTC; null where there is none. */
export const newestClientAt = (queries: Queries, conversation: ConversationRecord): number | null => {
  const newest = queries
    .select({ sentAt: messages.sentAt, createdAt: messages.createdAt })
    .from(messages)
    .where(eq(messages.seq, conversation.lastClientSeq))
    .get()
  return newest ? Math.min(newest.sentAt, newest.createdAt) : null
}

/** The client's newest message is recent enough for the clone to answer; `graceMs` is time it was meant to wait. */
export const isFresh = (queries: Queries, conversation: ConversationRecord, now: number, graceMs = 0): boolean => {
  const newest = newestClientAt(queries, conversation)
  return newest !== null && now - newest <= longestUnansweredMs + graceMs
}
