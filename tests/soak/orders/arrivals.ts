import type { SqliteDatabase } from '../../../db/sqlite.ts'
import type { Owner } from '../../../shared/taxonomy/conversation.ts'
import { type Book, type ChatBook, mayEndBySilence, noteEdit, noteMessage, noteRemoval } from './book.ts'
import { updateOf, type Written } from './farEnd.ts'

interface Arrivals {
  readonly book: Book
  readonly written: readonly Written[]
  readonly sqlite: SqliteDatabase
  readonly asksBeforeAccepting: boolean
  readonly now: number
}

/** Notes in the book what the house has stored since the last look, and that nobody but people changed who has the floor. */
export const noteArrivals = ({ book, written, sqlite, asksBeforeAccepting, now }: Arrivals): void => {
  const isStored = sqlite.prepare<[string], { seen: number }>(
    'SELECT 1 AS seen FROM channel_dedupe WHERE update_id = ?',
  )
  const newestRun = sqlite.prepare<[], { seq: number }>('SELECT seq FROM agent_executions ORDER BY seq DESC LIMIT 1')
  for (const entry of written) {
    if (entry.isNoted) continue
    if (!isStored.get(updateOf(entry).updateId)) break
    entry.isNoted = true
    if (entry.message) noteMessage(book, entry.message, asksBeforeAccepting, now)
    else if (entry.change.kind === 'edit')
      noteEdit(book, entry.change.chatId, entry.change.externalId, entry.change.text, now)
    else noteRemoval(book, entry.change.chatId, entry.change.externalIds, newestRun.get()?.seq ?? 0)
  }
  const ownerOf = sqlite.prepare<[string], { owner: Owner }>(
    'SELECT owner FROM conversations WHERE external_chat_id = ?',
  )
  for (const chat of book.chats.values()) {
    const owner = ownerOf.get(chat.chatId)?.owner
    if (owner) checkOwner(book, chat, owner, now)
  }
}

const checkOwner = (book: Book, chat: ChatBook, owner: Owner, now: number): void => {
  const fault = (words: string): void => void book.faults.push(`${chat.chatId}: ${words}`)
  if (chat.lock === 'locked') {
    if (owner !== 'locked') fault(`words of danger, and the owner is ${owner}`)
    return
  }
  if (owner === 'locked') {
    chat.lock = 'locked'
    return
  }
  if (owner === 'human') {
    if (chat.floor !== 'person') fault('the owner is a person, and nobody took over')
    return
  }
  if (chat.floor === 'clone') return
  if (!mayEndBySilence(book, chat, now)) fault('it went back to the clone by itself')
  chat.floor = 'clone'
  book.horizon = Math.max(book.horizon, now)
  chat.acts += 1
  chat.handedBackAt = chat.wrote
  chat.phoneAt = null
  chat.phoneAtBefore = null
}
