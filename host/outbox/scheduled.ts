import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { outbox } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Conversation } from '../../shared/contract/inbox.ts'
import { readMetadata } from '../conversations/index.ts'

/** What the coach scheduled in a conversation and has not gone, soonest first; with why, where it was held back. */
export const scheduledIn = (queries: Queries, conversationId: string): Conversation['scheduled'] =>
  queries
    .select()
    .from(outbox)
    .where(
      and(
        eq(outbox.conversationId, conversationId),
        eq(outbox.author, 'human'),
        isNull(outbox.messageId),
        inArray(outbox.state, ['queued', 'failed']),
      ),
    )
    .orderBy(asc(outbox.sendAfter), asc(outbox.seq))
    .all()
    .map((row) => ({
      outboxId: row.id,
      text: row.text,
      sendAt: readMetadata(row.metadata).scheduled_for ?? row.sendAfter,
      onlyIfSilent: row.expectedClientSeq !== null,
      note: row.error,
    }))
