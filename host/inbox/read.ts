import { eq, inArray, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { clients, composerTexts, files, messageFiles, messages, outbox } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Conversation, ConversationRow, InboxFilter } from '../../shared/contract/inbox.ts'
import { conversationRow } from '../../shared/contract/inbox.ts'
import type { Message } from '../../shared/contract/messages.ts'
import type { SettingsValues } from '../../shared/contract/settings.ts'
import { getConversation, type MessageRecord, readMetadata } from '../conversations/index.ts'
import { openHandoffOf } from '../handoff/index.ts'
import { openDraft, replyState } from '../replies/index.ts'

/** Nobody has answered the client's newest message yet. */
const isUnanswered = sql`(c.last_client_seq > 0 AND NOT EXISTS (SELECT 1 FROM messages a WHERE a.conversation_id = c.id
  AND a.seq > c.last_client_seq AND a.sender_type IN ('ai','human_coach') AND a.delivery_status <> 'failed'))`

/** The clone is about to answer by itself, or has decided that no answer is wanted. */
const isInHand = sql`(EXISTS (SELECT 1 FROM jobs j WHERE j.kind = 'reply' AND j.dedupe_key = c.id AND j.state IN ('queued','running'))
  OR EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = c.id AND o.state IN ('queued','sending'))
  OR coalesce((SELECT CASE WHEN e.last_client_seq = c.last_client_seq THEN e.status END FROM agent_executions e
      WHERE e.conversation_id = c.id ORDER BY e.seq DESC LIMIT 1), '') IN ('running','silent'))`

/** A person has to act: an alert, words of a client whom only the coach answers, a draft, a send in trouble. */
const needsMe = sql`(c.owner IN ('waiting','locked')
  OR (c.owner = 'human' AND ${isUnanswered})
  OR (c.owner = 'ai' AND ${isUnanswered} AND NOT ${isInHand})
  OR EXISTS (SELECT 1 FROM drafts d WHERE d.conversation_id = c.id AND d.state = 'pending')
  OR EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = c.id AND o.state IN ('failed','unknown')))`

const conditions = {
  needs_me: needsMe,
  unread: sql`c.unread_count > 0`,
  all: sql`1`,
} satisfies Record<InboxFilter, unknown>

const storedRow = conversationRow.extend({ hasDraft: z.coerce.boolean(), isPractice: z.coerce.boolean() })

const selectRows = sql`
  SELECT c.id, c.client_id AS clientId, cl.name AS clientName, c.channel, c.owner, c.unread_count AS unreadCount,
         c.last_seq AS lastSeq, c.last_message_at AS lastMessageAt, coalesce(substr(CASE WHEN m.sender_type = 'system' THEN coalesce(cm.content, m.content) ELSE m.content END, 1, 160), '') AS preview,
         CASE WHEN m.sender_type = 'system' AND cm.seq IS NOT NULL THEN 'client' ELSE m.sender_type END AS previewSender, c.waiting_since AS waitingSince, cl.is_practice AS isPractice,
         (SELECT h.trigger FROM handoffs h WHERE h.conversation_id = c.id AND h.ended_at IS NULL ORDER BY h.seq DESC LIMIT 1) AS trigger,
         EXISTS (SELECT 1 FROM drafts d WHERE d.conversation_id = c.id AND d.state = 'pending') AS hasDraft`

const joined = sql`JOIN clients cl ON cl.id = c.client_id LEFT JOIN messages m ON m.id = c.last_message_id
  LEFT JOIN messages cm ON cm.seq = c.last_client_seq`

/** One page of the list: who is in danger first, always; then the newest. What a fixed notice covers up stays in sight. */
export const listConversations = (
  queries: Queries,
  { filter, before, limit }: { filter: InboxFilter; before?: number | undefined; limit: number },
): { rows: ConversationRow[]; next: number | null } => {
  const select = (condition: SQL) => queries.all(sql`${selectRows} FROM conversations c ${joined} WHERE ${condition}`)
  const locked =
    before === undefined ? select(sql`c.owner = 'locked' AND ${conditions[filter]} ORDER BY c.waiting_since`) : []
  const found =
    select(sql`c.owner <> 'locked' AND ${conditions[filter]} AND c.last_seq < ${before ?? Number.MAX_SAFE_INTEGER}
    ORDER BY c.last_seq DESC LIMIT ${limit + 1}`)
  const rows = found.slice(0, limit).map((row) => storedRow.parse(row))
  return {
    rows: [...locked.map((row) => storedRow.parse(row)), ...rows],
    next: found.length > limit ? (rows.at(-1)?.lastSeq ?? null) : null,
  }
}

/** How many conversations each filter shows. */
export const countConversations = (queries: Queries): { needsMe: number; unread: number; all: number } =>
  z.object({ needsMe: z.number(), unread: z.number(), all: z.number() }).parse(
    queries.get(sql`SELECT
      (SELECT count(*) FROM conversations c WHERE ${needsMe}) AS needsMe,
      (SELECT count(*) FROM conversations INDEXED BY conversations_unread WHERE unread_count > 0) AS unread,
      (SELECT count(*) FROM conversations) AS "all"`),
  )

/** Everything one open thread shows besides its messages. */
export const readConversation = (queries: Queries, conversationId: string, settings: SettingsValues): Conversation => {
  const record = getConversation(queries, conversationId)
  const row = storedRow.parse(
    queries.get(sql`${selectRows} FROM conversations c ${joined} WHERE c.id = ${conversationId}`),
  )
  const client = queries.select().from(clients).where(eq(clients.id, row.clientId)).get()
  const composer = queries.select().from(composerTexts).where(eq(composerTexts.conversationId, conversationId)).get()
  return {
    ...row,
    timeZone: client?.timeZone ?? null,
    replyMode: client?.replyMode ?? settings.defaultReplyMode,
    isSensitive: client?.isSensitive ?? false,
    handoff: openHandoffOf(queries, conversationId),
    draft: openDraft(queries, record),
    composerText: composer?.text ?? '',
    ...replyState(queries, record),
  }
}

/** One page of a thread, oldest first. */
export const readThread = (
  queries: Queries,
  { conversationId, before, limit }: { conversationId: string; before?: number | undefined; limit: number },
  coachName: string,
): { messages: Message[]; hasEarlier: boolean } => {
  const conversation = getConversation(queries, conversationId)
  const clientName =
    queries.select({ name: clients.name }).from(clients).where(eq(clients.id, conversation.clientId)).get()?.name ?? ''
  const found = queries
    .select()
    .from(messages)
    .where(
      sql`${messages.conversationId} = ${conversationId} AND ${messages.seq} < ${before ?? Number.MAX_SAFE_INTEGER}`,
    )
    .orderBy(sql`${messages.seq} DESC`)
    .limit(limit + 1)
    .all()
  const page = found.slice(0, limit).reverse()
  const names = { client: clientName, ai: 'AI', human_coach: coachName, system: 'Notice' }
  const attachments = attachmentsOf(queries, page)
  const troubles = troublesOf(queries, page)
  return {
    hasEarlier: found.length > limit,
    messages: page.map((message) => ({
      id: message.id,
      seq: message.seq,
      senderType: message.senderType,
      senderName: names[message.senderType],
      content: message.content,
      metadata: readMetadata(message.metadata),
      deliveryStatus: message.deliveryStatus,
      sentAt: message.sentAt,
      deliveredAt: message.deliveredAt,
      readAt: message.readAt,
      attachments: attachments.get(message.id) ?? [],
      trouble: troubles.get(message.id) ?? null,
    })),
  }
}

const attachmentsOf = (queries: Queries, page: readonly MessageRecord[]): Map<string, Message['attachments']> => {
  const rows = queries
    .select({
      messageId: messageFiles.messageId,
      id: files.id,
      name: files.name,
      mediaType: files.mediaType,
      size: files.size,
    })
    .from(messageFiles)
    .innerJoin(files, eq(files.id, messageFiles.fileId))
    .where(
      inArray(
        messageFiles.messageId,
        page.map((message) => message.id),
      ),
    )
    .orderBy(messageFiles.position)
    .all()
  return Map.groupBy(rows, (row) => row.messageId)
}

const troublesOf = (queries: Queries, page: readonly MessageRecord[]): Map<string, NonNullable<Message['trouble']>> => {
  const concerned = page.filter(
    (message) => message.deliveryStatus === 'failed' || message.deliveryStatus === 'unknown',
  )
  if (concerned.length === 0) return new Map()
  const rows = queries
    .select()
    .from(outbox)
    .where(
      inArray(
        outbox.messageId,
        concerned.map((message) => message.id),
      ),
    )
    .all()
  return new Map(
    rows.flatMap((row) =>
      row.messageId && (row.state === 'failed' || row.state === 'unknown')
        ? [[row.messageId, { outboxId: row.id, state: row.state, message: row.error ?? '' }] as const]
        : [],
    ),
  )
}
