import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log/index.ts'
import type { Channel, ChannelSink } from '../channel.ts'
import { botIdOf, checkedApiRoot } from './address.ts'
import { type Calls, createCalls } from './calls.ts'
import { createChanging } from './changing.ts'
import { createMeeting } from './connections.ts'
import type { Linking } from './linking.ts'
import { readMemory } from './memory.ts'
import { createPacer } from './pacing.ts'
import { startPolling } from './polling.ts'
import type { Afterwards } from './reading.ts'
import { createSending } from './sending.ts'
import { linkedWords, linkUsedUpWords, revoked, wrongLinkWords } from './sentences.ts'
import { createStatus, type Status } from './status.ts'
import { createTransport } from './transport.ts'

interface TelegramOptions {
  readonly clock: Clock
  readonly log: Log
  /** As @BotFather gave it. */
  readonly token: string
  /** Usually https://api.telegram.org. */
  readonly apiRoot: string
  /** Tells the code with which the coach links their own chat. */
  readonly linking: Linking
}

/** Clients and the coach on Telegram, through a bot of the coach's. Throws INVALID_INPUT for a token or address that is none. */
export const createTelegramChannel = ({ clock, log, token, apiRoot, linking }: TelegramOptions): Channel => {
  const botId = botIdOf(token)
  let sink: ChannelSink | undefined
  let status: Status = () => undefined
  let polling: ReturnType<typeof startPolling> | undefined
  let memory = readMemory(null, botId)

  const calls = createCalls({
    clock,
    transport: createTransport(clock),
    token,
    apiRoot: checkedApiRoot(apiRoot),
    record: (call) => {
      try {
        sink?.record(call)
      } catch {
        log('error', 'call_not_recorded', { channel: 'telegram', kind: call.purpose })
      }
    },
  })
  const remembered = {
    get: () => memory,
    set: (next: typeof memory) => {
      memory = next
    },
  }
  const own = { clock, calls, botId, memory: remembered.get }
  const sending = createSending({ ...own, pacer: createPacer(clock), onRevoked: () => status('trouble', revoked) })
  const changing = createChanging(own)

  return {
    name: 'telegram',
    title: 'Telegram',
    isPractice: false,
    asksBeforeAccepting: true,
    start: (given) => {
      sink = given
      status = createStatus(given)
      memory = readMemory(given.memory(), botId)
      polling = startPolling({
        clock,
        log,
        calls,
        sink: given,
        botId,
        status: (state, detail) => status(state, detail),
        tryLink: linking.attempt,
        memory: remembered,
        meetConnections: createMeeting({ calls, log, memory: remembered }),
        afterwards: (deed, signal) => perform(calls, deed, signal),
        listening: () =>
          memory.isCoachBlocking
            ? 'Listening. You have blocked the bot on your own phone, so alerts cannot reach you there.'
            : 'Listening.',
      })
    },
    stop: async () => {
      await polling?.stop()
      polling = undefined
    },
    send: sending.send,
    edit: changing.edit,
    remove: changing.remove,
    typing: changing.typing,
    alertCoach: sending.alertCoach,
    canAlertCoach: () => memory.coachChatId !== null && !memory.isCoachBlocking,
  }
}

const anything = z.unknown()

/** What a chat that sent a code is told; null where it is told nothing. */
const wordsAboutLink = (deed: Afterwards): string | null => {
  if (deed.kind === 'confirm_link') return linkedWords
  if (deed.kind !== 'refuse_link') return null
  if (deed.attempt.outcome === 'wrong') return wrongLinkWords
  return deed.attempt.isTold ? null : linkUsedUpWords(deed.attempt.retryMs)
}

/** Best effort: the update that asked for it is stored, and Telegram shows when it did not work. */
const perform = async (calls: Calls, deed: Afterwards, signal: AbortSignal): Promise<void> => {
  if (deed.kind === 'leave_group') {
    await calls.call((methods) => methods.leaveChat({ chat_id: deed.chatId }), {
      shape: anything,
      purpose: 'channel_change',
      signal,
    })
  }
  const text = wordsAboutLink(deed)
  if (text !== null && 'chatId' in deed) {
    await calls.call((methods) => methods.sendMessage({ chat_id: Number(deed.chatId), text }), {
      shape: anything,
      purpose: 'channel_setup',
      signal,
    })
  }
  if (deed.kind === 'thank_coach') {
    const options = { shape: anything, purpose: 'channel_alert', signal } as const
    const { callbackId, chatId, messageId } = deed
    const text = 'Thank you. The console knows that you have seen it.'
    await calls.call((methods) => methods.answerCallbackQuery({ callback_query_id: callbackId, text }), options)
    if (messageId === null) return
    await calls.call((methods) => methods.editMessageReplyMarkup({ chat_id: chatId, message_id: messageId }), options)
  }
}
