import { createHash, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../clock.ts'

const attemptsInChat = 5
const attemptsOfAll = 50
const countedForMs = 3_600_000

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Tells the code on the coach's screen from guesses: a few an hour for each chat, and each code only once. */
export const createLinkCheck = (clock: Clock, linkCode: () => string | null) => {
  let wrong: { chatId: string; at: number }[] = []
  let used: string | null = null
  return (chatId: string, code: string): boolean => {
    wrong = wrong.filter(({ at }) => Math.abs(clock.now() - at) < countedForMs)
    const ofChat = wrong.filter((one) => one.chatId === chatId).length
    const expected = linkCode()
    if (expected === null || expected === used || ofChat >= attemptsInChat || wrong.length >= attemptsOfAll)
      return false
    if (timingSafeEqual(digest(code), digest(expected))) {
      used = expected
      return true
    }
    wrong.push({ chatId, at: clock.now() })
    return false
  }
}
