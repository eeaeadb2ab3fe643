import type { SqliteDatabase } from '../../../db/sqlite.ts'
import type { OutgoingMessage } from '../../../host/channels/index.ts'
import type { Owner, ReplyMode } from '../../../shared/taxonomy/conversation.ts'
import { type Book, type ChatBook, chatOf } from './book.ts'
import { modelWord } from './thinker.ts'

interface State {
  owner: Owner
  /** The client's own; null where the general one holds. */
  replyMode: ReplyMode | null
  clientSeq: number
  outboxSeq: number
  messageSeq: number
  notice: string | null
  /** How often the clone tried to say what it is. */
  introductions: number
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
               AND json_extract(said.metadata, '$.notice') = 'ai_disclosure') AS introductions,
              (SELECT count(*) FROM outbox said WHERE said.conversation_id = c.id AND said.state IN ('sent','unknown')
               AND json_extract(said.metadata, '$.notice') = 'ai_disclosure') AS introduced,
              (SELECT h.id FROM handoffs h WHERE h.conversation_id = c.id AND h.to_owner IN ('waiting','locked')
               ORDER BY h.seq DESC LIMIT 1) AS alert
       FROM outbox o JOIN conversations c ON c.id = o.conversation_id JOIN clients cl ON cl.id = c.client_id
       JOIN messages m ON m.id = o.message_id WHERE o.id = ?`,
    )
    .get(outboxId)

/** Judges each message at the moment it is handed to the channel; a refused one certainly does not arrive. */
export const judgeHanded = (
  book: Book,
  sqlite: SqliteDatabase,
  { outboxId, chatId, text }: OutgoingMessage,
  isRefused: boolean,
): void => {
  const chat = chatOf(book, chatId)
  const state = stateAt(sqlite, outboxId)
  const fault = (words: string): void => void book.faults.push(`${chatId}, ${text}: ${words}`)
  if (!state) return fault('was handed over without a row in the outbox')
  if (state.clientSeq !== chat.clientSeq) Object.assign(chat, { clientSeq: state.clientSeq, replies: 0 })
  const times = (book.handed.get(outboxId) ?? 0) + 1
  const repeats = book.again.get(outboxId) ?? 0
  book.handed.set(outboxId, times)
  if (times > 1 + repeats) fault('was handed over twice')
  if (repeats === 0) {
    if (state.outboxSeq <= chat.lastOutboxSeq) fault('was overtaken')
    chat.lastOutboxSeq = state.outboxSeq
  }
  if (modelWord.test(text) && state.owner === 'locked') fault('a model wrote it, and the conversation is locked')
  const approval = book.approvals.get(outboxId)
  if (state.notice !== null) judgeNotice(book, state, repeats > 0, fault)
  else if (approval) {
    if (repeats === 0 && approval.clientSeq !== state.clientSeq) fault('the client wrote after it was approved')
    if (state.introductions === 0) fault('came before the disclosure')
  } else if (repeats === 0 && !book.humanSends.has(outboxId)) judgeClone(book, chat, state, text, fault)
  if (!isRefused && state.notice === null && state.messageSeq > state.clientSeq) chat.replies += 1
}

const judgeNotice = (
  book: Book,
  { notice, owner, alert, introduced }: State,
  isRepeat: boolean,
  fault: (words: string) => void,
): void => {
  if (isRepeat) return
  if (notice === 'ai_disclosure') {
    if (introduced > 0) fault('the clone introduced itself before')
    if (owner === 'locked') fault('the clone introduced itself in a locked conversation')
    return
  }
  if (owner !== (notice === 'crisis_holding' ? 'locked' : 'waiting')) fault(`is not the word for owner ${owner}`)
  if (alert === null || book.noticed.has(alert)) fault('is the second notice of one handoff')
  else book.noticed.add(alert)
}

const judgeClone = (
  book: Book,
  chat: ChatBook,
  { owner, replyMode, clientSeq, introductions }: State,
  text: string,
  fault: (words: string) => void,
): void => {
  const ask = book.asks.get(Number(modelWord.exec(text)?.[1]))
  if (!ask) return fault('nobody knows who wrote it')
  if (ask.chatId !== chat.chatId) fault(`it was written for ${ask.chatId}`)
  if (owner !== 'ai') fault(`the clone spoke while the owner was ${owner}`)
  if (replyMode === 'drafts' || replyMode === 'off') fault(`the clone spoke by itself in mode ${replyMode}`)
  if (chat.floor === 'person') fault('the clone talked over a person')
  if (ask.acts !== chat.acts) fault('a person acted since it was thought')
  if (ask.clientSeq !== clientSeq) fault('the client wrote since it was thought')
  if (chat.replies > 0) fault('it is a second reply to the same words')
  if (introductions === 0) fault('came before the disclosure')
  chat.autoReplies += 1
}

/** Notes what the clone could know when it asked: the words of the client in the request, and the acts until then. */
export const judgeAsked = (book: Book, sqlite: SqliteDatabase, number: number, body: string): void => {
  const asking = sqlite
    .prepare<[], { chatId: string; owner: Owner; clientSeq: number; newest: string | null }>(
      `SELECT c.external_chat_id AS chatId, c.owner AS owner, c.last_client_seq AS clientSeq, m.content AS newest
       FROM egress_ledger e JOIN agent_executions x ON x.id = e.execution_id
       JOIN conversations c ON c.id = x.conversation_id LEFT JOIN messages m ON m.seq = c.last_client_seq
       WHERE e.purpose = 'reply' ORDER BY e.seq DESC LIMIT 1`,
    )
    .get()
  if (!asking) {
    book.faults.push(`request ${number}: something left without a row in the ledger`)
    return
  }
  const mark = clientMark.exec(asking.newest ?? '')?.[0] ?? ''
  const hasNewest = mark !== '' && body.includes(mark)
  book.asks.set(number, {
    chatId: asking.chatId,
    clientSeq: hasNewest ? asking.clientSeq : 0,
    acts: chatOf(book, asking.chatId).acts,
  })
}

/** What ends each client message, so that it can be found again in a request to the model. */
const clientMark = /\bk\d+$/u
