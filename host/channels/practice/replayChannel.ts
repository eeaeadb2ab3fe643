import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { Channel, ChannelSink } from '../channel.ts'
import { createDelivery, type Delivery } from './delivery.ts'
import { sendReceipts } from './receipts.ts'
import type { Replay, ReplayMessage } from './replay.ts'
import { parseJson } from './state.ts'
import { createTimers } from './timers.ts'

interface ReplayOptions {
  readonly replay: Replay
  readonly clock: Clock
  /** How many times faster than life; 1 unless told. */
  readonly speed?: number
  readonly onFinished?: () => void
}

const position = z.object({
  hash: z.string(),
  /** Tells one playing of a file from the next, so that update ids never clash. */
  run: z.string().min(1),
  sent: z.number().int().min(0),
})
type Position = z.infer<typeof position>

const name = 'replay'
const longestWaitMs = 2_500

/** Plays what the client of a recorded conversation wrote, in real time, to the last message. */
export const createReplayChannel = ({ replay, clock, speed = 1, onFinished }: ReplayOptions): Channel => {
  const { messages } = replay
  const fromTheStart = (): Position => ({ hash: replay.hash, run: randomUUID(), sent: 0 })
  let timers = createTimers(clock)
  let at = fromTheStart()
  let sink: ChannelSink | undefined
  let delivery: Delivery | undefined
  /** Goes on with the next message; set while an answer to the last one is awaited. */
  let answered: (() => void) | undefined

  const chatId = (): string => `${name}:${replay.hash.slice(0, 12)}:${at.run}`

  const report = (): void => {
    const played = `${at.sent} of ${messages.length} messages`
    if (at.sent < messages.length) sink?.report('running', `Played ${played}.`)
    else sink?.report('finished', `The replay is over: ${played} were played.`)
  }

  const goOn = (): void => {
    report()
    const next = messages[at.sent]
    if (!next) return onFinished?.()
    const type = () => void timers.after(typingMs(next) / speed, () => write(next))
    if (!messages[at.sent - 1]?.awaitsAnswer) return type()
    const giveUp = timers.after(longestWaitMs / speed, () => answered?.())
    answered = () => {
      answered = undefined
      giveUp()
      type()
    }
  }

  const write = ({ text }: ReplayMessage): void => {
    const updateId = `${name}:${at.sent}:${at.run}`
    const after = { ...at, sent: at.sent + 1 }
    const sentAt = clock.now()
    const message = { updateId, chatId: chatId(), externalId: updateId, senderName: 'Replay client', text, sentAt }
    delivery?.deliver(
      () => ({ messages: [message], cursor: JSON.stringify(after) }),
      () => {
        at = after
        goOn()
      },
    )
  }

  return {
    name,
    title: 'Replay',
    isPractice: true,
    start: (given) => {
      sink = given
      timers = createTimers(clock)
      answered = undefined
      delivery = createDelivery(given, clock, report)
      const stored = position.safeParse(parseJson(given.cursor()))
      const isOurs = stored.success && stored.data.hash === replay.hash && stored.data.sent <= messages.length
      at = isOurs ? stored.data : fromTheStart()
      goOn()
    },
    stop: async () => {
      timers.stop()
      await delivery?.stop()
    },
    send: (message) => {
      if (!sink) return Promise.resolve({ outcome: 'failed', message: 'The replay has not begun.' })
      const externalId = randomUUID()
      const readInMs = 1_000 / speed
      sendReceipts(
        sink,
        clock,
        timers,
        { chatId: message.chatId, externalId },
        { deliveredInMs: readInMs / 4, readInMs },
      )
      if (message.chatId === chatId()) answered?.()
      return Promise.resolve({ outcome: 'sent', externalId })
    },
  }
}

const typingMs = ({ text }: ReplayMessage): number => Math.min(4_000, 600 + text.length * 20)
