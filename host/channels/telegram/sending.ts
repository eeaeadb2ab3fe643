import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { CoachAlert, OutgoingMessage, SendResult } from '../channel.ts'
import type { Answer, Calls, Failure } from './calls.ts'
import type { Memory } from './memory.ts'
import type { Pacer } from './pacing.ts'
import { externalIdOf, messageIdsOf } from './reading.ts'
import { brokenOff, sendFailure, waitingTurn } from './sentences.ts'
import { longestMessage, splitText } from './split.ts'
import { type Target, targetOf } from './target.ts'

interface Parts {
  readonly clock: Clock
  readonly calls: Calls
  readonly pacer: Pacer
  readonly botId: string
  readonly memory: () => Memory
  /** Telegram refused the token. */
  readonly onRevoked: () => void
}

const sentMessage = z.object({ message_id: z.number().int() })
type Sent = z.infer<typeof sentMessage>

/** The outbox gives up after a minute: no part is begun later than this. */
const lastBeginMs = 35_000
const longestTurnMs = 10_000
const offlineFromMs = 5_000
const offlineToMs = 60_000
const betweenTriesMs = 2_000

/** Sends what the outbox and the alerts hand over. A part goes again only where Telegram certainly never had it. */
export const createSending = ({ clock, calls, pacer, botId, memory, onRevoked }: Parts) => {
  let offlineMs = offlineFromMs

  /** Notes what a failure says beyond this one message, and answers with how long to wait before another. */
  const learn = (chatId: string, failure: Failure): number => {
    if (failure.kind === 'not_connected') {
      const waitMs = offlineMs
      offlineMs = Math.min(offlineToMs, offlineMs * 2)
      return waitMs
    }
    offlineMs = offlineFromMs
    if (failure.kind === 'refused' && failure.code === 401) onRevoked()
    if (failure.kind !== 'refused' || failure.code !== 429) return offlineFromMs
    pacer.hold(chatId, failure.retryAfterMs ?? offlineFromMs)
    return failure.retryAfterMs ?? offlineFromMs
  }

  const sendPart = (to: Target, text: string, replyTo: number | undefined): Promise<Answer<Sent>> =>
    calls.call(
      (methods) =>
        methods.sendMessage({
          ...to,
          text,
          link_preview_options: { is_disabled: true },
          ...(replyTo === undefined
            ? {}
            : { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } }),
        }),
      { shape: sentMessage, purpose: null },
    )

  const mayTryAgain = ({ kind, ...failure }: Failure): boolean =>
    kind === 'not_connected' || ('code' in failure && failure.code === 429)

  /** A part behind the first: worth some patience, because the message is half there already. */
  const sendFurther = async (
    chatId: string,
    to: Target,
    text: string,
    deadline: number,
  ): Promise<Sent | Failure | null> => {
    for (;;) {
      if (clock.now() + pacer.waitFor(chatId) > deadline) return null
      await pacer.turn(chatId)
      const answer = await sendPart(to, text, undefined)
      if (answer.ok) return answer.result
      learn(chatId, answer.failure)
      if (!mayTryAgain(answer.failure)) return answer.failure
      pacer.hold(chatId, betweenTriesMs)
    }
  }

  const send = async ({ chatId, text, replyTo }: OutgoingMessage): Promise<SendResult> => {
    const deadline = clock.now() + lastBeginMs
    const to = targetOf(chatId, memory())
    if ('refusal' in to) return { outcome: 'failed', message: to.refusal }
    const [first, ...further] = splitText(text)
    if (first === undefined)
      return { outcome: 'failed', message: 'There is nothing in this message that could be sent.' }
    const waitMs = pacer.waitFor(chatId)
    if (waitMs > longestTurnMs) return waitingTurn(waitMs)
    await pacer.turn(chatId)
    const answered = replyTo === undefined ? null : messageIdsOf(botId, [replyTo])
    const answer = await sendPart(to, first, answered?.[0])
    if (!answer.ok) return sendFailure(answer.failure, learn(chatId, answer.failure))
    offlineMs = offlineFromMs
    const furtherIds: string[] = []
    for (const part of further) {
      const sent = await sendFurther(chatId, to, part, deadline)
      if (sent === null || 'kind' in sent) return brokenOff(1 + furtherIds.length, 1 + further.length, sent)
      furtherIds.push(externalIdOf(botId, sent.message_id))
    }
    const externalId = externalIdOf(botId, answer.result.message_id)
    return { outcome: 'sent', externalId, ...(furtherIds.length > 0 ? { furtherIds } : {}) }
  }

  const alertCoach = async ({ handoffId, text }: CoachAlert): Promise<SendResult> => {
    const { coachChatId } = memory()
    if (coachChatId === null) {
      return { outcome: 'failed', message: 'Your own Telegram is not linked to the bot yet. Link it in Settings.' }
    }
    const [start] = splitText(text, longestMessage)
    const answer = await calls.call(
      (methods) =>
        methods.sendMessage({
          chat_id: Number(coachChatId),
          text: start ?? 'OpenCoach needs you. Please open the console.',
          link_preview_options: { is_disabled: true },
          reply_markup: { inline_keyboard: [[{ text: 'I have seen it', callback_data: `ack:${handoffId}` }]] },
        }),
      { shape: sentMessage, purpose: 'channel_alert' },
    )
    return answer.ok
      ? { outcome: 'sent', externalId: externalIdOf(botId, answer.result.message_id) }
      : sendFailure(answer.failure, learn(coachChatId, answer.failure))
  }

  return { send, alertCoach }
}
