import { afterEach, describe, expect, test } from 'vitest'
import { noticeText } from '../../../host/handoff/index.ts'
import { type Desk, minutes, nothingHappens, openDesk } from './desk.ts'

let desk: Desk

afterEach(() => desk.close())

const settings = () => desk.house.client.settings
const answered = (name = 'Ann', count = 1) =>
  desk.until(`the clone has answered ${name}`, async () => (await desk.answers(name)).length === count)
const called = (trigger: string, name = 'Ann') =>
  desk.until(`the coach is called about ${name}`, async () => (await desk.open(name)).handoff?.trigger === trigger)

describe('once the day’s budget is used up', () => {
  const spend = async () => {
    desk = await openDesk({ settings: { priceInUsd: 1_000, priceOutUsd: 1_000, dailyBudgetUsd: 0.5 } })
    await desk.house.far.write('Zoe', 'The first one of the day')
    await answered('Zoe')
  }

  test('the coach is called, no model is asked, and nobody is told anything', async () => {
    await spend()
    await desk.house.far.write('Ann', 'Good morning')
    await called('budget')
    expect((await desk.open()).lastTrouble).toContain('budget')
    expect(desk.model.requests).toHaveLength(1)
    expect(await desk.thread()).toHaveLength(1)
  })

  test('a higher one gives them back to the clone', async () => {
    await spend()
    await desk.house.far.write('Ann', 'Good morning')
    await called('budget')
    await settings().update({ dailyBudgetUsd: 100 })
    await answered()
    expect(await desk.open()).toMatchObject({ owner: 'ai', handoff: null })
  })

  test('one that is still too low calls the coach again, once', async () => {
    await spend()
    await desk.house.far.write('Ann', 'Good morning')
    await called('budget')
    const before = (await desk.open()).handoff?.id
    await settings().update({ dailyBudgetUsd: 0.6 })
    await desk.until('they are called', async () => (await desk.open()).handoff?.id !== before)
    await called('budget')
    expect(desk.model.requests).toHaveLength(1)
    expect((await desk.house.client.handoffs.openAlerts()).rows).toHaveLength(1)
  })

  test('a new day gives them back, too', async () => {
    await spend()
    await desk.house.far.write('Ann', 'Good morning')
    await called('budget')
    desk.later(minutes(24 * 60))
    await desk.until('it is the clone’s again', async () => (await desk.open()).owner === 'ai')
    await desk.house.far.write('Ann', 'Good morning again')
    await answered()
  })

  test('whom the coach took over meanwhile stays with the coach', async () => {
    await spend()
    await desk.house.far.write('Ann', 'Good morning')
    await called('budget')
    await desk.house.client.inbox.takeOver({ conversationId: (await desk.open()).id })
    await settings().update({ dailyBudgetUsd: 100 })
    await nothingHappens()
    expect((await desk.open()).owner).toBe('human')
    expect(await desk.answers()).toEqual([])
  })

  test('a crisis needs no budget', async () => {
    await spend()
    await desk.house.far.write('Ann', 'I want to kill myself tonight')
    expect((await desk.open()).handoff?.trigger).toBe('safety_crisis')
  })
})

describe('where a model is connected later', () => {
  const start = async () => {
    desk = await openDesk({ environment: { OPENAI_BASE_URL: '', OPENAI_MODEL: '' } })
  }
  const connect = () => settings().update({ modelBaseUrl: desk.model.url, modelName: 'stand-in' })

  test('clients who waited for it go back to the clone, and no others', async () => {
    await start()
    await desk.house.far.write('Ann', 'Good morning')
    await desk.house.far.write('Ben', 'Can I talk to a real person?')
    await called('no_model')
    await called('client_request', 'Ben')
    await connect()
    await answered()
    await nothingHappens()
    expect((await desk.open('Ben')).owner).toBe('waiting')
    expect(await desk.answers('Ben')).toEqual([])
  })

  test('what they wrote is read as if it had just come: a big decision is still one', async () => {
    await start()
    desk.model.respond(() => ({ reply: 'Then do it today.', confidence: 0.4 }))
    await desk.house.far.write('Ann', 'I want to quit my job right now')
    await called('no_model')
    await connect()
    await called('high_stakes_decision')
    expect(desk.texts()).not.toContain('Then do it today.')
  })

  test('they are told what answers in their own language', async () => {
    await start()
    desk.model.respond(() => ({ reply: '¿Qué te ayudaría hoy a empezar con algo pequeño?', confidence: 0.8 }))
    await desk.house.far.write('Ann', 'Esta semana fue muy dura para mí y no sé por dónde empezar')
    await called('no_model')
    await connect()
    await answered()
    const { coachName } = await settings().get()
    expect(desk.texts()[0]).toBe(noticeText('ai_disclosure', { coachName, region: null, language: 'es' }))
  })

  test('a crisis that shows only in the whole turn is one, not a missing model', async () => {
    await start()
    await desk.house.far.write('Ann', 'Good morning')
    await called('no_model')
    await desk.house.far.write('Ann', 'I want to kill myself')
    expect(await desk.open()).toMatchObject({ owner: 'locked', handoff: { trigger: 'safety_crisis' } })
    await connect()
    await nothingHappens()
    expect((await desk.open()).owner).toBe('locked')
  })
})

describe('where everybody is to get drafts from now on', () => {
  test('a reply on its way is not sent, and becomes a draft', async () => {
    desk = await openDesk()
    desk.model.think(1_000)
    await desk.house.far.write('Ann', 'Good morning')
    await desk.until('the clone thinks', () => desk.model.requests.length === 1)
    await settings().update({ defaultReplyMode: 'drafts' })
    await desk.until('a draft is there', async () => (await desk.open()).draft)
    await nothingHappens()
    expect(desk.texts()).toEqual([])
  })

  test('a reply that waits for the connection is not sent either', async () => {
    desk = await openDesk()
    desk.house.far.nextSends.push({ outcome: 'later', afterMs: 1_000, message: 'There is no connection.' })
    await desk.house.far.write('Ann', 'Good morning')
    await desk.until('it waits', async () => (await desk.thread()).some((message) => message.waiting?.note))
    await settings().update({ defaultReplyMode: 'drafts' })
    await nothingHappens(1_300)
    expect(desk.texts()).toEqual([])
    await desk.until('a draft is there', async () => (await desk.open()).draft)
  })

  test('a client with a mode of their own keeps it', async () => {
    desk = await openDesk({ settings: { gatherMs: 500 } })
    await desk.house.far.write('Ann', 'Good morning')
    await desk.house.client.clients.update({ clientId: (await desk.open()).clientId, replyMode: 'autopilot' })
    await settings().update({ defaultReplyMode: 'off' })
    await answered()
  })
})
