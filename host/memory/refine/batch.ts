import type { Queries } from '../../../db/sqlite.ts'
import { between, longestGiven, oldestReadMs } from '../../modelReading/index.ts'
import { readSignals } from '../../signals/index.ts'
import { changesAfter, lastChange, messageOf, messagesAfter, type ReadMessage } from '../remember/index.ts'
import type { Thread } from '../sessions/index.ts'
import type { GivenMessage } from './judge.ts'
import type { Reached } from './refinementStore.ts'

/** So many messages at once, and fewer after each failure, so that one message spoils few others. */
const sizes = [40, 10, 2] as const
/** How often the same batch may fail; then it is left to the rules. */
export const mostFailures = sizes.length
export const mostMessages = sizes[0]
/** About 4,000 tokens of English. */
const mostCharacters = 16_000
const pageLength = 200
/** Many messages of long ago are passed over before the first that is given. */
const pagesAtOnce = 20
const changesAtOnce = 100

export interface Batch {
  readonly messages: readonly GivenMessage[]
  readonly uptoSeq: number
  readonly changeSeq: number
}

/** How far rules have come: nothing is given to a model before they read it. */
interface ReadByRules {
  readonly extractedSeq: number
  readonly changeSeq: number
}

/**
 * Words of the client that still stand, not too old, and without a sign of danger: those stay on the crisis path. A
 * message whose signals were never stored is read for them now.
 */
const mayBeGiven = ({ senderType, stands, text, sentAt, crisis }: ReadMessage, oldest: number): boolean =>
  senderType === 'client' &&
  stands &&
  text.trim() !== '' &&
  sentAt >= oldest &&
  crisis === 'none' &&
  readSignals(text).crisis.severity === 'none'

/** The next messages of one client for a model: first those that were changed since it read them, then new ones. */
export const takeBatch = (
  queries: Queries,
  thread: Thread,
  reached: Reached,
  rules: ReadByRules,
  now: number,
): Batch => {
  const most = sizes[Math.min(reached.failures, sizes.length - 1)] ?? 1
  const oldest = now - oldestReadMs
  const messages: GivenMessage[] = []
  let characters = 0
  /** False where it no longer fits. A message given twice is one. */
  const take = (message: ReadMessage): boolean => {
    if (!mayBeGiven(message, oldest) || messages.some(({ seq }) => seq === message.seq)) return true
    const length = Math.min(message.text.length, longestGiven)
    if (messages.length === most || (messages.length > 0 && characters + length > mostCharacters)) return false
    characters += length
    messages.push({ seq: message.seq, text: message.text, sentAt: message.sentAt })
    return true
  }

  let changeSeq = reached.changeSeq ?? Math.min(lastChange(queries, thread.clientId), rules.changeSeq)
  for (const change of changesAfter(queries, thread.clientId, changeSeq, changesAtOnce)) {
    if (change.seq > rules.changeSeq) break
    const message = messageOf(queries, thread.clientId, change.messageSeq)
    const isOurs = message?.conversationId === thread.conversationId && message.seq <= reached.uptoSeq
    if (message !== undefined && isOurs && !take(message)) return { messages, uptoSeq: reached.uptoSeq, changeSeq }
    changeSeq = change.seq
  }
  let { uptoSeq } = reached
  for (let pages = 0; pages < pagesAtOnce; pages += 1) {
    const page = messagesAfter(queries, thread, uptoSeq, pageLength)
    for (const message of page) {
      if (message.seq > rules.extractedSeq || !take(message)) return { messages, uptoSeq, changeSeq }
      uptoSeq = message.seq
    }
    if (page.length < pageLength) break
  }
  return { messages, uptoSeq, changeSeq }
}

/** The messages as the model reads them, numbered from 1. */
export const inWords = (messages: readonly GivenMessage[]): string =>
  messages.map(({ text }, index) => between(`message ${index + 1}`, text)).join('\n\n')
