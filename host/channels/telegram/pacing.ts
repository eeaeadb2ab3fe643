import type { Clock } from '../../clock.ts'

const betweenInChatMs = 1_000
const betweenAnyMs = 1_000 / 30

export interface Pacer {
  /** How long a message to this chat would have to wait now. Milliseconds. */
  waitFor(chatId: string): number
  /** Takes the next place and resolves when it is due. */
  turn(chatId: string): Promise<void>
  /** Nothing more to this chat for a while, because Telegram said so. */
  hold(chatId: string, ms: number): void
}

/** Keeps within what Telegram allows, one message a second and chat and thirty altogether, so that it rarely refuses. */
export const createPacer = (clock: Clock): Pacer => {
  const nextInChat = new Map<string, number>()
  let nextOfAll = 0

  const until = async (at: number): Promise<void> => {
    const waitMs = at - clock.now()
    if (waitMs > 0) await new Promise<void>((resolve) => clock.after(waitMs, resolve))
  }
  const forgetPast = (): void => {
    if (nextInChat.size < 1_000) return
    for (const [chatId, at] of nextInChat) if (at <= clock.now()) nextInChat.delete(chatId)
  }

  return {
    waitFor: (chatId) => Math.max(0, nextOfAll - clock.now(), (nextInChat.get(chatId) ?? 0) - clock.now()),
    turn: async (chatId) => {
      forgetPast()
      const inChat = Math.max(clock.now(), nextInChat.get(chatId) ?? 0)
      nextInChat.set(chatId, inChat + betweenInChatMs)
      await until(inChat)
      const ofAll = Math.max(clock.now(), nextOfAll)
      nextOfAll = ofAll + betweenAnyMs
      await until(ofAll)
    },
    hold: (chatId, ms) => {
      nextInChat.set(chatId, Math.max(nextInChat.get(chatId) ?? 0, clock.now() + ms))
    },
  }
}
