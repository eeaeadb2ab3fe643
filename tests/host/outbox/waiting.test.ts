import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Desk, minutes, nothingHappens, openDesk, request } from '../live/desk.ts'

// What waits in the outbox, in orders of events in which the property soak found a fault.
let desk: Desk
const answer = 'What would help you today?'
const offline = { outcome: 'later', afterMs: 1_000, message: 'There is no connection to the internet.' } as const
const arrives = { outcome: 'sent', externalId: 'first' } as const

beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const inbox = () => desk.house.client.inbox
const id = async () => (await desk.open()).id
const isSaid = (part: string) => () => desk.texts().some((text) => text.includes(part))
const drafted = (after = '') =>
  desk.until('a draft lies there', async () => {
    const { draft } = await desk.open()
    return draft !== null && draft.id !== after && draft
  })
const approve = async (draftId: string, text: string) =>
  inbox().sendDraft({ draftId, ...request(), text, evenIfClientWrote: true })

describe('where the channel says that nothing was delivered', () => {
  test('a new reply mode makes the clone answer anew, and the client gets one answer', async () => {
    desk.house.far.nextSends.push(arrives, offline)
    await desk.house.far.write('Ann', 'Good morning')
    await desk.until('the answer was tried', () => desk.house.far.nextSends.length === 0)
    await desk.house.client.clients.update({ clientId: (await desk.open()).clientId, replyMode: 'autopilot' })
    await desk.until('the clone has thought again', () => desk.model.requests.length === 2)
    await desk.until('it is said', isSaid(answer))
    await nothingHappens(1_300)
    expect(desk.texts().filter((text) => text === answer)).toHaveLength(1)
  })

  test('scheduled words are held back by a crisis that begins while they wait', async () => {
    await desk.house.client.settings.update({ defaultReplyMode: 'off' })
    await desk.house.far.write('Ann', 'Good morning')
    desk.house.far.nextSends.push(offline)
    const scheduled = {
      conversationId: await id(),
      ...request(),
      text: 'Have fun at the party!',
      sendAt: Date.now() + 1_000,
    }
    await inbox().send(scheduled)
    await desk.until('they were tried', () => desk.house.far.nextSends.length === 0)
    await desk.house.far.write('Ann', 'I want to kill myself tonight')
    const held = await desk.until('they are held back', async () =>
      (await desk.open()).scheduled.find((one) => one.note?.includes('safety crisis')),
    )
    expect(held.text).toBe('Have fun at the party!')
    expect(desk.texts().join()).not.toContain('party')
  })

  test('an approved draft that became stale lies there as a draft, and nowhere else', async () => {
    await desk.house.client.settings.update({ defaultReplyMode: 'drafts' })
    await desk.house.far.write('Ann', 'Good morning')
    const draft = await drafted()
    desk.house.far.nextSends.push(arrives, offline)
    await approve(draft.id, draft.text)
    await desk.until('it was tried', () => desk.house.far.nextSends.length === 0)
    await desk.house.far.write('Ann', 'It is solved')
    await desk.until('it is back', async () => (await desk.open()).draft?.id === draft.id)
    expect((await desk.thread()).filter((message) => message.waiting || message.content === draft.text)).toEqual([])
  })

  test('a word for a client in danger does not wait for what came before it', async () => {
    await desk.house.client.settings.update({ defaultReplyMode: 'off' })
    await desk.house.far.write('Ann', 'Good morning')
    desk.house.far.nextSends.push({ ...offline, afterMs: minutes(40) })
    for (const text of ['First', 'Second']) await inbox().send({ conversationId: await id(), ...request(), text })
    await desk.until('the first was tried', () => desk.house.far.nextSends.length === 0)
    await desk.house.far.write('Ann', 'I want to kill myself tonight')
    await desk.until('the client is told', isSaid('alerted'))
    expect(desk.texts()).toHaveLength(1)
  })

  test('it is not asked again at once because the clock was set back', async () => {
    await desk.house.client.settings.update({ defaultReplyMode: 'off' })
    await desk.house.far.write('Ann', 'Good morning')
    const tries = 40
    desk.house.far.nextSends.push(...Array.from({ length: tries }, () => offline))
    await inbox().send({ conversationId: await id(), ...request(), text: 'Hello' })
    desk.later(-minutes(1))
    await nothingHappens()
    expect(desk.house.far.nextSends.length).toBeGreaterThan(tries - 4)
  })
})

describe('approved drafts that do not go', () => {
  test('are taken back although the clone has written another meanwhile', async () => {
    await desk.house.client.settings.update({ defaultReplyMode: 'drafts', undoSendSeconds: 20 })
    await desk.house.far.write('Ann', 'Good morning')
    const draft = await drafted()
    const { outboxId } = await approve(draft.id, `${draft.text} Tell me.`)
    await desk.house.far.write('Ann', 'And another thing')
    await drafted(draft.id)
    await inbox().cancelSend({ outboxId })
    expect((await desk.open()).draft).toMatchObject({ id: draft.id, text: `${draft.text} Tell me.` })
  })

  test('both come back where two do: one as the draft, one where the coach writes', async () => {
    await desk.house.client.settings.update({ defaultReplyMode: 'drafts', undoSendSeconds: 20 })
    await desk.house.far.write('Ann', 'Good morning')
    const first = await drafted()
    const one = await approve(first.id, 'The first, as I put it.')
    await desk.house.far.write('Ann', 'And another thing')
    const second = await drafted(first.id)
    const two = await approve(second.id, 'The second, as I put it.')
    await inbox().cancelSend({ outboxId: one.outboxId })
    await inbox().cancelSend({ outboxId: two.outboxId })
    expect(await desk.open()).toMatchObject({
      draft: { id: first.id, text: 'The first, as I put it.' },
      composerText: 'The second, as I put it.',
    })
  })
})

describe('a send that may have arrived and that the coach wanted again', () => {
  test('stays in the thread as a question when they stop it', async () => {
    await desk.house.client.settings.update({ defaultReplyMode: 'off' })
    await desk.house.far.write('Ann', 'Good morning')
    desk.house.far.nextSends.push('throw')
    const { outboxId } = await inbox().send({ conversationId: await id(), ...request(), text: 'Did this arrive?' })
    await desk.until('it is in trouble', async () => (await desk.thread()).at(-1)?.trouble)
    await desk.house.client.channels.stopPractice()
    await inbox().settleTrouble({ outboxId, decision: 'send_again' })
    await inbox().cancelSend({ outboxId })
    expect((await desk.thread()).at(-1)).toMatchObject({ content: 'Did this arrive?', trouble: { state: 'unknown' } })
    expect((await desk.open()).composerText).toBe('')
  })
})
