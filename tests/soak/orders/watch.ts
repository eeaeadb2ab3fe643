import type { SqliteDatabase } from '../../../db/sqlite.ts'
import type { OutgoingMessage } from '../../../host/channels/index.ts'
import type { Owner, ReplyMode } from '../../../shared/taxonomy/conversation.ts'
import { type Book, type ChatBook, chatOf, hasOpenUnreadable, isReplied, markOf } from './book.ts'
import type { Ending } from './farEnd.ts'
import { modelWord, type ThinkPlan } from './thinker.ts'

interface State {
  owner: Owner
  /** The client's own; null where the general one holds. */
  replyMode: ReplyMode | null
  clientSeq: number
  outboxSeq: number
  messageSeq: number
  notice: string | null
  /** How often the clone tried to say what it is, or that the coach has it help. */
  introductions: number
  /** The former only: what it must have said before it answers by itself. */
  introducedAsAi: number
  /** How often it said so before. */
  introduced: number
  alert: string | null
}

const stateAt = (sqlite: SqliteDatabase, outboxId: string): State | undefined =>
  sqlite
    .prepare<[string], State>(
      `SELECT c.owner AS owner, cl.reply_mode AS replyMode, c.last_client_seq AS clientSeq, o.seq AS outboxSeq, m.seq AS messageSeq,
              json_extract(o.metadata, '$.notice') AS notice,
              (SELECT count(*) FROM outbox said WHERE said.conversation_id = c.id AND said.attempts > 0
               AND json_extract(said.metadata, '$.notice') IN ('ai_disclosure','ai_drafts','ai_answer')) AS introductions,
              (SELECT count(*) FROM outbox said WHERE said.conversation_id = c.id AND said.attempts > 0
               AND json_extract(said.metadata, '$.notice') IN ('ai_disclosure','ai_answer')) AS introducedAsAi,
              (SELECT count(*) FROM outbox said WHERE said.conversation_id = c.id AND said.state IN ('sent','unknown')
               AND json_extract(said.metadata, '$.notice') IN ('ai_disclosure', json_extract(o.metadata, '$.notice'))) AS introduced,
              (SELECT h.id FROM handoffs h WHERE h.conversation_id = c.id AND h.to_owner IN ('waiting','locked')
               ORDER BY h.seq DESC LIMIT 1) AS alert
       FROM outbox o JOIN conversations c ON c.id = o.conversation_id JOIN clients cl ON cl.id = c.client_id
       JOIN messages m ON m.id = o.message_id WHERE o.id = ?`,
    )
    .get(outboxId)

/** One message at the moment it is handed to the channel, with all that is known of it. */
interface Handing {
  readonly book: Book
  readonly chat: ChatBook
  readonly state: State
  readonly outboxId: string
  readonly text: string
  readonly now: number
  /** A person asked for it to be repeated: their decision, past the clone's checks. */
  readonly isRepeat: boolean
  readonly fault: (words: string) => void
}

/** Judges each message at the moment it is handed to the channel; a refused one certainly does not arrive. */
export const judgeHanded = (
  book: Book,
  sqlite: SqliteDatabase,
  { outboxId, chatId, text }: OutgoingMessage,
  { ending, now }: { ending: Ending; now: number },
): void => {
  const chat = chatOf(book, chatId)
  const state = stateAt(sqlite, outboxId)
  const fault = (words: string): void => void book.faults.push(`${chatId}, ${text}: ${words}`)
  if (!state) return fault('was handed over without a row in the outbox')
  const times = (book.handed.get(outboxId) ?? 0) + 1
  const repeats = book.again.get(outboxId) ?? 0
  const isRepeat = repeats > 0
  book.handed.set(outboxId, times)
  if (times > 1 + repeats + (book.later.get(outboxId) ?? 0)) fault('was handed over twice')
  if (book.takenBack.has(outboxId)) fault('was taken back')
  if (modelWord.test(text) && state.owner === 'locked') fault('a model wrote it, and the conversation is locked')
  const handing = { book, chat, state, outboxId, text, now, isRepeat, fault }
  if (state.notice !== null) judgeNotice(handing)
  else {
    judgeSequence(handing)
    if (!isRepeat) judgeWords(handing)
  }
  if (ending === 'refused') return
  if (ending !== 'perhaps') {
    book.later.set(outboxId, (book.later.get(outboxId) ?? 0) + 1)
    book.horizon = Math.max(book.horizon, now + ending.laterMs)
    return
  }
  if (state.notice !== null) return
  const send = book.coachSends.get(outboxId)
  const isOlder = state.messageSeq < state.clientSeq
  const repliedTo = isOlder ? (send?.wrote ?? 0) : chat.wrote
  chat.replied.set(outboxId, Math.max(repliedTo, chat.replied.get(outboxId) ?? 0))
  if (send?.isScheduled) chat.acts += 1
  const isByItself = !isRepeat && !book.approvals.has(outboxId) && !book.coachSends.has(outboxId)
  if (isByItself) chat.autoReplies += 1
}

/** The house died with it in its hands: for all it can know the words have gone, and only the coach asks again. */
export const noteLost = (book: Book, { outboxId, chatId, text }: OutgoingMessage): void => {
  const ours = book.coachSends.get(outboxId) ?? book.approvals.get(outboxId)
  if (!ours && !modelWord.test(text)) return
  const chat = chatOf(book, chatId)
  chat.replied.set(outboxId, Math.max(ours?.wrote ?? chat.wrote, chat.replied.get(outboxId) ?? 0))
}

/** In order, except what waits for a time of its own. */
const judgeSequence = ({ book, chat, state, outboxId, isRepeat, fault }: Handing): void => {
  if (isRepeat || book.coachSends.get(outboxId)?.isScheduled) return
  if (state.outboxSeq < chat.lastOutboxSeq) fault('was overtaken')
  chat.lastOutboxSeq = state.outboxSeq
}

const judgeWords = (handing: Handing): void => {
  const { book, chat, state, outboxId, now, fault } = handing
  const approval = book.approvals.get(outboxId)
  const send = book.coachSends.get(outboxId)
  if (send) {
    if (now < send.notBefore && !book.clockWentBack) fault('went before its time')
    if (!send.isScheduled) return
    if (chat.lock === 'locked') fault('was scheduled, and a crisis began')
    if (send.onlyIfSilent && send.wrote < chat.wrote) fault('the client was not silent')
  } else if (approval) {
    if (approval.wrote !== chat.wrote) fault('the client wrote, or took words back, after it was approved')
    if (state.introductions === 0) fault('came before the disclosure')
  } else judgeClone(handing)
}

const judgeNotice = (handing: Handing): void => {
  const { book, chat, state, outboxId, isRepeat, fault } = handing
  const { notice, owner, alert, introduced } = state
  const wasTried = (book.handed.get(outboxId) ?? 0) > 1
  if (isRepeat) return
  if (notice === 'ai_disclosure' || notice === 'ai_drafts') {
    if (introduced > 0) fault('the clone introduced itself before')
    if (owner === 'locked') fault('the clone introduced itself in a locked conversation')
    return
  }
  if (notice === 'ai_answer' || notice === 'out_of_hours') {
    if (owner !== 'ai' || chat.floor === 'person') fault(`is not the word for owner ${owner}`)
    if (wasTried) return
    if (notice === 'ai_answer') chat.aiAnswers += 1
    else chat.outOfHours += 1
    if (chat.aiAnswers > timesApart(chat.asksIfAiAt, tenMinutes)) fault('was said before within ten minutes')
    if (chat.outOfHours > timesApart(chat.wordsAt, halfADay)) fault('was said before that night')
    return
  }
  if (owner !== (notice === 'crisis_holding' ? 'locked' : 'waiting')) fault(`is not the word for owner ${owner}`)
  const said = alert === null ? undefined : book.noticed.get(alert)
  if (alert === null || (said !== undefined && said !== outboxId)) fault('is the second notice of one handoff')
  else book.noticed.set(alert, outboxId)
}

const tenMinutes = 600_000
const halfADay = 43_200_000

/** How many of these times can stand so far apart. */
const timesApart = (times: readonly number[], apart: number): number => {
  let count = 0
  let last = Number.NEGATIVE_INFINITY
  for (const time of times) {
    if (time - last < apart) continue
    count += 1
    last = time
  }
  return count
}

const judgeClone = ({ book, chat, state, text, fault }: Handing): void => {
  const { owner, replyMode, introducedAsAi } = state
  const ask = book.asks.get(Number(modelWord.exec(text)?.[1]))
  if (!ask) return fault('nobody knows who wrote it')
  if (ask.chatId !== chat.chatId) fault(`it was written for ${ask.chatId}`)
  if (ask.isWish) fault('it was to be a draft')
  if (owner !== 'ai') fault(`the clone spoke while the owner was ${owner}`)
  const mode = replyMode ?? book.defaultMode
  if (mode !== 'autopilot') fault(`the clone spoke by itself in mode ${mode}`)
  if (chat.floor === 'person' || chat.lock !== 'none') fault('the clone talked over a person')
  if (chat.acceptance !== 'accepted') fault(`the clone spoke to someone who was ${chat.acceptance}`)
  if (hasOpenUnreadable(chat)) fault('the clone answered what nobody can read here')
  if (ask.acts !== chat.acts) fault('a person acted since it was thought')
  if (ask.words !== chat.words) fault('the client wrote since it was thought')
  if (isReplied(chat)) fault('it is a second reply to the same words')
  if (introducedAsAi === 0) fault('came before the disclosure')
}

/** What the coach asks for with another draft, so that it can be found again in a request. */
export const wishWords = 'shorter, and with a question'

/** Notes what the clone could know when it asked: the words of the client in the request, and the acts until then. */
export const judgeAsked = (
  book: Book,
  sqlite: SqliteDatabase,
  number: number,
  { body, plan }: { body: string; plan: ThinkPlan | undefined },
): void => {
  const asking = sqlite
    .prepare<[], { chatId: string; run: number }>(
      `SELECT c.external_chat_id AS chatId, x.seq AS run FROM egress_ledger e JOIN agent_executions x ON x.id = e.execution_id
       JOIN conversations c ON c.id = x.conversation_id WHERE e.purpose = 'reply' ORDER BY e.seq DESC LIMIT 1`,
    )
    .get()
  if (!asking) {
    book.faults.push(`request ${number}: something left without a row in the ledger`)
    return
  }
  const { chatId, newestMark, words, acts, texts } = chatOf(book, asking.chatId)
  const has = (mark: string): boolean => mark !== '' && new RegExp(`${mark}\\b`, 'u').test(body)
  const hasNewest = has(newestMark)
  for (const { text, removedAfterRun } of texts.values())
    if (removedAfterRun !== null && removedAfterRun < asking.run && has(markOf(text)))
      book.faults.push(`${chatId}: the model was given ${text}, which was taken back`)
  book.asks.set(number, { chatId, words: hasNewest ? words : -1, acts, isWish: body.includes(wishWords), plan })
}
