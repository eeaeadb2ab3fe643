import { z } from 'zod'
import { done, procedure } from './base.ts'

export const channelStatus = z.object({
  name: z.string(),
  title: z.string(),
  state: z.enum(['off', 'running', 'trouble', 'finished']),
  /** A sentence for the coach: what it is doing, or what to do about the trouble. */
  detail: z.string(),
})
export type ChannelStatus = z.infer<typeof channelStatus>

/** Codes that were sent to the bot and do not fit, in the last hour; `used_up`: some chat cannot try again for a while. */
export const wrongLinkCodes = z.enum(['none', 'some', 'used_up'])
export type WrongLinkCodes = z.infer<typeof wrongLinkCodes>

export const telegramStatus = z.object({
  hasToken: z.boolean(),
  /** The environment names the token or the server; the console shows it as fixed. */
  isFixed: z.boolean(),
  username: z.string().nullable(),
  /** What the coach sends to the bot as `/link <code>` so that it can call them; null where they are linked. */
  linkCode: z.string().nullable(),
  wrongLinkCodes,
  isCoachLinked: z.boolean(),
  business: z.object({ isEnabled: z.boolean(), canReply: z.boolean() }).nullable(),
})
export type TelegramStatus = z.infer<typeof telegramStatus>

const token = z.string().trim().min(1).max(200)

export const channels = {
  list: procedure.output(z.object({ rows: z.array(channelStatus) })),
  startPractice: procedure.output(done),
  stopPractice: procedure.output(done),
  telegram: procedure.output(telegramStatus),
  /** Asks Telegram who the bot is; nothing is stored. */
  testTelegram: procedure
    .input(z.object({ token }))
    .output(z.object({ username: z.string(), name: z.string(), canConnectToBusiness: z.boolean() })),
  /** Tests the token, stores it encrypted with the data, and starts to listen. */
  connectTelegram: procedure.input(z.object({ token })).output(done),
  /** Stops listening and forgets the token; conversations stay. */
  disconnectTelegram: procedure.output(done),
  /** Sends one alert of the kind a crisis sends to the coach's own device. */
  testOwnDevice: procedure.output(done),
  unlinkCoach: procedure.output(done),
  /** Another code to link the coach's own chat with; the old one holds no more, and wrong codes count anew. */
  newLinkCode: procedure.output(done),
}
