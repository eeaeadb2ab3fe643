import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startTestHost, type TestHost, until } from '../../fixtures/testHost.ts'

let house: TestHost
let conversationId: string

beforeEach(async () => {
  house = await startTestHost({ settings: { defaultReplyMode: 'off' } })
  await house.far.write('Ann', 'Hello')
  conversationId = (await house.client.inbox.list({ filter: 'all', limit: 1 })).rows[0]?.id ?? ''
})
afterEach(() => house.stop())

const send = (text: string, requestId: string = crypto.randomUUID()) =>
  house.client.inbox.send({ conversationId, requestId, text })
const last = async () => (await house.client.inbox.thread({ conversationId, limit: 50 })).messages.at(-1)
const settled = (status: string) =>
  until(`the message is ${status}`, async () => (await last())?.deliveryStatus === status && last())

describe('what the coach sends', () => {
  test('stands in the thread at once, reaches the far end and takes the conversation over', async () => {
    await send('I am here.')
    expect(await last()).toMatchObject({ senderType: 'human_coach', content: 'I am here.' })
    await settled('sent')
    expect(house.far.sent.map((message) => message.text)).toEqual(['I am here.'])
    expect((await house.client.inbox.conversation({ conversationId })).owner).toBe('human')
    house.far.receipt('out-1', 'Ann', 'delivered')
    house.far.receipt('out-1', 'Ann', 'read')
    house.far.receipt('out-1', 'Ann', 'delivered')
    expect(await last()).toMatchObject({
      deliveryStatus: 'read',
      deliveredAt: expect.any(Number),
      readAt: expect.any(Number),
    })
  })

  test('with the same request twice, as after a reconnect, is sent once', async () => {
    const requestId = crypto.randomUUID()
    const [first, second] = [await send('Once', requestId), await send('Once', requestId)]
    expect(second).toEqual(first)
    await settled('sent')
    expect(house.far.sent).toHaveLength(1)
  })

  test('keeps its order in one conversation', async () => {
    await Promise.all(['1', '2', '3', '4', '5', '6'].map((text) => send(text)))
    await until('all are sent', () => house.far.sent.length === 6)
    expect(house.far.sent.map((message) => message.text)).toEqual(['1', '2', '3', '4', '5', '6'])
  })

  test('is refused when empty or longer than a message may be', async () => {
    await expect(send('   ')).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await expect(send('x'.repeat(20_001))).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })
})

describe('a send that did not succeed', () => {
  test('is failed with a sentence, and goes again only when the coach says so', async () => {
    house.far.nextSends.push({ outcome: 'failed', message: 'Ann has blocked this channel.' })
    await send('Can you hear me?')
    const message = await settled('failed')
    expect(message?.trouble).toMatchObject({ state: 'failed', message: 'Ann has blocked this channel.' })
    expect(house.far.sent).toHaveLength(0)
    await house.client.inbox.settleTrouble({ outboxId: message?.trouble?.outboxId ?? '', decision: 'send_again' })
    await settled('sent')
    expect(house.far.sent).toHaveLength(1)
    expect((await last())?.trouble).toBeNull()
  })

  test('whose answer never came is unknown and is never sent again by itself', async () => {
    house.far.nextSends.push('throw')
    await send('Did this arrive?')
    await settled('unknown')
    await house.restart()
    await house.far.write('Ann', 'Are you there?')
    expect(house.far.sent).toHaveLength(0)
    const troubled = (await house.client.inbox.thread({ conversationId, limit: 50 })).messages.find(
      (message) => message.trouble,
    )
    await house.client.inbox.settleTrouble({ outboxId: troubled?.trouble?.outboxId ?? '', decision: 'arrived' })
    const after = (await house.client.inbox.thread({ conversationId, limit: 50 })).messages
    expect(after.some((message) => message.trouble)).toBe(false)
    expect(house.far.sent).toHaveLength(0)
  })

  test('because the console stopped is unknown at the next start', async () => {
    house.far.nextSends.push('hang')
    await send('Half way')
    await settled('sending')
    await house.restart()
    expect(await last()).toMatchObject({ deliveryStatus: 'unknown', trouble: { state: 'unknown' } })
    expect(house.far.sent).toHaveLength(0)
  })

  test('can be settled once only', async () => {
    house.far.nextSends.push('throw')
    await send('One decision')
    const message = await settled('unknown')
    const outboxId = message?.trouble?.outboxId ?? ''
    await house.client.inbox.settleTrouble({ outboxId, decision: 'drop' })
    await expect(house.client.inbox.settleTrouble({ outboxId, decision: 'send_again' })).rejects.toMatchObject({
      code: 'CONFLICT',
    })
  })
})

describe('the ledger', () => {
  test('names destination and size of what a channel sent, and keeps no text of it', async () => {
    await send('Four')
    await settled('sent')
    const { rows } = await house.client.privacy.ledger({ limit: 10 })
    expect(rows).toMatchObject([
      { purpose: 'channel_send', destination: 'fake', clientName: 'Ann', bytesOut: 4, status: 'ok' },
    ])
    expect(await house.client.privacy.payload({ entryId: rows[0]?.id ?? '' })).toEqual({ payload: null })
  })
})

describe('a channel that is switched off', () => {
  test('keeps what waits for it until it is switched on again', async () => {
    await house.client.channels.stopPractice()
    await send('Later then')
    expect(await last()).toMatchObject({ deliveryStatus: 'queued' })
    await house.client.channels.startPractice()
    await settled('sent')
    expect(house.far.sent.map((message) => message.text)).toEqual(['Later then'])
  })
})
