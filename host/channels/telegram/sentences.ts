import type { Problem } from '../../../shared/problem.ts'
import type { ChangeResult, SendResult } from '../channel.ts'
import type { Failure } from './calls.ts'
import type { Afterwards } from './reading.ts'

/** Everything the coach reads about Telegram, in one place. Nothing here repeats what Telegram's answer said. */

type Refusal = Extract<Failure, { kind: 'refused' }>

export const revoked =
  'Telegram no longer accepts the token of your bot. Open the chat with @BotFather, ask for the token of your bot, and enter it in Settings.'
const unreachable =
  'Telegram cannot be reached at the moment. This console keeps trying; Telegram keeps what clients write for 24 hours.'

/** Why no messages come in at the moment. */
export const pollTrouble = (failure: Failure): string => {
  if (failure.kind !== 'refused') return unreachable
  if (failure.code === 401 || failure.code === 404) return revoked
  if (failure.code !== 409)
    return `Telegram does not answer as expected (error ${failure.code}). This console keeps trying.`
  return /webhook/iu.test(failure.description)
    ? 'Another service receives the messages of this bot (a webhook is set). Disconnect the bot there, or make a new one with @BotFather and enter its token in Settings.'
    : 'Another program receives the messages of this bot, perhaps OpenCoach on a second computer. Close it there; this console then goes on by itself.'
}

export const storingTrouble = (problem: Problem): string =>
  `Messages from Telegram could not be stored and are tried again. ${problem.message}`

export const refusedTrouble =
  'A message from Telegram could not be stored so far. This console keeps trying; look into Telegram if it stays like this.'

/** What the coach is told about what just happened, beside how the channel is doing. */
export const noticeOf = ({ kind }: Afterwards): string | null => {
  if (kind === 'leave_group')
    return 'Somebody added the bot to a group. It leaves: it only talks with one person at a time.'
  if (kind === 'refuse_link') return 'Somebody sent the bot a link code that does not fit.'
  return kind === 'refuse_connection'
    ? 'Somebody else tried to connect their own Telegram account to this bot. It was not accepted.'
    : null
}

/** What the chat reads that sent a code; fixed, so that nobody learns more than whether it was right. */
export const linkedWords = 'This chat is linked. OpenCoach will call you here when a client needs you.'
export const wrongLinkWords =
  'That code is not right or has expired. You find the current one in OpenCoach under Settings.'

/** `retryMs`: how long until a code is looked at again. */
export const linkUsedUpWords = (retryMs: number): string => {
  const minutes = Math.ceil(retryMs / 60_000)
  return `There were too many wrong codes, so none is looked at for now. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, or make a new code in OpenCoach under Settings.`
}

const sendRefusals: readonly (readonly [RegExp, string])[] = [
  [/blocked by the user/iu, 'This client has blocked your bot, so nothing can be sent until they let it in again.'],
  [/deactivated/iu, 'This Telegram account no longer exists.'],
  [
    /initiate conversation|chat not found|user not found|peer_id_invalid/iu,
    'Telegram does not know this chat with your bot. The client has to write to the bot first.',
  ],
  [
    /business_peer_usage_missing/iu,
    'Telegram lets the bot write in your own chats only within 24 hours of the client’s last message. Write from your phone instead.',
  ],
  [
    /business/iu,
    'The bot may not write in this chat of yours. Check in Telegram, under Settings, Telegram Business, Chatbots.',
  ],
  [/message text is empty|must be non-empty/iu, 'There is nothing in this message that could be sent.'],
]

const sendRefusal = ({ code, description }: Refusal): string => {
  if (code === 401 || code === 404) return revoked
  return (
    sendRefusals.find(([said]) => said.test(description))?.[1] ??
    `Telegram did not accept this message (error ${code}).`
  )
}

const busy = 'Telegram asked to wait a little; the message goes out as soon as it may.'
const offline = 'Telegram cannot be reached; the message goes out when the connection is back.'
export const unanswered = 'Telegram did not say whether this message arrived. It may have.'
export const withoutConnection =
  'Your own Telegram account is not connected to the bot any more. Connect it in Telegram, under Settings, Telegram Business, Chatbots.'
export const withoutPermission =
  'The bot may not answer in your own chats. Allow it in Telegram, under Settings, Telegram Business, Chatbots.'

/** What became of a message of which nothing arrived before. Only where that is certain it may go again. */
export const sendFailure = (failure: Failure, retryMs: number): Exclude<SendResult, { outcome: 'sent' }> => {
  if (failure.kind === 'not_connected') return { outcome: 'later', afterMs: retryMs, message: offline }
  if (failure.kind === 'no_answer') return { outcome: 'unknown', message: unanswered }
  return failure.code === 429
    ? { outcome: 'later', afterMs: failure.retryAfterMs ?? retryMs, message: busy }
    : { outcome: 'failed', message: sendRefusal(failure) }
}

export const waitingTurn = (afterMs: number): SendResult => ({ outcome: 'later', afterMs, message: busy })

/** What became of a message whose first parts arrived. */
export const brokenOff = (arrived: number, total: number, failure: Failure | null): SendResult => ({
  outcome: 'unknown',
  message: `This message went out in ${total} parts. ${arrived === 1 ? 'The first arrived' : `The first ${arrived} arrived`}; ${
    failure?.kind === 'no_answer' ? 'the next may have, and the rest did not.' : 'the rest did not.'
  }`,
})

export const refused = (message: string): ChangeResult => ({ outcome: 'refused', message })

export const otherBot = 'This message went out through another bot, so it cannot be changed here.'
export const otherLength = (before: number, after: number): string =>
  `This message went out in ${before} ${before === 1 ? 'part' : 'parts'} and would now need ${after}. Write a new message instead.`

/** Why a sent message could not be changed or taken back. */
export const changeFailure = (failure: Failure, what: 'changed' | 'taken back'): string => {
  if (failure.kind !== 'refused') return `Telegram did not answer, so this may not be ${what} yet. Try again.`
  if (failure.code === 429) return 'Telegram asked to wait a little. Try again in a minute.'
  if (failure.code === 401) return revoked
  if (/business|not enough rights|forbidden/iu.test(failure.description)) {
    return `The bot may not do this in your own chats, so the message was not ${what}. Do it on your phone, or allow it in Telegram, under Settings, Telegram Business, Chatbots.`
  }
  if (/not found/iu.test(failure.description)) return 'This message is no longer there; the client may have removed it.'
  return `Telegram does not allow this message to be ${what} any more. It may be too old.`
}
