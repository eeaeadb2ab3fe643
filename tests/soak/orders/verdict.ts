import { eq } from 'drizzle-orm'
import { conversations } from '../../../db/schema/index.ts'
import type { ConversationRecord } from '../../../host/conversations/index.ts'
import { openHandoffOf } from '../../../host/handoff/index.ts'
import { readConversation, readThread } from '../../../host/inbox/index.ts'
import type { Conversation } from '../../../shared/contract/inbox.ts'
import { type Book, type ChatBook, chatOf, hasOpenUnreadable, isReplied } from './book.ts'
import { liesBeforeCoach } from './coach.ts'
import { updateOf } from './farEnd.ts'
import type { World } from './world.ts'

/** What a person or the model may cause again by themselves, without a new word of the client. */
const newFailures: ReadonlySet<string> = new Set(['generation_failed', 'unsafe_generation', 'no_model', 'budget'])

interface Rest {
  readonly world: World
  readonly book: Book
  readonly chat: ChatBook
  readonly conversation: ConversationRecord
  readonly shown: Conversation
  /** Outbox ids that stand before the coach with a question. */
  readonly troubles: ReadonlySet<string>
  readonly rows: <T>(sql: string) => T[]
  readonly fault: (words: string) => void
}

/** Holds the database against what clients, coach and far end know, once everything has come to rest. */
export const judgeRest = (world: World, chatId: string): void => {
  const { book } = world.state
  const fault = (words: string): void => void book.faults.push(`${chatId}: ${words}`)
  const { queries, settings } = world.house()
  const written = world.far.written.filter((entry) => updateOf(entry).chatId === chatId)
  const conversation = queries.select().from(conversations).where(eq(conversations.externalChatId, chatId)).get()
  if (!conversation) {
    if (written.length > 0) fault('every message is lost')
    return
  }
  if (written.some((entry) => !entry.isNoted)) fault('something was never taken in')
  const thread = readThread(queries, { conversationId: conversation.id, limit: 1_000 }, 'Robin Vale').messages
  const rest: Rest = {
    world,
    book,
    chat: chatOf(book, chatId),
    conversation,
    shown: readConversation(queries, conversation.id, settings.values()),
    troubles: new Set(thread.flatMap((message) => (message.trouble ? [message.trouble.outboxId] : []))),
    rows: (sql) => world.sqlite().prepare<[string], never>(sql).all(conversation.id),
    fault,
  }
  judgeInbound(rest)
  judgeOutgoing(rest)
  judgePromises(rest)
  judgeHandoffs(rest)
  judgeSilence(rest)
}

/** Nothing a client wrote is lost; what they changed is changed, with what stood there before. */
const judgeInbound = ({ chat, rows, fault }: Rest): void => {
  const stored = rows<{ externalId: string; content: string; isRemoved: number; earlier: string | null }>(
    `SELECT m.external_id AS externalId, m.content AS content, m.removed_at IS NOT NULL AS isRemoved,
            (SELECT group_concat(v.content, ' | ' ORDER BY v.version) FROM message_versions v WHERE v.message_id = m.id) AS earlier
     FROM messages m WHERE m.conversation_id = ? AND m.sender_type = 'client' ORDER BY m.seq`,
  ).map((row) => `${row.externalId} ${row.isRemoved} ${row.content} < ${row.earlier ?? ''}`)
  const known = [...chat.texts].map(
    ([externalId, { text, earlier, removedAfterRun }]) =>
      `${externalId} ${removedAfterRun === null ? 0 : 1} ${text} < ${earlier.join(' | ')}`,
  )
  if (stored.join('\n') !== known.join('\n')) fault(`written: ${known.join(' / ')}; stored: ${stored.join(' / ')}`)
}

const judgeOutgoing = ({ world, rows, troubles, fault }: Rest): void => {
  for (const { id, state, isSaid } of rows<{ id: string; state: string; isSaid: number }>(
    `SELECT o.id AS id, o.state AS state, m.id IS NOT NULL AS isSaid
     FROM outbox o LEFT JOIN messages m ON m.id = o.message_id WHERE o.conversation_id = ?`,
  )) {
    if (state === 'queued' || state === 'sending') fault(`${id} is still ${state}`)
    if (isSaid && (state === 'failed' || state === 'unknown') && !troubles.has(id))
      fault(`${id} is ${state}, and nobody sees it`)
    if (!isSaid && world.far.arrived.has(id)) fault(`${id} arrived, and does not stand in the thread`)
  }
  const adrift = rows<{ id: string }>(
    `SELECT m.id AS id FROM messages m WHERE m.conversation_id = ? AND m.delivery_status IN ('queued','sending')
       AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = m.id AND o.state IN ('queued','sending'))`,
  )
  for (const { id } of adrift) fault(`message ${id} stands there as if it were still to be sent`)
  if (rows("SELECT 1 FROM agent_executions WHERE conversation_id = ? AND status = 'running'").length > 0)
    fault('a run never ended')
}

/** What the coach approved, wrote or scheduled has gone, was taken back, or lies before them. */
const judgePromises = ({ world, book, chat, conversation, shown, troubles, rows, fault }: Rest): void => {
  const states = new Map(
    rows<{ id: string; state: string }>('SELECT id, state FROM outbox WHERE conversation_id = ?').map(
      ({ id, state }) => [id, state] as const,
    ),
  )
  const isDone = (id: string): boolean => book.settled.has(id) || states.get(id) === 'sent' || troubles.has(id)
  for (const [id, { chatId, text }] of book.approvals)
    if (chatId === chat.chatId && !isDone(id) && !liesBeforeCoach(world, conversation.id, text))
      fault(`the approved draft ${text} is ${states.get(id)} and gone`)
  for (const [id, { chatId, text, isScheduled }] of book.coachSends) {
    if (chatId !== chat.chatId || isDone(id) || book.takenBack.has(id)) continue
    const isShown = isScheduled && shown.scheduled.some(({ outboxId, note }) => outboxId === id && note !== null)
    if (!isShown) fault(`what the coach wrote, ${text}, is ${states.get(id)} and gone`)
  }
}

const judgeHandoffs = ({ world, book, chat, conversation, rows, fault }: Rest): void => {
  if (Boolean(openHandoffOf(world.house().queries, conversation.id)) !== (conversation.owner !== 'ai'))
    fault(`the owner is ${conversation.owner}, and the open handoff says otherwise`)
  // Words that were changed are new words; after the clock went back their time does not tell since when.
  const editsCountFrom = book.clockWentBack ? '0' : 'back.created_at'
  const loops = rows<{ trigger: string; parts: string }>(
    `SELECT raised.trigger AS trigger, raised.parts AS parts FROM handoffs raised JOIN handoffs back ON back.seq =
       (SELECT max(seq) FROM handoffs WHERE conversation_id = raised.conversation_id AND seq < raised.seq AND to_owner = 'ai')
     WHERE raised.conversation_id = ? AND raised.to_owner IN ('waiting','locked')
       AND NOT EXISTS (SELECT 1 FROM messages WHERE conversation_id = raised.conversation_id AND sender_type = 'client'
                       AND ((seq > back.message_seq AND seq <= raised.message_seq) OR edited_at >= ${editsCountFrom}))`,
  )
  for (const { trigger, parts } of loops) {
    // How sure the model is of a new answer is news too, where the coach set the border that low.
    const isUnsureAnew = trigger === 'score' && parts.includes('"Confidence"')
    if (!newFailures.has(trigger) && !isUnsureAnew)
      fault(`${trigger} was raised again without a new word of the client`)
  }
  const { phoneAt, phoneAtBefore, lock, floor } = chat
  const isOver = phoneAt !== null && world.clock.now() - phoneAt > (book.silence.minutes + 1) * 60_000
  const lastIsPhone =
    rows<{ isPhone: number }>(
      `SELECT coalesce(json_extract(metadata, '$.from_own_device'), 0) AS isPhone FROM messages
       WHERE conversation_id = ? AND sender_type = 'human_coach' ORDER BY seq DESC LIMIT 1`,
    )[0]?.isPhone === 1
  // What they wrote here and took back may have answered the question already.
  const isAsked = isOver && lastIsPhone && phoneAtBefore === null
  if (!isAsked || book.clockWentBack || lock === 'locked' || floor !== 'person') return
  if (conversation.handbackAskedAt === null) fault('the silence after the phone was neither asked about nor ended')
}

/** Where the clone has the floor, it never stays silent, except where the design says so. */
const judgeSilence = ({ world, book, chat, conversation, shown, rows, fault }: Rest): void => {
  const { replyMode, draft } = shown
  const isAnswered = chat.wrote === 0 || isReplied(chat)
  if (conversation.owner !== 'ai' || replyMode === 'off' || isAnswered) return
  const lastAsk = [...book.asks.values()].findLast((ask) => ask.chatId === chat.chatId && ask.words === chat.words)
  const isExcused =
    chat.acceptance !== 'accepted' ||
    hasOpenUnreadable(chat) ||
    chat.crisisEndedAt >= chat.wrote ||
    chat.discardedAt === chat.wrote ||
    lastAsk?.plan === 'silent' ||
    lastAsk?.plan === 'empty' ||
    world.clock.now() - chat.wroteAt > longestUnansweredMs
  // A reply the channel refused is shown as trouble, and is the coach's to settle.
  const wasTried =
    rows(
      `SELECT 1 FROM outbox o JOIN messages m ON m.id = o.message_id JOIN conversations c ON c.id = o.conversation_id
       WHERE o.conversation_id = ? AND o.author <> 'notice' AND o.attempts > 0 AND m.seq > c.last_client_seq`,
    ).length > 0
  if (isExcused || wasTried) return
  // A wish of the coach outlives what the client writes meanwhile.
  const isCoachs =
    chat.askedForDraftAt === chat.words ||
    [...book.approvals.values()].some(({ draftId }) => draftId === draft?.id) ||
    book.hadQuietDrafts
  if (draft && (replyMode === 'drafts' || isCoachs)) return
  fault(`the clone stays silent in mode ${replyMode}`)
}

const longestUnansweredMs = 6 * 3_600_000

/** The word for a client in danger waits for nothing but the channel. */
export const judgeCrisisWords = (world: World): void => {
  const { book, isDead, isChannelOn } = world.state
  if (isDead || !isChannelOn) return
  const held = world
    .sqlite()
    .prepare<[], { chatId: string }>(
      `SELECT c.external_chat_id AS chatId FROM outbox o JOIN conversations c ON c.id = o.conversation_id
       WHERE o.state = 'queued' AND o.attempts = 0 AND c.owner = 'locked' AND json_extract(o.metadata, '$.notice') = 'crisis_holding'
         AND NOT EXISTS (SELECT 1 FROM outbox s WHERE s.conversation_id = c.id AND s.state = 'sending')`,
    )
    .all()
  for (const { chatId } of held) book.faults.push(`${chatId}: the word for a client in danger is held back`)
}
