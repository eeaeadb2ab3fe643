/** What the test itself knows of one conversation, kept apart from the database it is held against. */
export interface ChatBook {
  readonly chatId: string
  /** Who has the floor by the coach's own acts; policy handoffs are read from the database. */
  floor: 'clone' | 'person'
  /** Committed acts that outdate whatever the clone was thinking. */
  acts: number
  /** Replies handed over since the client last wrote, of whatever author. */
  replies: number
  clientSeq: number
  lastOutboxSeq: number
  /** The newest client message when the coach last discarded a draft. */
  discardedAt: number
  /** Auto replies that reached the channel. */
  autoReplies: number
}

export interface Approval {
  readonly chatId: string
  readonly draftId: string
  readonly clientSeq: number
  readonly text: string
}

export interface Book {
  readonly chats: Map<string, ChatBook>
  readonly approvals: Map<string, Approval>
  readonly humanSends: Set<string>
  /** How often the coach asked for a send to be repeated, by outbox id. */
  readonly again: Map<string, number>
  /** Approvals the coach decided about once more: discarded, approved again, or their trouble settled. */
  readonly settled: Set<string>
  readonly handed: Map<string, number>
  /** One fixed notice at most for each of these handoffs. */
  readonly noticed: Set<string>
  /** What the clone knew when the model was asked, by the number of the request. */
  readonly asks: Map<number, { chatId: string; clientSeq: number; acts: number }>
  readonly faults: string[]
}

export const createBook = (): Book => ({
  chats: new Map(),
  approvals: new Map(),
  humanSends: new Set(),
  again: new Map(),
  settled: new Set(),
  handed: new Map(),
  noticed: new Set(),
  asks: new Map(),
  faults: [],
})

/** The book of one chat, opened where it is new. */
export const chatOf = (book: Book, chatId: string): ChatBook => {
  const known = book.chats.get(chatId)
  if (known) return known
  const chat: ChatBook = {
    chatId,
    floor: 'clone',
    acts: 0,
    replies: 0,
    clientSeq: 0,
    lastOutboxSeq: 0,
    discardedAt: 0,
    autoReplies: 0,
  }
  book.chats.set(chatId, chat)
  return chat
}
