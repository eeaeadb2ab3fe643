import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLinking, createTelegramChannel } from '../../../host/channels/telegram/index.ts'
import { silentLog } from '../../../host/log/index.ts'
import { until } from '../../fixtures/testHost.ts'
import { ann, bob, type Line, startLine } from './harness.ts'

let line: Line
beforeEach(async () => {
  line = await startLine()
  line.server.clientWrites(ann, 'Hello')
  line.server.clientWrites(bob, 'Hello')
  await until('both are stored', () => line.house.messages().length === 2)
})
afterEach(async () => {
  await line.end()
  expect(line.server.complaints).toEqual([])
})

const seen = () => line.server.messages.map((message) => message.text)
const long = `${'a'.repeat(4_000)}\n\n${'b'.repeat(4_000)}\n\n${'c'.repeat(100)}`

describe('a message to a client', () => {
  test('arrives as plain text, without a preview of its links, as an answer', async () => {
    const [hello] = line.house.messages()
    const sent = await line.send(ann, '<b>Look</b> https://example.org', hello?.externalId)
    expect(sent).toEqual({ outcome: 'sent', externalId: `123456789.${line.server.messages[0]?.messageId}` })
    expect(line.server.callsOf('sendMessage')[0]?.params).toEqual({
      chat_id: ann.id,
      text: '<b>Look</b> https://example.org',
      link_preview_options: { is_disabled: true },
      reply_parameters: { message_id: expect.any(Number), allow_sending_without_reply: true },
    })
    expect(line.house.calls.every((call) => call.purpose === 'channel_poll')).toBe(true)
  })

  test('that is long goes out in parts, in order', async () => {
    const sent = await line.send(ann, long)
    expect(seen()).toEqual(['a'.repeat(4_000), 'b'.repeat(4_000), 'c'.repeat(100)])
    expect(sent).toMatchObject({ outcome: 'sent', furtherIds: [expect.any(String), expect.any(String)] })
  })

  test('is never sent when there is nothing in it', async () => {
    expect(await line.send(ann, ' \n ')).toMatchObject({ outcome: 'failed' })
    expect(seen()).toEqual([])
  })
})

describe('a message that Telegram refuses has failed, and says why', () => {
  test('when the client blocked the bot', async () => {
    line.server.clientBlocks(ann)
    expect(await line.send(ann, 'Hi')).toMatchObject({ outcome: 'failed', message: expect.stringContaining('blocked') })
  })
  test('when the account is gone', async () => {
    line.server.clientLeavesTelegram(ann)
    expect(await line.send(ann, 'Hi')).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('no longer'),
    })
  })
  test('when the chat is not known', async () => {
    const stranger = { id: 4242, first_name: 'Nobody' }
    expect(await line.send(stranger, 'Hi')).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('write to the bot first'),
    })
  })
  test('when the token was revoked, which the coach is told at once', async () => {
    line.server.revokeToken()
    expect(await line.send(ann, 'Hi')).toMatchObject({ outcome: 'failed' })
    expect(line.house.lastReport()).toMatchObject({ state: 'trouble', detail: expect.stringContaining('@BotFather') })
  })
})

describe('a message that certainly did not arrive waits', () => {
  test('when Telegram asks to wait', async () => {
    line.server.misbehave('sendMessage', { busyForSeconds: 17 })
    expect(await line.send(ann, 'Hi')).toMatchObject({ outcome: 'later', afterMs: 17_000 })
    expect(await line.send(ann, 'Hi')).toMatchObject({ outcome: 'later' })
    expect(line.server.callsOf('sendMessage')).toHaveLength(1)
    expect(await line.send(bob, 'Hi')).toMatchObject({ outcome: 'sent' })
  })

  test('longer each time when there is no connection at all', async () => {
    await line.server.goAway()
    const waits = []
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const result = await line.send(ann, 'Hi')
      waits.push(result.outcome === 'later' ? result.afterMs : result)
    }
    expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, 60_000])
    await line.server.comeBack()
    expect(await line.send(ann, 'Hi')).toMatchObject({ outcome: 'sent' })
    expect(seen()).toEqual(['Hi'])
  })

  test('when no safe connection came about', async () => {
    const channel = createTelegramChannel({
      clock: line.clock,
      log: silentLog,
      token: line.server.token,
      apiRoot: line.server.url.replace('http:', 'https:'),
      linking: createLinking(line.clock, () => null),
    })
    const message = { outboxId: crypto.randomUUID(), chatId: String(ann.id), text: 'Hi' }
    expect(await channel.send(message)).toMatchObject({ outcome: 'later' })
    expect(line.server.callsOf('sendMessage')).toEqual([])
  })
})

describe('a message that may have arrived is unknown and goes out once', () => {
  test.each([
    'drop_before',
    'drop_after',
    'drop_mid_answer',
    'hang_before',
    'hang_after',
    'server_error',
    'bad_gateway',
    'not_json',
    'empty_answer',
  ] as const)('after %s', async (trick) => {
    line.server.misbehave('sendMessage', trick)
    expect(await line.send(ann, 'Hi')).toMatchObject({ outcome: 'unknown' })
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(line.server.callsOf('sendMessage')).toHaveLength(1)
  })

  test('as soon as one part has arrived, and the coach reads how many', async () => {
    line.server.misbehave('sendMessage', 'drop_before')
    expect(await line.send(bob, 'Hi')).toMatchObject({ outcome: 'unknown' })
    const sending = line.send(ann, long)
    await until('the first part arrived', () => seen().length === 1)
    line.server.clientBlocks(ann)
    expect(await sending).toMatchObject({
      outcome: 'unknown',
      message: 'This message went out in 3 parts. The first arrived; the rest did not.',
    })
  })

  test('but a further part that had to wait goes on', async () => {
    const sending = line.send(ann, long)
    await until('the first part arrived', () => seen().length === 1)
    line.server.misbehave('sendMessage', { busyForSeconds: 4 })
    expect(await sending).toMatchObject({ outcome: 'sent' })
    expect(seen()).toHaveLength(3)
  })
})

describe('a message that was sent', () => {
  const sentText = async (text: string) => {
    const result = await line.send(ann, text)
    if (result.outcome !== 'sent') throw new Error(result.message)
    return { chatId: '1001', externalIds: [result.externalId, ...(result.furtherIds ?? [])] }
  }

  test('can be changed, also to what it was', async () => {
    const sent = await sentText('Frist')
    expect(await line.channel.edit?.(sent, 'First')).toEqual({ outcome: 'done' })
    expect(await line.channel.edit?.(sent, 'First')).toEqual({ outcome: 'done' })
    expect(seen()).toEqual(['First'])
    expect(line.house.calls.filter((call) => call.purpose === 'channel_change')).toHaveLength(2)
  })

  test('in parts can be changed only to as many', async () => {
    const sent = await sentText(long)
    expect(await line.channel.edit?.(sent, 'Short')).toEqual({
      outcome: 'refused',
      message: 'This message went out in 3 parts and would now need 1. Write a new message instead.',
    })
    expect(await line.channel.edit?.(sent, long.replaceAll('b', 'd'))).toEqual({ outcome: 'done' })
    expect(seen()[1]).toBe('d'.repeat(4_000))
  })

  test('can be taken back with all its parts, and once more', async () => {
    const sent = await sentText(long)
    expect(await line.channel.remove?.(sent)).toEqual({ outcome: 'done' })
    expect(seen()).toEqual([])
    expect(await line.channel.remove?.(sent)).toEqual({ outcome: 'done' })
  })

  test('through another bot is left alone', async () => {
    const sent = { chatId: '1001', externalIds: ['987654.3'] }
    expect(await line.channel.edit?.(sent, 'New')).toMatchObject({ outcome: 'refused' })
    expect(await line.channel.remove?.(sent)).toMatchObject({ outcome: 'refused' })
    expect(line.server.callsOf('deleteMessage')).toEqual([])
  })

  test.each(['server_error', 'drop_before', 'hang_before', { busyForSeconds: 5 }] as const)(
    'stays as it is, with a sentence, after %j',
    async (trick) => {
      const sent = await sentText('As it is')
      line.server.misbehave('editMessageText', trick)
      line.server.misbehave('deleteMessage', trick)
      expect(await line.channel.edit?.(sent, 'New')).toMatchObject({ outcome: 'refused' })
      expect(await line.channel.remove?.(sent)).toMatchObject({ outcome: 'refused' })
      expect(seen()).toEqual(['As it is'])
    },
  )
})

describe('writing', () => {
  test('is shown at most every four seconds a chat, and trouble with it troubles nobody', async () => {
    line.server.misbehave('sendChatAction', 'drop_before')
    for (let count = 0; count < 10; count += 1) line.channel.typing?.('1001')
    line.channel.typing?.('1002')
    await until('both are shown', () => line.server.callsOf('sendChatAction').length === 2)
    line.clock.skip(4_000)
    line.channel.typing?.('1001')
    await until('it is shown again', () => line.server.callsOf('sendChatAction').length === 3)
  })
})
