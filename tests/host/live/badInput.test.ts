import { afterEach, describe, expect, test } from 'vitest'
import { type Desk, nothingHappens, openDesk, request } from './desk.ts'

let desk: Desk

afterEach(() => desk.close())

const inbox = () => desk.house.client.inbox
const id = async () => (await desk.open()).id
const answered = (count = 1) =>
  desk.until('the clone has answered', async () => (await desk.answers()).length === count)
const alerts = async () => (await desk.house.client.handoffs.openAlerts()).rows

describe('when much happens at once', () => {
  test('500 messages in a second from one client are all kept, in order, and answered once', async () => {
    desk = await openDesk({ settings: { gatherMs: 2_000 } })
    const stories = ['I walked to the lake', 'My sister called about the house', 'The work was too much for me']
    const said = Array.from({ length: 500 }, (_, index) => `${stories[index % 3]}, ${index + 1}`)
    await Promise.all(said.map((text) => desk.house.far.write('Ann', text)))
    await answered()
    await nothingHappens(500)
    const conversationId = await id()
    const newest = await inbox().thread({ conversationId, limit: 200 })
    const middle = await inbox().thread({ conversationId, limit: 200, before: newest.messages[0]?.seq ?? 0 })
    const oldest = await inbox().thread({ conversationId, limit: 200, before: middle.messages[0]?.seq ?? 0 })
    const all = [...oldest.messages, ...middle.messages, ...newest.messages]
    expect(all.filter((one) => one.senderType === 'client').map((one) => one.content)).toEqual(said)
    expect(all.filter((one) => one.senderType === 'ai')).toHaveLength(1)
    expect(desk.model.requests).toHaveLength(1)
    expect((await desk.open()).unreadCount).toBe(500)
  })

  test('taken over in two windows while the client asks for a person, it is one intervention', async () => {
    desk = await openDesk()
    await desk.house.far.write('Ann', 'Good morning')
    await answered()
    const conversationId = await id()
    await Promise.all([
      inbox().takeOver({ conversationId }),
      desk.house.far.write('Ann', 'Can I talk to a real person?'),
      inbox().takeOver({ conversationId }),
    ])
    expect((await desk.open()).owner).toBe('human')
    expect(await alerts()).toEqual([])
    await inbox().send({ conversationId, ...request(), text: 'Here I am.' })
    await inbox().handBack({ conversationId })
    desk.model.respond(() => ({ reply: 'And how do you feel now?', confidence: 0.9 }))
    await desk.house.far.write('Ann', 'Thank you, that helped.')
    await answered(2)
    expect((await desk.thread()).at(-1)?.metadata).toMatchObject({ is_handback: true, messages_in_intervention: 1 })
  })

  test('two reasons to call the coach at once are one alarm, and the graver one counts', async () => {
    desk = await openDesk()
    await Promise.all([
      desk.house.far.write('Ann', 'Can I talk to a real person?'),
      desk.house.far.write('Ann', 'I want to kill myself tonight'),
      desk.house.far.write('Ann', '', { unreadable: 'voice' }),
    ])
    expect(await alerts()).toMatchObject([{ trigger: 'safety_crisis' }])
    expect((await desk.open()).owner).toBe('locked')
  })

  test('two clients who need a person at once are two alarms', async () => {
    desk = await openDesk()
    const asking = 'Can I talk to a real person?'
    await Promise.all([desk.house.far.write('Ann', asking), desk.house.far.write('Ben', asking)])
    expect(await alerts()).toHaveLength(2)
  })
})

describe('what comes too late changes nothing', () => {
  test('an acknowledgement after it was resolved', async () => {
    desk = await openDesk()
    await desk.house.far.write('Ann', 'Can I talk to a real person?')
    const conversationId = await id()
    const handoffId = (await desk.open()).handoff?.id ?? ''
    await inbox().takeOver({ conversationId })
    await inbox().send({ conversationId, ...request(), text: 'Here I am.' })
    await inbox().handBack({ conversationId })
    await inbox().acknowledge({ conversationId })
    await desk.house.far.change({ kind: 'acknowledged', updateId: 'late', handoffId })
    await desk.house.far.change({ kind: 'acknowledged', updateId: 'unknown', handoffId: 'nobody' })
    expect(await desk.open()).toMatchObject({ owner: 'ai', handoff: null })
  })

  test('an acknowledgement on the coach’s own device is one here', async () => {
    desk = await openDesk()
    await desk.house.far.write('Ann', 'I want to kill myself tonight')
    const handoffId = (await desk.open()).handoff?.id ?? ''
    await desk.house.far.change({ kind: 'acknowledged', updateId: 'seen', handoffId })
    expect((await desk.open()).handoff?.acknowledgedAt).not.toBeNull()
    expect(await alerts()).toEqual([])
  })

  test('handing back where nothing was said lets the clone answer, and the old call is not made again', async () => {
    desk = await openDesk()
    await desk.house.far.write('Ann', 'Can I talk to a real person?')
    await inbox().takeOver({ conversationId: await id() })
    await inbox().handBack({ conversationId: await id() })
    await inbox().handBack({ conversationId: await id() })
    await answered()
    expect((await desk.thread()).at(-1)?.metadata).toMatchObject({
      is_handback: true,
      handoff_trigger: 'client_request',
      messages_in_intervention: 0,
    })
    expect(await desk.open()).toMatchObject({ owner: 'ai', handoff: null })
    expect(desk.model.requests).toHaveLength(1)
    expect(desk.model.requests[0]?.messages[0]?.content).not.toContain('handed the conversation back')
  })

  test('handing back a client who writes another language lets the clone answer in it', async () => {
    desk = await openDesk()
    desk.model.respond(() => ({ reply: '¿Qué te ayudaría hoy a empezar con algo pequeño?', confidence: 0.9 }))
    await desk.house.far.write('Ann', 'Quiero hablar con una persona de verdad, esta semana fue muy dura para mí')
    await desk.until('the coach is called', async () => (await desk.open()).owner === 'waiting')
    await inbox().handBack({ conversationId: await id() })
    await answered()
  })
})

describe('a bot token that cannot be one', () => {
  test.each(['not a token', '123456:short\nX-Header: 1', 'https://example.com'])(
    '%j does not keep the console from opening, and the status says so',
    async (token) => {
      desk = await openDesk({
        environment: { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: 'http://127.0.0.1:9' },
      })
      await desk.house.far.write('Ann', 'Good morning')
      await answered()
      const status = async () => (await desk.house.client.channels.list()).rows.find((row) => row.name === 'telegram')
      await desk.until('it says so', async () => (await status())?.state === 'trouble')
      expect((await status())?.detail).toMatch(/token|Telegram/u)
      expect((await status())?.detail).not.toContain(token)
      expect(await desk.house.client.channels.telegram()).toMatchObject({
        hasToken: true,
        isFixed: true,
        username: null,
      })
      expect(desk.house.logLines.join('\n')).not.toContain(token)
    },
  )
})
