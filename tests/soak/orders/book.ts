import type { InboundMessage } from '../../../host/channels/index.ts'
import type { acceptances, ReplyMode } from '../../../shared/taxonomy/conversation.ts'
import type { ThinkPlan } from './thinker.ts'

export interface WrittenText {
  /** The how many-th message of the client it is, from 1. */
  readonly at: number
  /** Milliseconds UTC. */
  readonly wroteAt: number
  text: string
  /** What stood there before the client changed it, oldest first. */
  readonly earlier: string[]
  /** The newest run of the clone when the client took it back; null while it stands. */
  removedAfterRun: number | null
}

/** What the test itself knows of one conversation, kept apart from the database it is held against. */
export interface ChatBook {
  readonly chatId: string
  /** Who has the floor by what people did; calls for the coach are read from the database. */
  floor: 'clone' | 'person'
  /** After words of danger only the coach unlocks, by taking over. */
  lock: 'none' | 'locked' | 'inHand'
  acceptance: (typeof acceptances)[number]
  /** The client follows the general reply mode. */
  hasDefaultMode: boolean
  /** Committed acts that outdate whatever the clone was thinking. */
  acts: number
  /** How many messages the client wrote. */
  written: number
  /** Which of them is the newest that they have not taken back; 0 where none is left. */
  wrote: number
  /** Rises with each of them, and with each change of words that nobody had answered. */
  words: number
  wroteAt: number
  /** The mark that ends the client's newest words. */
  newestMark: string
  readonly texts: Map<string, WrittenText>
  /** Which of the client's messages nobody can read here. */
  readonly unreadable: Set<number>
  /** `wrote` for each reply that may have reached the client, of whatever author, by its outbox id. */
  readonly replied: Map<string, number>
  /** `wrote` when the coach last handed back, ended a crisis or discarded a draft. */
  handedBackAt: number
  crisisEndedAt: number
  discardedAt: number
  /** `words` when the coach last asked for another draft. */
  askedForDraftAt: number
  /** When the coach wrote on their own phone, where that was their last word; milliseconds UTC. */
  phoneAt: number | null
  /** What it was before they wrote here, and is again where they take that back. */
  phoneAtBefore: number | null
  /** When the client wrote something, and when they asked whether a person answers; milliseconds UTC. */
  readonly wordsAt: number[]
  readonly asksIfAiAt: number[]
  aiAnswers: number
  outOfHours: number
  lastOutboxSeq: number
  /** Auto replies that reached the channel. */
  autoReplies: number
}

export interface Approval {
  readonly chatId: string
  readonly draftId: string
  readonly wrote: number
  readonly text: string
}

export interface CoachSend {
  readonly chatId: string
  readonly text: string
  /** Not before, milliseconds UTC: the undo window, or the time chosen. */
  readonly notBefore: number
  readonly isScheduled: boolean
  /** How much the client had written by then. */
  readonly wrote: number
  readonly onlyIfSilent: boolean
}

export interface Ask {
  readonly chatId: string
  readonly words: number
  readonly acts: number
  /** The coach asked for another draft. */
  readonly isWish: boolean
  readonly plan: ThinkPlan | undefined
}

export interface Book {
  readonly chats: Map<string, ChatBook>
  readonly approvals: Map<string, Approval>
  readonly coachSends: Map<string, CoachSend>
  /** What the coach took back while it was still here. */
  readonly takenBack: Set<string>
  /** How often the coach asked for a send to be repeated, by outbox id. */
  readonly again: Map<string, number>
  /** How often the channel said for certain that it was not delivered and may be tried later. */
  readonly later: Map<string, number>
  /** Approvals the coach decided about once more: discarded, approved again, or their trouble settled. */
  readonly settled: Set<string>
  readonly handed: Map<string, number>
  /** The one fixed notice of each handoff. */
  readonly noticed: Map<string, string>
  /** What the clone knew when the model was asked, by the number of the request. */
  readonly asks: Map<number, Ask>
  readonly faults: string[]
  defaultMode: ReplyMode
  silence: { minutes: number; what: 'ask' | 'end' }
  /** In quiet hours the clone may have left drafts instead of answers. */
  hadQuietDrafts: boolean
  clockWentBack: boolean
  /** Nothing that waits for its time waits longer than until then, milliseconds UTC. */
  horizon: number
}

export const createBook = (defaultMode: ReplyMode = 'drafts'): Book => ({
  chats: new Map(),
  approvals: new Map(),
  coachSends: new Map(),
  takenBack: new Set(),
  again: new Map(),
  later: new Map(),
  settled: new Set(),
  handed: new Map(),
  noticed: new Map(),
  asks: new Map(),
  faults: [],
  defaultMode,
  silence: { minutes: 30, what: 'ask' },
  hadQuietDrafts: false,
  clockWentBack: false,
  horizon: 0,
})

/** The book of one chat, opened where it is new. */
export const chatOf = (book: Book, chatId: string): ChatBook => {
  const known = book.chats.get(chatId)
  if (known) return known
  const chat: ChatBook = {
    chatId,
    floor: 'clone',
    lock: 'none',
    acceptance: 'accepted',
    hasDefaultMode: true,
    acts: 0,
    written: 0,
    wrote: 0,
    words: 0,
    wroteAt: 0,
    newestMark: '',
    texts: new Map(),
    unreadable: new Set(),
    replied: new Map(),
    handedBackAt: 0,
    crisisEndedAt: 0,
    discardedAt: 0,
    askedForDraftAt: 0,
    phoneAt: null,
    phoneAtBefore: null,
    wordsAt: [],
    asksIfAiAt: [],
    aiAnswers: 0,
    outOfHours: 0,
    lastOutboxSeq: 0,
    autoReplies: 0,
  }
  book.chats.set(chatId, chat)
  return chat
}

/** Words that lock a conversation, and words that ask what answers. */
export const crisisWords = 'I want to kill myself tonight'
export const asksIfAiWords = 'Are you a bot?'

const markAtEnd = /\bk\d+$/u

const noteWords = (chat: ChatBook, text: string, now: number): void => {
  chat.wordsAt.push(now)
  if (text.includes(asksIfAiWords)) chat.asksIfAiAt.push(now)
  if (text.includes(crisisWords) && chat.lock !== 'inHand') chat.lock = 'locked'
}

/** A client's message, or the coach's own from their phone, is stored. */
export const noteMessage = (book: Book, message: InboundMessage, asksBeforeAccepting: boolean, now: number): void => {
  const isNew = !book.chats.has(message.chatId)
  const chat = chatOf(book, message.chatId)
  if (message.from === 'coach') {
    if (isNew && asksBeforeAccepting) chat.acceptance = 'requested'
    chat.acts += 1
    chat.floor = 'person'
    chat.phoneAt = now
    chat.phoneAtBefore = null
    chat.replied.set(message.externalId, chat.wrote)
    return
  }
  if (isNew && asksBeforeAccepting) chat.acceptance = 'requested'
  chat.written += 1
  chat.words += 1
  const wroteAt = Math.min(message.sentAt, now)
  chat.texts.set(message.externalId, {
    at: chat.written,
    wroteAt,
    text: message.text,
    earlier: [],
    removedAfterRun: null,
  })
  if (message.unreadable !== undefined) chat.unreadable.add(chat.written)
  noteNewest(chat)
  noteWords(chat, message.text, now)
}

/** A client changed words of theirs. */
export const noteEdit = (book: Book, chatId: string, externalId: string, text: string, now: number): void => {
  const chat = chatOf(book, chatId)
  const written = chat.texts.get(externalId)
  if (!written) return
  written.earlier.push(written.text)
  written.text = text
  if (!isReplied(chat)) chat.words += 1
  noteNewest(chat)
  noteWords(chat, text, now)
}

/** A client took messages of theirs back; what their words raised stays raised. */
export const noteRemoval = (book: Book, chatId: string, externalIds: readonly string[], newestRun: number): void => {
  const chat = chatOf(book, chatId)
  const repliedAt = Math.max(0, ...chat.replied.values())
  for (const externalId of externalIds) {
    const written = chat.texts.get(externalId)
    if (!written || written.removedAfterRun !== null) continue
    written.removedAfterRun = newestRun
    chat.unreadable.delete(written.at)
    if (written.at > repliedAt || written.at === chat.wrote) chat.words += 1
  }
  noteNewest(chat)
}

/** The mark that ends a client's words, by which they are known wherever they turn up; empty where there is none. */
export const markOf = (text: string): string => markAtEnd.exec(text)?.[0] ?? ''

const noteNewest = (chat: ChatBook): void => {
  const newest = [...chat.texts.values()].findLast(({ removedAfterRun }) => removedAfterRun === null)
  chat.wrote = newest?.at ?? 0
  chat.wroteAt = newest?.wroteAt ?? 0
  chat.newestMark = markOf(newest?.text ?? '')
}

/** Somebody replied to the client's newest words. */
export const isReplied = ({ replied, wrote }: ChatBook): boolean => [...replied.values()].some((at) => at >= wrote)

/** Silence after the coach's phone may end what their message opened; never after a crisis, nor after they came back. */
export const mayEndBySilence = ({ silence }: Book, { phoneAt, lock }: ChatBook, now: number): boolean =>
  silence.what === 'end' && lock === 'none' && phoneAt !== null && now - phoneAt >= silence.minutes * 60_000

/** What nobody can read here is still unanswered, and no newer words have come since the coach dealt with it. */
export const hasOpenUnreadable = ({ unreadable, replied, handedBackAt, wrote }: ChatBook): boolean => {
  const repliedAt = Math.max(0, ...replied.values())
  return [...unreadable].some((at) => at > repliedAt && (at > handedBackAt || wrote <= handedBackAt))
}
