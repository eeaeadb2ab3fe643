import { and, asc, desc, eq, gt, lt } from 'drizzle-orm'
import { channelGaps, clients, messages, messageVersions } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Message, OwnerChange } from '../../shared/contract/messages.ts'
import { type ConversationRecord, getConversation, type MessageRecord, readMetadata } from '../conversations/index.ts'
import { ownerChangesIn } from '../handoff/index.ts'
import { attachmentsOf, feedbackOf, outboxStatesOf, quotedBy } from './besides.ts'

export interface ThreadInput {
  readonly conversationId: string
  readonly before?: number | undefined
  readonly after?: number | undefined
  readonly limit: number
}

export interface ThreadPage {
  readonly messages: Message[]
  readonly hasEarlier: boolean
  readonly hasLater: boolean
  readonly gaps: { from: number; to: number }[]
  readonly ownerChanges: OwnerChange[]
}

/**
 * One page of a thread, oldest first; throws NOT_FOUND. `canChange` tells whether a channel lets the coach edit or
 * delete what was sent; without it nothing can be changed.
 */
export const readThread = (
  queries: Queries,
  { conversationId, before, after, limit }: ThreadInput,
  coachName: string,
  canChange: (channel: string) => boolean = () => false,
): ThreadPage => {
  const conversation = getConversation(queries, conversationId)
  const isForward = after !== undefined && before === undefined
  const found = queries
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, conversationId),
        before === undefined ? undefined : lt(messages.seq, before),
        after === undefined ? undefined : gt(messages.seq, after),
      ),
    )
    .orderBy(isForward ? asc(messages.seq) : desc(messages.seq))
    .limit(limit)
    .all()
  const page = isForward ? found : found.reverse()
  const edge = isForward ? after + 1 : (before ?? Number.MAX_SAFE_INTEGER)
  const [first, last] = [page[0]?.seq ?? edge, page.at(-1)?.seq ?? edge - 1]
  const beside = neighbours(queries, conversationId, first, last)
  return {
    messages: withBesides(queries, conversation, page, { coachName, isChangeable: canChange(conversation.channel) }),
    hasEarlier: beside.earlier !== undefined,
    hasLater: beside.later !== undefined,
    gaps: gapsIn(queries, conversation, page, beside),
    ownerChanges: ownerChangesIn(queries, conversationId, { first, last, reachesEnd: beside.later === undefined }),
  }
}

/** Earlier texts of an edited message, oldest first. */
export const readVersions = (
  queries: Queries,
  messageId: string,
): { rows: { content: string; replacedAt: number }[] } => ({
  rows: queries
    .select({ content: messageVersions.content, replacedAt: messageVersions.replacedAt })
    .from(messageVersions)
    .where(eq(messageVersions.messageId, messageId))
    .orderBy(asc(messageVersions.version))
    .all(),
})

interface Neighbours {
  /** When the message before the page was sent; undefined where there is none. */
  readonly earlier: number | undefined
  readonly later: number | undefined
}

/** What stands before the first and after the last seq of a page. */
const neighbours = (queries: Queries, conversationId: string, first: number, last: number): Neighbours => {
  const ofThread = eq(messages.conversationId, conversationId)
  const near = () => queries.select({ sentAt: messages.sentAt }).from(messages)
  return {
    earlier: near()
      .where(and(ofThread, lt(messages.seq, first)))
      .orderBy(desc(messages.seq))
      .limit(1)
      .get()?.sentAt,
    later: near()
      .where(and(ofThread, gt(messages.seq, last)))
      .orderBy(asc(messages.seq))
      .limit(1)
      .get()?.sentAt,
  }
}

/** Gaps that touch the page, the way from its earlier neighbour included, so that none falls between two pages. */
const gapsIn = (
  queries: Queries,
  { channel }: ConversationRecord,
  page: readonly MessageRecord[],
  { earlier, later }: Neighbours,
): ThreadPage['gaps'] => {
  if (page.length === 0) return []
  const times = page.map((message) => message.sentAt)
  const from = Math.min(...times, ...(earlier === undefined ? [] : [earlier]))
  const to = later === undefined ? Number.MAX_SAFE_INTEGER : Math.max(...times)
  return queries
    .select({ from: channelGaps.fromAt, to: channelGaps.toAt })
    .from(channelGaps)
    .where(and(eq(channelGaps.channel, channel), gt(channelGaps.toAt, from), lt(channelGaps.fromAt, to)))
    .orderBy(asc(channelGaps.fromAt))
    .all()
}

const changeable: ReadonlySet<MessageRecord['deliveryStatus']> = new Set(['sent', 'delivered', 'read'])

/** Ours, there, and written here; a fixed notice stays as it was vetted. */
const isOursToChange = (message: MessageRecord, metadata: Message['metadata']): boolean =>
  (message.senderType === 'ai' || message.senderType === 'human_coach') &&
  metadata.from_own_device !== true &&
  message.externalId !== null &&
  message.removedAt === null &&
  changeable.has(message.deliveryStatus)

const withBesides = (
  queries: Queries,
  conversation: ConversationRecord,
  page: readonly MessageRecord[],
  { coachName, isChangeable }: { coachName: string; isChangeable: boolean },
): Message[] => {
  const client = queries.select({ name: clients.name }).from(clients).where(eq(clients.id, conversation.clientId)).get()
  const names = { client: client?.name ?? '', ai: 'AI', human_coach: coachName, system: 'Notice' }
  const attachments = attachmentsOf(queries, page)
  const { troubles, waiting } = outboxStatesOf(queries, page)
  const feedback = feedbackOf(queries, page)
  const quoted = quotedBy(queries, conversation.id, page)
  return page.map((message) => {
    const metadata = readMetadata(message.metadata)
    return {
      id: message.id,
      seq: message.seq,
      senderType: message.senderType,
      senderName: names[message.senderType],
      content: message.content,
      metadata,
      deliveryStatus: message.deliveryStatus,
      sentAt: message.sentAt,
      deliveredAt: message.deliveredAt,
      readAt: message.readAt,
      attachments: attachments.get(message.id) ?? [],
      editedAt: message.editedAt,
      removedAt: message.removedAt,
      replyTo: quoted.get(message.id) ?? null,
      unreadable: message.unreadable,
      waiting: waiting.get(message.id) ?? null,
      canChange: isChangeable && isOursToChange(message, metadata),
      feedback: feedback.get(message.id) ?? null,
      trouble: troubles.get(message.id) ?? null,
    }
  })
}
