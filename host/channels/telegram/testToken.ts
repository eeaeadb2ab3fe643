import { z } from 'zod'
import { Problem } from '../../../shared/problem.ts'
import { systemClock } from '../../clock.ts'
import type { ChannelCall } from '../channel.ts'
import { botIdOf, checkedApiRoot } from './address.ts'
import { createCalls } from './calls.ts'
import { createTransport } from './transport.ts'

export interface TelegramBot {
  /** Without the @. */
  readonly username: string
  readonly name: string
  readonly canJoinGroups: boolean
  /** Whether the coach may connect it to their own account (Telegram Business). */
  readonly canConnectToBusiness: boolean
}

const bot = z.object({
  is_bot: z.literal(true),
  first_name: z.string(),
  username: z.string().min(1),
  can_join_groups: z.boolean().optional(),
  can_connect_to_business: z.boolean().optional(),
})
const testTimeoutMs = 15_000

/** Asks Telegram whose token this is. Throws INVALID_INPUT with a sentence that says what to do. */
export const testTelegramToken = async ({
  token,
  apiRoot,
  record = () => undefined,
}: {
  readonly token: string
  readonly apiRoot: string
  readonly record?: (call: ChannelCall) => void
}): Promise<TelegramBot> => {
  const clock = systemClock
  botIdOf(token)
  const calls = createCalls({
    clock,
    transport: createTransport(clock),
    token,
    apiRoot: checkedApiRoot(apiRoot),
    record,
  })
  const answer = await calls.call((methods) => methods.getMe(), {
    shape: bot,
    purpose: 'channel_setup',
    timeoutMs: testTimeoutMs,
  })
  if (answer.ok) {
    const { first_name, username, can_join_groups = false, can_connect_to_business = false } = answer.result
    return { username, name: first_name, canJoinGroups: can_join_groups, canConnectToBusiness: can_connect_to_business }
  }
  const { failure } = answer
  if (failure.kind === 'not_connected') {
    throw invalid('Telegram cannot be reached. Check that this computer is online, then try again.')
  }
  if (failure.kind === 'no_answer') {
    throw invalid(
      'What answered there is not Telegram. Check the address of the server, and whether a page of your network asks you to log in first.',
    )
  }
  if (failure.code === 401 || failure.code === 404) {
    throw invalid(
      'Telegram does not know this token. Copy it once more from the chat with @BotFather, or ask there for a new one.',
    )
  }
  throw invalid(
    failure.code === 429
      ? 'Telegram asks to wait a little. Try again in a minute.'
      : `Telegram did not accept this (error ${failure.code}). Try again in a while.`,
  )
}

const invalid = (sentence: string): Problem => new Problem('INVALID_INPUT', sentence)
