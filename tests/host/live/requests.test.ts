import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Desk, nothingHappens, openDesk, request } from './desk.ts'

let desk: Desk

beforeEach(async () => {
  desk = await openDesk({ asksBeforeAccepting: true })
})
afterEach(() => desk.close())

const inbox = () => desk.house.client.inbox
const decide = async (kind: 'accept' | 'decline') =>
  inbox().triage({ conversationIds: [(await desk.open()).id], action: { kind } })
const listed = async (filter: 'all' | 'requests' | 'needs_me') =>
  (await inbox().list({ filter, limit: 50 })).rows.map((row) => row.clientName)
const alerts = async () => (await desk.house.client.handoffs.openAlerts()).rows

describe('somebody nobody knows', () => {
  test('waits: no answer, no word about an AI, nothing to the model', async () => {
    await desk.house.far.write('Ann', 'Hello, is this the coach?')
    await nothingHappens()
    expect(await desk.open()).toMatchObject({ acceptance: 'requested', owner: 'ai', unreadCount: 1 })
    const { rows } = await desk.house.client.clients.list({ search: '', limit: 9 })
    expect(rows).toMatchObject([{ acceptance: 'requested' }])
    expect(await listed('requests')).toEqual(['Ann'])
    expect(await listed('all')).toEqual([])
    expect(await listed('needs_me')).toEqual(['Ann'])
    expect(desk.texts()).toEqual([])
    expect(desk.model.requests).toEqual([])
    expect(desk.house.far.typing).toEqual([])
  })

  test('is not told what answers, and calls nobody by asking for a person', async () => {
    await desk.house.far.write('Ann', 'Are you an AI? Can I talk to a real person?')
    await nothingHappens()
    expect(desk.texts()).toEqual([])
    expect(await alerts()).toEqual([])
  })

  test('in a crisis is locked, told and called about like a client', async () => {
    await desk.house.far.write('Ann', 'I want to kill myself tonight')
    await desk.until('they are told', () => desk.texts().length === 1)
    expect(await desk.open()).toMatchObject({ owner: 'locked', handoff: { trigger: 'safety_crisis' } })
    expect(await listed('all')).toEqual(['Ann'])
    expect(await alerts()).toMatchObject([{ trigger: 'safety_crisis' }])
  })

  test('is answered once the coach lets them in', async () => {
    await desk.house.far.write('Ann', 'Hello?')
    await desk.house.far.write('Ann', 'A friend told me about you.')
    await decide('accept')
    await desk.until('the clone answers', async () => (await desk.answers()).length === 1)
    expect(desk.texts()).toEqual([expect.stringContaining('AI'), 'What would help you today?'])
    expect(desk.model.requests[0]?.body).toContain('A friend told me about you.')
    expect(await listed('requests')).toEqual([])
  })

  test('who asked for a person while they waited gets one when they are let in', async () => {
    await desk.house.far.write('Ann', 'Can I talk to a real person?')
    await decide('accept')
    await desk.until('the coach is called', async () => (await desk.open()).owner === 'waiting')
    expect((await desk.open()).handoff?.trigger).toBe('client_request')
    expect(await desk.answers()).toEqual([])
  })

  test('whose voice note nobody can hear is brought to the coach when they are let in', async () => {
    await desk.house.far.write('Ann', '', { unreadable: 'voice' })
    await nothingHappens()
    expect(await alerts()).toEqual([])
    await decide('accept')
    await desk.until('the coach is called', async () => (await desk.open()).handoff?.trigger === 'unreadable')
    expect(desk.texts()).toEqual([])
  })

  test('is let in by the coach writing to them, and the clone leaves the floor', async () => {
    await desk.house.far.write('Ann', 'Hello?')
    await inbox().send({ conversationId: (await desk.open()).id, ...request(), text: 'Hi Ann, it is me.' })
    await desk.until('it is sent', () => desk.texts().length === 1)
    expect(await desk.open()).toMatchObject({ acceptance: 'accepted', owner: 'human' })
    await desk.house.far.write('Ann', 'Oh, good!')
    await nothingHappens()
    expect(desk.texts()).toEqual(['Hi Ann, it is me.'])
  })

  test('may be a friend the coach writes to on their own phone: the clone is silent until they are let in', async () => {
    await desk.house.far.write('Ann', 'Hi Ann, shall we begin on Monday?', { from: 'coach', clientName: 'Ann' })
    expect(await desk.open()).toMatchObject({ acceptance: 'requested', owner: 'human', unreadCount: 0 })
    await desk.house.far.write('Ann', 'Yes, please.')
    const { id } = await desk.open()
    await inbox().handBack({ conversationId: id })
    await nothingHappens()
    expect(desk.texts()).toEqual([])
    await inbox().triage({ conversationIds: [id], action: { kind: 'accept' } })
    await desk.until('the clone answers', async () => (await desk.answers()).length === 1)
  })
})

describe('somebody the coach declined', () => {
  beforeEach(async () => {
    await desk.house.far.write('Ann', 'Buy my course!')
    await decide('decline')
  })

  test('hears nothing and asks for nothing, whatever they write', async () => {
    await desk.house.far.write('Ann', 'Are you a bot? I want a real person.')
    await nothingHappens()
    expect(desk.texts()).toEqual([])
    expect(desk.model.requests).toEqual([])
    expect(await listed('needs_me')).toEqual([])
    expect(await listed('requests')).toEqual([])
  })

  test('is still never left alone in a crisis', async () => {
    await desk.house.far.write('Ann', 'I will kill myself now')
    await desk.until('they are told', () => desk.texts().length === 1)
    expect((await desk.open()).owner).toBe('locked')
    expect(await alerts()).toHaveLength(1)
  })
})
