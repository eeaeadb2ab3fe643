import { and, eq } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import {
  channelCursors,
  channelDedupe,
  clients,
  coaches,
  conversations,
  messageFiles,
  messages,
} from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import type { SettingsValues } from '../../shared/contract/settings.ts'
import { Problem } from '../../shared/problem.ts'
import type { HandoffTrigger } from '../../shared/taxonomy/conversation.ts'
import type { InboundMessage } from '../channels/index.ts'
import {
  appendMessage,
  type ConversationRecord,
  getConversation,
  isFresh,
  lastMessages,
  type MessageRecord,
} from '../conversations/index.ts'
import { decideHandoff, handedBackAt, lastIntervention, raiseHandoff } from '../handoff/index.ts'
import { enqueueJob } from '../jobs/index.ts'
import { readSignals, type Signals } from '../signals/index.ts'

export interface StoredFile {
  readonly fileId: string
}

export interface ReceiveContext {
  readonly channel: string
  readonly isPractice: boolean
  readonly settings: SettingsValues
  readonly now: number
}

/** Files are encrypted on disk before the transaction; this writes their rows in it. */
export type FileRows = (tx: Tx, clientId: string) => readonly StoredFile[]

/**
 * Stores one inbound message: dedupe row, client and conversation where they are new, signals, the crisis path, and
 * the job that answers. All in the caller's transaction; false where the same update was stored before.
 */
export const receiveMessage = (tx: Tx, inbound: InboundMessage, files: FileRows, context: ReceiveContext): boolean => {
  const isNew = tx.queries
    .insert(channelDedupe)
    .values({ channel: context.channel, updateId: inbound.updateId, seenAt: context.now })
    .onConflictDoNothing()
    .run()
  if (isNew.changes === 0) return false
  const conversation = findConversation(tx, inbound, context) ?? openConversation(tx, inbound, context)
  if (isStored(tx, conversation.id, inbound.externalId)) return false
  const dealtWith = handedBackAt(tx.queries, conversation.id)
  const history = lastMessages(tx.queries, conversation.id, 6).filter((earlier) => earlier.seq > dealtWith)
  const message = appendMessage(
    tx,
    conversation,
    {
      senderType: 'client',
      senderId: conversation.clientId,
      content: inbound.text,
      deliveryStatus: 'received',
      externalId: inbound.externalId,
      sentAt: inbound.sentAt,
    },
    context.now,
  )
  files(tx, conversation.clientId).forEach(({ fileId }, position) => {
    tx.queries.insert(messageFiles).values({ messageId: message.id, fileId, position }).run()
  })
  const current = getConversation(tx.queries, conversation.id)
  const signals = signalsOf(inbound.text, history, context)
  if (!signals) callBecauseUnread(tx, current, context)
  else if (!callPerson(tx, current, signals, context)) answerLater(tx, current, signals, context)
  return true
}

/** Null where reading failed: a message nobody could read is never refused, a person looks at it. */
const signalsOf = (text: string, history: readonly MessageRecord[], { settings }: ReceiveContext): Signals | null => {
  try {
    return readSignals(
      text,
      history.map((earlier) => ({ from: earlier.senderType === 'client' ? 'client' : 'other', text: earlier.content })),
      { coachName: settings.coachName },
    )
  } catch {
    return null
  }
}

/** Some channels offer an old message again under a new update. */
const isStored = (tx: Tx, conversationId: string, externalId: string): boolean =>
  tx.queries
    .select({ seq: messages.seq })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, conversationId),
        eq(messages.senderType, 'client'),
        eq(messages.externalId, externalId),
      ),
    )
    .get() !== undefined

export const saveCursor = (tx: Tx, channel: string, cursor: string, now: number): void => {
  const row = { channel, cursor, updatedAt: now }
  tx.queries.insert(channelCursors).values(row).onConflictDoUpdate({ target: channelCursors.channel, set: row }).run()
}

const callBecauseUnread = (tx: Tx, conversation: ConversationRecord, context: ReceiveContext): void =>
  callAbout(
    tx,
    conversation,
    context,
    'generation_failed',
    'This message could not be read here. Please look at it yourself.',
  )

/** Calls the coach without telling the client, where the clone has the floor. */
const callAbout = (
  tx: Tx,
  conversation: ConversationRecord,
  { settings, now }: ReceiveContext,
  trigger: HandoffTrigger,
  reason: string,
): void => {
  if (conversation.owner !== 'ai') return
  const decision = { lock: false, score: 0, parts: [], trigger, reason }
  raiseHandoff(tx, conversation, { decision, tellClient: false, coachName: settings.coachName }, now)
}

/** What needs no model: a safety crisis, or a plain request for a person. True when nobody but a person may answer. */
const callPerson = (
  tx: Tx,
  conversation: ConversationRecord,
  signals: Signals,
  { settings, now }: ReceiveContext,
): boolean => {
  const decision = decideHandoff({ signals, confidence: null, generation: 'none' })
  if (!decision.handOff || !decision.trigger) return false
  const raised = {
    decision: { ...decision, trigger: decision.trigger },
    tellClient: mayTell(tx, conversation, settings),
    coachName: settings.coachName,
  }
  if (decision.lock) {
    const isInHand =
      conversation.owner === 'human' && lastIntervention(tx, conversation.id)?.trigger === 'safety_crisis'
    if (conversation.owner !== 'locked' && !isInHand) raiseHandoff(tx, conversation, raised, now)
    return true
  }
  if (conversation.owner === 'ai') raiseHandoff(tx, conversation, raised, now)
  return true
}

/** Only a clone that answers by itself tells the client that a person will; a client with drafts or off never met it. */
const mayTell = (tx: Tx, conversation: ConversationRecord, settings: SettingsValues): boolean => {
  const client = tx.queries
    .select({ replyMode: clients.replyMode })
    .from(clients)
    .where(eq(clients.id, conversation.clientId))
    .get()
  return (client?.replyMode ?? settings.defaultReplyMode) === 'autopilot'
}

const longestGatherMs = 60_000

const answerLater = (tx: Tx, conversation: ConversationRecord, signals: Signals, context: ReceiveContext): void => {
  const { settings, now } = context
  if (conversation.owner !== 'ai') return
  if (!isFresh(tx.queries, conversation, now)) {
    const reason = 'They wrote about a big decision while the console was away, and nobody has answered yet.'
    if (signals.highStakes) callAbout(tx, conversation, context, 'high_stakes_decision', reason)
    return
  }
  const burstBegan =
    conversation.lastClientSeq === conversation.lastSeq ? firstUnansweredAt(tx, conversation, now) : now
  enqueueJob(
    tx,
    {
      kind: 'reply',
      dedupeKey: conversation.id,
      clientId: conversation.clientId,
      payload: { conversationId: conversation.id },
      runAt: Math.max(now, Math.min(now + settings.gatherMs, burstBegan + longestGatherMs)),
    },
    now,
  )
}

/** When the burst the client is writing began: the first of their messages since anyone else's. */
const firstUnansweredAt = (tx: Tx, conversation: ConversationRecord, now: number): number => {
  const recent = lastMessages(tx.queries, conversation.id, 20)
  const before = recent.findLastIndex((message) => message.senderType !== 'client')
  return recent[before + 1]?.createdAt ?? now
}

const findConversation = (
  tx: Tx,
  inbound: InboundMessage,
  { channel }: ReceiveContext,
): ConversationRecord | undefined =>
  tx.queries
    .select()
    .from(conversations)
    .where(and(eq(conversations.channel, channel), eq(conversations.externalChatId, inbound.chatId)))
    .get()

const openConversation = (
  tx: Tx,
  inbound: InboundMessage,
  { channel, isPractice, now }: ReceiveContext,
): ConversationRecord => {
  const coach = tx.queries.select({ id: coaches.id }).from(coaches).get()
  if (!coach) throw new Problem('INTERNAL', 'The console is not set up yet.')
  const clientId = newId(now)
  tx.queries
    .insert(clients)
    .values({
      id: clientId,
      coachId: coach.id,
      name: inbound.senderName.trim().slice(0, 120) || 'New client',
      timeZone: inbound.timeZone ?? null,
      isPractice,
      createdAt: now,
      updatedAt: now,
    })
    .run()
  tx.changed('clients')
  return tx.queries
    .insert(conversations)
    .values({
      id: newId(now),
      clientId,
      channel,
      externalChatId: inbound.chatId,
      lastMessageAt: inbound.sentAt,
      createdAt: now,
    })
    .returning()
    .get()
}
