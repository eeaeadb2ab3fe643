import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startTelegramServer, type TelegramServer } from '../../fakes/telegram/server.ts'
import { startTestHost, type TestHost, until } from '../../fixtures/testHost.ts'
import { ann, coach } from './harness.ts'

let server: TelegramServer
let house: TestHost

beforeEach(async () => {
  server = await startTelegramServer()
  house = await startTestHost({
    environment: { TELEGRAM_BOT_TOKEN: server.token, TELEGRAM_API_ROOT: server.url },
    settings: { defaultReplyMode: 'off' },
  })
})
afterEach(async () => {
  await house.stop()
  await server.close()
  expect(server.complaints).toEqual([])
  expect(house.logLines.join('')).not.toContain(server.token)
})

const row = () =>
  until('the conversation is there', async () => {
    const { rows } = await house.client.inbox.list({ filter: 'all', limit: 10 })
    const requests = await house.client.inbox.list({ filter: 'requests', limit: 10 })
    return [...rows, ...requests.rows].find((one) => one.channel === 'telegram')
  })
const thread = async () => (await house.client.inbox.thread({ conversationId: (await row()).id, limit: 50 })).messages

describe('a client on Telegram', () => {
  test('asks to come in, is answered by the coach, and nothing comes twice after a restart', async () => {
    server.clientWrites(ann, 'Hello, may I ask you something?')
    const asking = await row()
    expect(asking).toMatchObject({ acceptance: 'requested', clientName: 'Ann Lee', handle: '@annlee' })
    await house.client.inbox.triage({ conversationIds: [asking.id], action: { kind: 'accept' } })
    await house.client.inbox.send({ conversationId: asking.id, requestId: crypto.randomUUID(), text: 'Of course.' })
    await until('it arrived', async () => (await thread()).at(-1)?.deliveryStatus === 'sent')
    expect(server.messages).toMatchObject([{ chatId: ann.id, text: 'Of course.' }])
    await house.restart()
    server.clientWrites(ann, 'Thank you')
    await until('the second is there', async () => (await thread()).length === 3)
    expect((await thread()).map((message) => message.content)).toEqual([
      'Hello, may I ask you something?',
      'Of course.',
      'Thank you',
    ])
    expect(server.messages).toHaveLength(1)
  })

  test('who changed their words is shown with the new ones', async () => {
    const id = server.clientWrites(ann, 'I am fine')
    await row()
    server.clientEdits(ann, id, 'I am not fine')
    await until('the edit is there', async () => (await thread())[0]?.content === 'I am not fine')
  })
})

describe('the coach’s phone', () => {
  test('is linked with the code in the settings and rings', async () => {
    const { linkCode } = await house.client.channels.telegram({})
    server.clientWrites(coach, `/link ${linkCode}`)
    await until('it is linked', async () => (await house.client.channels.telegram({})).isCoachLinked)
    await house.client.channels.testOwnDevice({})
    expect(server.messages.at(-1)).toMatchObject({ chatId: coach.id, text: expect.stringContaining('test') })
  })

  test('is no request once it is linked, though the bot was started there first', async () => {
    server.clientWrites(coach, '/start')
    const requests = () => house.client.inbox.list({ filter: 'requests', limit: 50 })
    await until('they ask to be let in', async () => (await requests()).rows.length === 1)
    const { linkCode } = await house.client.channels.telegram({})
    server.clientWrites(coach, `/link ${linkCode}`)
    await until('it is linked', async () => (await house.client.channels.telegram({})).isCoachLinked)
    expect((await requests()).rows).toEqual([])
  })

  test('gets a new code where wrong ones have used up the tries, and is no request meanwhile', async () => {
    const status = () => house.client.channels.telegram({})
    const { linkCode: first } = await status()
    expect((await status()).wrongLinkCodes).toBe('none')
    for (let guess = 0; guess < 5; guess += 1) server.clientWrites(coach, `/link 9${guess}`)
    await until('the console knows', async () => (await status()).wrongLinkCodes === 'used_up')
    await house.client.channels.newLinkCode({})
    const { linkCode, wrongLinkCodes } = await status()
    expect(wrongLinkCodes).toBe('none')
    expect(linkCode).not.toBe(first)
    server.clientWrites(coach, `/link ${linkCode}`)
    await until('it is linked', async () => (await status()).isCoachLinked)
    expect((await house.client.clients.list({ search: '', limit: 50 })).rows).toEqual([])
  })

  test('stays the only one after a restart, whoever else knows the code', async () => {
    const { linkCode } = await house.client.channels.telegram({})
    server.clientWrites(coach, `/link ${linkCode}`)
    await until('it is linked', async () => (await house.client.channels.telegram({})).isCoachLinked)
    await house.restart()
    server.clientWrites(ann, `/link ${linkCode}`)
    await until('it is refused', () => server.messages.some((message) => message.chatId === ann.id))
    await house.client.channels.testOwnDevice({})
    expect(server.messages.at(-1)).toMatchObject({ chatId: coach.id })
  })
})
