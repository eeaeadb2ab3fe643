import { createHash, timingSafeEqual } from 'node:crypto'
import type { WrongLinkCodes } from '../../../shared/contract/channels.ts'
import type { Clock } from '../../clock.ts'

/** What became of a code that somebody sent to the bot. */
export type LinkAttempt =
  | { readonly outcome: 'linked' }
  | { readonly outcome: 'wrong' }
  /** Not even looked at. `retryMs`: when one would be again. `isTold`: the chat has read so a moment ago. */
  | { readonly outcome: 'used_up'; readonly retryMs: number; readonly isTold: boolean }

export interface Linking {
  attempt(chatId: string, code: string): LinkAttempt
  /** What came in the last hour to the code that holds now. */
  wrongCodes(): WrongLinkCodes
}

const attemptsInChat = 5
const attemptsOfAll = 50
const countedForMs = 3_600_000
/** A chat whose tries are used up is told so only so often. */
const toldForMs = 10 * 60_000

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Tells the code on the coach's screen from guesses: a few an hour for each chat, and each code only once. A new code counts anew. */
export const createLinking = (clock: Clock, linkCode: () => string | null): Linking => {
  let wrong: { readonly chatId: string; readonly at: number }[] = []
  let told = new Map<string, number>()
  let expected: string | null = null
  let used: string | null = null

  const isRecent = (at: number, ms: number): boolean => Math.abs(clock.now() - at) < ms

  const look = (): void => {
    wrong = wrong.filter(({ at }) => isRecent(at, countedForMs))
    const current = linkCode()
    if (current === expected) return
    expected = current
    wrong = []
    told = new Map()
  }

  /** How long until this chat may try again; 0 where it may now. */
  const waitOf = (chatId: string): number => {
    const ofChat = wrong.filter((one) => one.chatId === chatId)
    const untilFree = (counted: typeof wrong, most: number): number => {
      const oldest = counted.at(-most)
      return oldest ? Math.max(1, oldest.at + countedForMs - clock.now()) : 0
    }
    return Math.max(untilFree(ofChat, attemptsInChat), untilFree(wrong, attemptsOfAll))
  }

  const usedUp = (chatId: string, retryMs: number): LinkAttempt => {
    const isTold = isRecent(told.get(chatId) ?? Number.NEGATIVE_INFINITY, toldForMs)
    if (!isTold) told.set(chatId, clock.now())
    return { outcome: 'used_up', retryMs, isTold }
  }

  return {
    attempt: (chatId, code) => {
      look()
      const retryMs = waitOf(chatId)
      if (retryMs > 0) return usedUp(chatId, retryMs)
      if (expected !== null && expected !== used && timingSafeEqual(digest(code), digest(expected))) {
        used = expected
        wrong = []
        return { outcome: 'linked' }
      }
      wrong.push({ chatId, at: clock.now() })
      return { outcome: 'wrong' }
    },
    wrongCodes: () => {
      look()
      if (wrong.length === 0) return 'none'
      return wrong.some(({ chatId }) => waitOf(chatId) > 0) ? 'used_up' : 'some'
    },
  }
}
