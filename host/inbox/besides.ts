import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { files, messageFiles, messageParts, messages, outbox, replyFeedback } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Message } from '../../shared/contract/messages.ts'
import { senderTypes } from '../../shared/taxonomy/conversation.ts'
import type { MessageRecord } from '../conversations/index.ts'

// What stands beside the messages of one page, each kind in one query for the whole page.

const idsOf = (page: readonly MessageRecord[]): string[] => page.map((message) => message.id)

export const attachmentsOf = (
  queries: Queries,
  page: readonly MessageRecord[],
): ReadonlyMap<string, Message['attachments']> =>
  Map.groupBy(
    queries
      .select({
        messageId: messageFiles.messageId,
        id: files.id,
        name: files.name,
        mediaType: files.mediaType,
        size: files.size,
      })
      .from(messageFiles)
      .innerJoin(files, eq(files.id, messageFiles.fileId))
      .where(inArray(messageFiles.messageId, idsOf(page)))
      .orderBy(messageFiles.position)
      .all(),
    (row) => row.messageId,
  )

const unsettled: ReadonlySet<MessageRecord['deliveryStatus']> = new Set(['queued', 'failed', 'unknown'])

/** What waits to be sent, and what the coach has to decide about, by message. */
export const outboxStatesOf = (
  queries: Queries,
  page: readonly MessageRecord[],
): {
  troubles: ReadonlyMap<string, NonNullable<Message['trouble']>>
  waiting: ReadonlyMap<string, NonNullable<Message['waiting']>>
} => {
  const concerned = idsOf(page.filter((message) => unsettled.has(message.deliveryStatus)))
  const troubles = new Map<string, NonNullable<Message['trouble']>>()
  const waiting = new Map<string, NonNullable<Message['waiting']>>()
  if (concerned.length === 0) return { troubles, waiting }
  for (const row of queries.select().from(outbox).where(inArray(outbox.messageId, concerned)).all()) {
    if (row.messageId === null) continue
    if (row.state === 'queued')
      waiting.set(row.messageId, { outboxId: row.id, sendAfter: row.sendAfter, note: row.error })
    if (row.state === 'failed' || row.state === 'unknown')
      troubles.set(row.messageId, { outboxId: row.id, state: row.state, message: row.error ?? '' })
  }
  return { troubles, waiting }
}

const noOpinion = { isHelpful: null, reason: null, shouldHaveHandedOver: false, clientFoundHelpful: null }

/** What the coach and the client think of replies, by message. */
export const feedbackOf = (
  queries: Queries,
  page: readonly MessageRecord[],
): ReadonlyMap<string, NonNullable<Message['feedback']>> => {
  const opinions = new Map<string, NonNullable<Message['feedback']>>()
  const rows = queries
    .select()
    .from(replyFeedback)
    .where(inArray(replyFeedback.messageId, idsOf(page)))
    .all()
  for (const { messageId, author, isHelpful, reason, shouldHaveHandedOver } of rows) {
    const known = opinions.get(messageId) ?? noOpinion
    opinions.set(
      messageId,
      author === 'client'
        ? { ...known, clientFoundHelpful: isHelpful }
        : { ...known, isHelpful, reason, shouldHaveHandedOver },
    )
  }
  return opinions
}

const quoteLength = 160

/** The messages that those of a page answer, by the answering message; only of the same conversation. */
export const quotedBy = (
  queries: Queries,
  conversationId: string,
  page: readonly MessageRecord[],
): ReadonlyMap<string, NonNullable<Message['replyTo']>> => {
  const wanted = [...new Set(page.flatMap((message) => message.replyTo ?? []))]
  if (wanted.length === 0) return new Map()
  const columns = {
    messageId: messages.id,
    seq: messages.seq,
    preview: sql<string>`substr(${messages.content}, 1, ${quoteLength})`,
  }
  const wholes = queries
    .select({ ...columns, externalId: messages.externalId })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, conversationId),
        inArray(messages.senderType, senderTypes),
        isNotNull(messages.externalId),
        inArray(messages.externalId, wanted),
      ),
    )
    .all()
  const parts = queries
    .select({ ...columns, externalId: messageParts.externalId })
    .from(messageParts)
    .innerJoin(messages, eq(messages.id, messageParts.messageId))
    .where(and(inArray(messageParts.externalId, wanted), eq(messages.conversationId, conversationId)))
    .all()
  const byExternalId = Map.groupBy([...parts, ...wholes], (row) => row.externalId)
  return new Map(
    page.flatMap((message) => {
      // Two authors may use the same id; what was there before the answer is meant.
      const target = byExternalId
        .get(message.replyTo)
        ?.filter((row) => row.seq < message.seq)
        .toSorted((one, other) => other.seq - one.seq)[0]
      if (message.replyTo === null || !target) return []
      return [[message.id, { messageId: target.messageId, seq: target.seq, preview: target.preview }] as const]
    }),
  )
}
