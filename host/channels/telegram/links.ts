import type { TelegramStatus } from '../../../shared/contract/channels.ts'
import { botIdOf } from './address.ts'
import { type Memory, readMemory, usableConnection } from './memory.ts'

/** Who is linked to the bot of this token: the coach's own chat, and the account they lent it. */
export const telegramLinks = (memory: unknown, token: string): Pick<TelegramStatus, 'isCoachLinked' | 'business'> => {
  const known = readMemory(memory, botIdOf(token))
  const newest = usableConnection(known) ?? known.connections.at(-1)
  return {
    isCoachLinked: known.coachChatId !== null,
    business: newest ? { isEnabled: newest.isEnabled, canReply: newest.canReply } : null,
  }
}

/** What stays remembered once the coach's own chat is no longer to be called. */
export const forgetCoach = (memory: unknown, token: string): Memory => ({
  ...readMemory(memory, botIdOf(token)),
  coachChatId: null,
  isCoachBlocking: false,
})
