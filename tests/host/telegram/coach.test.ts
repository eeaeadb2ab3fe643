import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { until } from '../../fixtures/testHost.ts'
import { ann, bob, coach, type Line, startLine } from './harness.ts'

let line: Line
beforeEach(async () => {
  line = await startLine()
})
afterEach(async () => {
  await line.end()
  expect(line.server.complaints).toEqual([])
})

const code = '482913'
const link = async () => {
  line.linkCode.current = code
  line.server.clientWrites(coach, ` /link ${code} `)
  await until('the coach is linked', () => line.server.messages.some((message) => message.chatId === coach.id))
}
const afterwards = async () => {
  const text = `Marker ${crypto.randomUUID()}`
  line.server.clientWrites(bob, text)
  await until('everything before is stored', () => line.house.texts().includes(text))
}
const changes = () => line.house.changes().filter((change) => change.kind !== 'own_chat')
const alert = { handoffId: '0190f1c2-1111-7000-8000-123456789abc', text: 'A client needs you.' }

describe('the coach’s own chat', () => {
  test('is linked with the code on their screen, and is no client', async () => {
    expect(line.channel.canAlertCoach?.()).toBe(false)
    expect(await line.channel.alertCoach?.(alert)).toMatchObject({ outcome: 'failed' })
    await link()
    line.server.clientWrites(coach, 'Hello bot')
    await afterwards()
    expect(line.house.messages().map((message) => message.chatId)).toEqual(['1002'])
    expect(line.channel.canAlertCoach?.()).toBe(true)
    await line.stop()
    line.start()
    expect(line.channel.canAlertCoach?.()).toBe(true)
  })

  const told = (person = coach) =>
    line.server.messages.filter((message) => message.chatId === person.id).map((message) => message.text)
  const wrong = 'That code is not right or has expired. You find the current one in OpenCoach under Settings.'

  test.each([' /link 482914 ', '/link', '/link48291', '/link@kit_coach_bot 1', '/LINK abc'])(
    'is told that a mistyped code is none, and asks for nothing as a client would: %j',
    async (typed) => {
      line.linkCode.current = code
      line.server.clientWrites(coach, typed)
      await until('they are told', () => told().length === 1)
      expect(told()).toEqual([wrong])
      await afterwards()
      expect(line.house.messages().map((message) => message.chatId)).toEqual([String(bob.id)])
      expect(line.linking.wrongCodes()).toBe('some')
      await until('the console tells it too', () => line.house.lastReport()?.detail.includes('does not fit'))
      expect(line.house.calls.filter((call) => call.purpose === 'channel_setup')).toHaveLength(1)
    },
  )

  test('is linked where the code was typed in two pieces', async () => {
    line.linkCode.current = code
    line.server.clientWrites(coach, '/link 482 913')
    await until('they are told', () => told().length === 1)
    expect(line.channel.canAlertCoach?.()).toBe(true)
    expect(line.house.changes()).toMatchObject([{ kind: 'own_chat', chatId: String(coach.id) }])
  })

  test('is no client’s where they write a sentence, which is taken in', async () => {
    const sentences = ['/link I do not want to live any more', '/linked to what we said']
    for (const text of sentences) line.server.clientWrites(ann, text)
    await afterwards()
    expect(line.house.texts()).toEqual([...sentences, expect.stringContaining('Marker')])
    expect(told(ann)).toEqual([])
  })

  test('reads when to try again once its tries are used up, and a new code lets it in at once', async () => {
    line.linkCode.current = code
    for (let guess = 0; guess < 5; guess += 1) line.server.clientWrites(coach, `/link ${guess}00000`)
    line.server.clientWrites(coach, `/link ${code}`)
    line.server.clientWrites(coach, `/link ${code}`)
    await afterwards()
    await until('they are told', () => told().length === 6)
    expect(told().filter((text) => text === wrong)).toHaveLength(5)
    expect(told().at(-1)).toMatch(/^There were too many wrong codes.* Try again in \d+ minutes, or make a new code/u)
    expect(line.linking.wrongCodes()).toBe('used_up')
    expect(line.channel.canAlertCoach?.()).toBe(false)
    line.linkCode.current = '771204'
    expect(line.linking.wrongCodes()).toBe('none')
    line.server.clientWrites(coach, '/link 771204')
    await until('it is linked', () => line.channel.canAlertCoach?.())
    expect(line.linking.wrongCodes()).toBe('none')
  })

  test('may try again after an hour', async () => {
    line.linkCode.current = code
    for (let guess = 0; guess < 5; guess += 1) line.server.clientWrites(coach, `/link ${guess}00000`)
    await afterwards()
    line.clock.skip(3_600_000)
    line.server.clientWrites(coach, `/link ${code}`)
    await until('it is linked', () => line.channel.canAlertCoach?.())
  })

  test('is not linked by a wrong code, nor by guessing, nor by a code used before', async () => {
    line.linkCode.current = code
    for (let guess = 0; guess < 6; guess += 1) line.server.clientWrites(ann, `/link ${guess}00000`)
    line.server.clientWrites(ann, `/link ${code}`)
    await afterwards()
    expect(line.channel.canAlertCoach?.()).toBe(false)
    expect(line.house.messages()).toHaveLength(1)
    await link()
    line.server.clientWrites(bob, `/link ${code}`)
    await afterwards()
    expect(line.house.memory()).toMatchObject({ coachChatId: String(coach.id) })
  })

  test('gets an alert that it can acknowledge, once, and nobody else can', async () => {
    await link()
    expect(await line.channel.alertCoach?.(alert)).toMatchObject({ outcome: 'sent' })
    const message = line.server.messages.find((one) => one.text === alert.text)
    const data = `ack:${alert.handoffId}`
    expect(message?.keyboard).toEqual({ inline_keyboard: [[{ text: 'I have seen it', callback_data: data }]] })
    expect(line.server.callsOf('sendMessage').at(-1)?.params).not.toHaveProperty('disable_notification')
    line.server.presses(ann, message?.messageId ?? 0, data)
    await afterwards()
    expect(changes()).toEqual([])
    const id = line.server.presses(coach, message?.messageId ?? 0, data)
    await until('it is stored', () => changes().length === 1)
    expect(changes()).toMatchObject([{ kind: 'acknowledged', handoffId: alert.handoffId }])
    await until('the button is gone', () => message?.keyboard === null)
    expect(line.server.answeredQueries).toMatchObject([{ id }])
    const alerts = () => line.house.calls.filter((call) => call.purpose === 'channel_alert')
    await until('all three calls are in the ledger', () => alerts().length === 3)
  })

  test('that blocked the bot cannot be called, and the coach reads that', async () => {
    await link()
    line.server.clientBlocks(coach)
    await until('it is told', () => line.house.lastReport()?.detail.includes('alerts cannot reach you'))
    expect(line.channel.canAlertCoach?.()).toBe(false)
    expect(changes()).toEqual([])
    line.server.clientUnblocks(coach)
    await until('it can be called again', () => line.channel.canAlertCoach?.())
  })

  test.each([
    ['drop_after', 'unknown'],
    [{ busyForSeconds: 3 }, 'later'],
  ] as const)('after %j the alert is %s', async (trick, outcome) => {
    await link()
    line.server.misbehave('sendMessage', trick)
    expect(await line.channel.alertCoach?.(alert)).toMatchObject({ outcome })
  })
})

describe('the coach’s own account, lent to the bot', () => {
  const reply = () =>
    line.channel.send({ outboxId: crypto.randomUUID(), chatId: `business:${ann.id}`, text: 'From the clone' })

  test('brings in its chats, the coach’s own words as the coach’s, and not our own again', async () => {
    line.server.connects(coach, 'first')
    line.server.clientWritesToCoach('first', ann, 'Are you there?')
    await afterwards()
    expect(await reply()).toMatchObject({ outcome: 'sent' })
    line.server.coachWritesOnPhone('first', ann, coach, 'Yes, it is me')
    await afterwards()
    const inBusiness = line.house.messages().filter((message) => message.chatId === `business:${ann.id}`)
    expect(inBusiness).toMatchObject([
      { text: 'Are you there?', senderName: 'Ann Lee' },
      { text: 'Yes, it is me', senderName: 'Cora', from: 'coach' },
    ])
    expect(inBusiness[0]).not.toHaveProperty('from')
    expect(line.server.messages).toMatchObject([{ chatId: ann.id, connectionId: 'first', text: 'From the clone' }])
  })

  test('keeps its conversations when it is connected anew', async () => {
    line.server.connects(coach, 'first')
    line.server.connects(coach, 'first', { isEnabled: false })
    line.server.connects(coach, 'second')
    line.server.clientWritesToCoach('second', ann, 'Hello again')
    await afterwards()
    expect(line.house.messages()[0]?.chatId).toBe(`business:${ann.id}`)
    expect(await reply()).toMatchObject({ outcome: 'sent' })
    expect(line.server.messages[0]?.connectionId).toBe('second')
  })

  test('that was connected before the console listened is asked for', async () => {
    line.server.connects(coach, 'earlier', { silently: true })
    line.server.misbehave('getBusinessConnection', 'server_error')
    line.server.clientWritesToCoach('earlier', ann, 'Long since')
    await until('it is stored', () => line.house.texts().includes('Long since'))
    expect(line.house.calls.filter((call) => call.purpose === 'channel_setup')).toHaveLength(2)
  })

  test.each([{ canReply: false }, { isEnabled: false }])(
    'cannot be written from where Telegram says so: %j',
    async (how) => {
      line.server.connects(coach, 'first', how)
      await afterwards()
      expect(await reply()).toMatchObject({ outcome: 'failed', message: expect.stringContaining('Telegram Business') })
      expect(line.server.callsOf('sendMessage')).toEqual([])
    },
  )

  test('of somebody else is neither heard nor used', async () => {
    await link()
    line.server.connects(coach, 'coach')
    line.server.connects(bob, 'intruder')
    line.server.clientWritesToCoach('intruder', ann, 'Not for you')
    await afterwards()
    expect(line.house.texts()).not.toContain('Not for you')
    await reply()
    expect(line.server.messages.at(-1)?.connectionId).toBe('coach')
    await until('the coach is told', () => line.house.lastReport()?.detail.includes('It was not accepted'))
  })

  test('tells of removed messages, and removes our own', async () => {
    line.server.connects(coach, 'first')
    const id = line.server.clientWritesToCoach('first', ann, 'Forget this')
    line.server.deletedInBusiness('first', ann, [id])
    await until('it is stored', () => line.house.changes().length === 1)
    const [message] = line.house.messages()
    expect(line.house.changes()).toMatchObject([
      { kind: 'removal', chatId: `business:${ann.id}`, externalIds: [message?.externalId] },
    ])
    const sent = await reply()
    const externalIds = sent.outcome === 'sent' ? [sent.externalId] : []
    expect(await line.channel.edit?.({ chatId: `business:${ann.id}`, externalIds }, 'Better')).toEqual({
      outcome: 'done',
    })
    expect(await line.channel.remove?.({ chatId: `business:${ann.id}`, externalIds })).toEqual({ outcome: 'done' })
    expect(line.server.deleted).toHaveLength(1)
  })
})
