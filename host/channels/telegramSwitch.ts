import { randomInt } from 'node:crypto'
import { z } from 'zod'
import type { Queries } from '../../db/sqlite.ts'
import type { Write } from '../../db/write.ts'
import type { TelegramStatus } from '../../shared/contract/channels.ts'
import { Problem, toProblem } from '../../shared/problem.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log/index.ts'
import { addChannelEntry } from '../privacy/index.ts'
import type { Settings } from '../settings/index.ts'
import type { Channel, ChannelCall } from './channel.ts'
import { keepMemory, storedMemory } from './memory.ts'
import type { ChannelRegistry } from './registry.ts'
import {
  createLinking,
  createTelegramChannel,
  forgetCoach,
  telegramLinks,
  testTelegramToken,
} from './telegram/index.ts'

export interface TelegramSwitch {
  /** Listens, where a token is set; does nothing otherwise. */
  begin(): void
  status(): TelegramStatus
  test(token: string): Promise<{ username: string; name: string; canConnectToBusiness: boolean }>
  /** Throws a Problem, and changes nothing, where the token is not good. */
  connect(token: string): Promise<void>
  disconnect(): Promise<void>
  /** Calls the coach's own device once, to see that it rings. */
  testOwnDevice(): Promise<void>
  unlinkCoach(): Promise<void>
  /** Another code to link the coach's own chat with; wrong codes count anew. */
  newLinkCode(): void
}

interface Parts {
  readonly write: Write
  readonly queries: Queries
  readonly clock: Clock
  readonly log: Log
  readonly settings: Settings
  readonly registry: ChannelRegistry
  /** After a channel was added: what waited for it goes. */
  readonly pump: () => void
}

const name = 'telegram'
const botName = z.object({ username: z.string() })

/** Connects, tests and disconnects the coach's bot, and links the phone on which the coach is called. */
export const createTelegramSwitch = ({
  write,
  queries,
  clock,
  log,
  settings,
  registry,
  pump,
}: Parts): TelegramSwitch => {
  let username: string | null = null

  const linkCode = (): string | null => settings.kept('linkCode')
  const newLinkCode = (): void =>
    write((tx) => {
      settings.keep(tx, 'linkCode', String(randomInt(100_000, 1_000_000)), clock.now())
      tx.changed('channels')
    })
  /** Whoever is linked was the last to use it, whatever this console forgot over a restart. */
  const openCode = (): string | null => {
    const given = settings.telegram()
    const isLinked =
      given !== null &&
      registry.named(name) !== undefined &&
      telegramLinks(storedMemory(queries, name), given.token).isCoachLinked
    return isLinked ? null : linkCode()
  }
  const linking = createLinking(clock, openCode)

  const test = async (token: string) => {
    const apiRoot = settings.telegram()?.apiRoot ?? settings.telegramServer()
    const record = (call: ChannelCall): void =>
      write((tx) => addChannelEntry(tx, { ...call, destination: name, at: clock.now() }))
    return testTelegramToken({ token, apiRoot, record })
  }

  const begin = (): void => {
    const given = settings.telegram()
    if (!given || registry.named(name)) return
    if (linkCode() === null) newLinkCode()
    try {
      registry.add(createTelegramChannel({ ...given, clock, log, linking }))
    } catch (error) {
      const { message } = toProblem(error)
      return registry.report({ name, title: 'Telegram', state: 'trouble', detail: message })
    }
    pump()
    // Only for the coach to see which bot it is; listening does not wait for it.
    test(given.token).then(
      (bot) => {
        username = botName.parse(bot).username
        write((tx) => tx.changed('channels'))
      },
      () => undefined,
    )
  }

  const restart = async (): Promise<void> => {
    await registry.remove(name)
    begin()
  }

  const channel = (): Channel => {
    const running = registry.named(name)
    if (!running) throw new Problem('CONFLICT', 'Telegram is not connected. Connect it first.')
    return running
  }

  return {
    begin,
    status: () => {
      const given = settings.telegram()
      const links =
        given && registry.named(name)
          ? telegramLinks(storedMemory(queries, name), given.token)
          : { isCoachLinked: false, business: null }
      return {
        hasToken: given !== null,
        isFixed: settings.isTelegramFixed(),
        username,
        linkCode: links.isCoachLinked ? null : linkCode(),
        wrongLinkCodes: links.isCoachLinked ? 'none' : linking.wrongCodes(),
        ...links,
      }
    },
    test,
    connect: async (token) => {
      if (settings.isTelegramFixed())
        throw new Problem(
          'CONFLICT',
          'The bot is given by the environment of this console, so it cannot be changed here.',
        )
      const bot = await test(token)
      write((tx) => settings.setTelegramToken(tx, token, clock.now()))
      username = bot.username
      await restart()
    },
    disconnect: async () => {
      await registry.remove(name)
      write((tx) => {
        settings.setTelegramToken(tx, null, clock.now())
        tx.changed('channels')
      })
      username = null
    },
    testOwnDevice: async () => {
      const result = await channel().alertCoach?.({
        handoffId: 'test',
        text: 'OpenCoach: this is a test. This is how you are called when a client is in danger.',
      })
      if (result?.outcome !== 'sent')
        throw new Problem(
          'CHANNEL_REFUSED',
          result?.message ?? 'Your phone is not linked yet. Send the link code to the bot first.',
        )
    },
    unlinkCoach: async () => {
      await registry.remove(name)
      write((tx) => {
        const token = settings.telegram()?.token
        if (token) keepMemory(tx, name, forgetCoach(storedMemory(queries, name), token), clock.now())
        settings.keep(tx, 'linkCode', null, clock.now())
      })
      begin()
    },
    newLinkCode,
  }
}
