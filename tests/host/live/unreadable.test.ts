import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { unreadableKinds } from '../../../shared/taxonomy/conversation.ts'
import { type Desk, minutes, nothingHappens, openDesk, request } from './desk.ts'

let desk: Desk

beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const inbox = () => desk.house.client.inbox
const id = async () => (await desk.open()).id
const alerts = async () => (await desk.house.client.handoffs.openAlerts()).rows
const file = { name: 'note', mediaType: 'audio/ogg', bytes: new Uint8Array([1, 2, 3]) }

describe('what nobody can read here', () => {
  test.each(unreadableKinds)('a %s calls the coach, and the clone never answers it', async (kind) => {
    await desk.house.far.write('Ann', '', { unreadable: kind, files: [file] })
    expect(await desk.open()).toMatchObject({ owner: 'waiting', handoff: { trigger: 'unreadable' } })
    expect((await desk.thread()).at(-1)).toMatchObject({ unreadable: kind, attachments: [{ name: 'note' }] })
    expect(await alerts()).toMatchObject([{ trigger: 'unreadable' }])
    await nothingHappens()
    expect(desk.texts()).toEqual([])
    expect(desk.model.requests).toEqual([])
  })

  test('a crisis in the caption of a picture locks like any other', async () => {
    await desk.house.far.write('Ann', 'I want to kill myself tonight', { unreadable: 'picture', files: [file] })
    await desk.until('they are told', () => desk.texts().length === 1)
    expect(await desk.open()).toMatchObject({ owner: 'locked', handoff: { trigger: 'safety_crisis' } })
  })

  test('a wish for a person in a caption is told as such', async () => {
    await desk.house.far.write('Ann', 'Can I talk to a real person?', { unreadable: 'picture' })
    expect((await desk.open()).handoff?.trigger).toBe('client_request')
  })

  test('a voice note in a burst with words keeps the clone from answering half of it', async () => {
    await desk.house.client.settings.update({ gatherMs: 60_000 })
    await desk.house.far.write('Ann', 'I have to tell you something')
    await desk.house.far.write('Ann', '', { unreadable: 'voice' })
    await desk.house.far.write('Ann', 'What do you think?')
    desk.later(minutes(2))
    await nothingHappens()
    expect(await desk.open()).toMatchObject({ owner: 'waiting', handoff: { trigger: 'unreadable' } })
    expect(desk.model.requests).toEqual([])
  })

  test('while the clone thinks withdraws its answer', async () => {
    desk.model.think(1_000)
    await desk.house.far.write('Ann', 'Hello')
    await desk.until('the clone thinks', () => desk.model.requests.length === 1)
    await desk.house.far.write('Ann', '', { unreadable: 'voice' })
    await desk.until('the run is closed', async () => !(await desk.open()).isThinking)
    await nothingHappens()
    expect(desk.texts()).toEqual([])
    expect((await desk.open()).owner).toBe('waiting')
  })

  test('handed back as it is stays unanswered, and the clone answers the next words', async () => {
    await desk.house.far.write('Ann', '', { unreadable: 'voice' })
    await inbox().handBack({ conversationId: await id() })
    await nothingHappens()
    expect(await desk.open()).toMatchObject({ owner: 'ai' })
    expect(desk.texts()).toEqual([])
    await desk.house.far.write('Ann', 'Did you listen to it?')
    await desk.until('the clone answers', async () => (await desk.answers()).length === 1)
  })

  test('answered by the coach and handed back is dealt with', async () => {
    await desk.house.far.write('Ann', '', { unreadable: 'voice' })
    await inbox().send({ conversationId: await id(), ...request(), text: 'I have listened to it.' })
    await inbox().handBack({ conversationId: await id() })
    await desk.house.far.write('Ann', 'Thank you. What now?')
    await desk.until('the clone answers', async () => (await desk.answers()).length === 1)
  })

  test('in drafts mode calls the coach too, for there will be no draft', async () => {
    await desk.house.client.settings.update({ defaultReplyMode: 'drafts' })
    await desk.house.far.write('Ann', '', { unreadable: 'voice' })
    expect((await desk.open()).handoff?.trigger).toBe('unreadable')
    await nothingHappens()
    expect(desk.texts()).toEqual([])
  })
})

describe('for a client whom the clone does not answer', () => {
  beforeEach(async () => {
    await desk.house.client.settings.update({ defaultReplyMode: 'off' })
  })

  test('a voice note waits like any other message, without an alarm of its own', async () => {
    await desk.house.far.write('Ann', '', { unreadable: 'voice' })
    await desk.house.far.write('Ann', 'Did you get it?')
    await nothingHappens()
    expect(await desk.open()).toMatchObject({ owner: 'ai', handoff: null })
    expect(await alerts()).toEqual([])
    expect((await inbox().list({ filter: 'needs_me', limit: 10 })).rows).toHaveLength(1)
  })

  test('it raises none when the coach hands back, either', async () => {
    await inbox().takeOver({ conversationId: await taken() })
    await desk.house.far.write('Ann', '', { unreadable: 'voice' })
    await inbox().handBack({ conversationId: await id() })
    expect(await alerts()).toEqual([])
    expect((await desk.open()).owner).toBe('ai')
  })

  test('switching the clone on brings it to the coach', async () => {
    await desk.house.far.write('Ann', '', { unreadable: 'voice' })
    await desk.house.client.settings.update({ defaultReplyMode: 'autopilot' })
    expect((await desk.open()).handoff?.trigger).toBe('unreadable')
    await nothingHappens()
    expect(desk.texts()).toEqual([])
  })

  test('a crisis in a caption still locks', async () => {
    await desk.house.far.write('Ann', 'I want to kill myself tonight', { unreadable: 'picture' })
    expect((await desk.open()).owner).toBe('locked')
  })
})

const taken = async (): Promise<string> => {
  await desk.house.far.write('Ann', 'Hello')
  return id()
}
