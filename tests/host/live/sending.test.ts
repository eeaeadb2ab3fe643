import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Desk, nothingHappens, openDesk, request } from './desk.ts'

let desk: Desk

beforeEach(async () => {
  desk = await openDesk({ settings: { defaultReplyMode: 'off' } })
  await desk.house.far.write('Ann', 'Good morning')
})
afterEach(() => desk.close())

const inbox = () => desk.house.client.inbox
const id = async () => (await desk.open()).id

describe('taking back what was just sent', () => {
  beforeEach(() => desk.house.client.settings.update({ undoSendSeconds: 30 }))

  test('the words wait, can be taken back, and lie in the composer again', async () => {
    const sending = await inbox().send({ conversationId: await id(), ...request(), text: 'You are late again.' })
    expect(sending.undoUntil).toBeGreaterThan(Date.now())
    expect((await desk.thread()).at(-1)).toMatchObject({ content: 'You are late again.', deliveryStatus: 'queued' })
    expect((await desk.thread()).at(-1)?.waiting?.outboxId).toBe(sending.outboxId)
    await inbox().saveComposer({ conversationId: await id(), text: 'And another thing' })
    await inbox().cancelSend({ outboxId: sending.outboxId })
    expect((await desk.open()).composerText).toBe('You are late again.\n\nAnd another thing')
    expect((await desk.thread()).map((message) => message.content)).toEqual(['Good morning'])
    expect((await desk.open()).preview).toBe('Good morning')
    expect(desk.texts()).toEqual([])
    await expect(inbox().cancelSend({ outboxId: sending.outboxId })).rejects.toMatchObject({ code: 'TOO_LATE' })
  })

  test('after a restart within its window it still goes, once', async () => {
    await desk.house.client.settings.update({ undoSendSeconds: 1 })
    await inbox().send({ conversationId: await id(), ...request(), text: 'See you at four.' })
    await desk.house.restart()
    await desk.house.client.settings.update({ undoSendSeconds: 1, gatherMs: 0 })
    await desk.until('it is sent', () => desk.texts().length === 1)
    await nothingHappens(200)
    expect(desk.texts()).toEqual(['See you at four.'])
  })

  test('what has gone can no longer be taken back', async () => {
    await desk.house.client.settings.update({ undoSendSeconds: 0 })
    const { outboxId, undoUntil } = await inbox().send({ conversationId: await id(), ...request(), text: 'Yes.' })
    expect(undoUntil).toBeNull()
    await desk.until('it is sent', () => desk.texts().length === 1)
    await expect(inbox().cancelSend({ outboxId })).rejects.toMatchObject({ code: 'TOO_LATE' })
  })

  test('a draft taken back is a draft again, and nobody was told about an AI', async () => {
    await desk.house.client.settings.update({ defaultReplyMode: 'drafts' })
    const draft = await desk.until('a draft is there', async () => (await desk.open()).draft)
    const { outboxId } = await inbox().sendDraft({
      draftId: draft.id,
      ...request(),
      text: `${draft.text} Tell me.`,
      evenIfClientWrote: false,
    })
    expect((await desk.open()).draft).toBeNull()
    await inbox().cancelSend({ outboxId })
    expect((await desk.open()).draft).toMatchObject({ id: draft.id, text: `${draft.text} Tell me.` })
    await nothingHappens()
    expect(desk.texts()).toEqual([])
  })

  test('a crisis notice does not wait for what may still be taken back', async () => {
    await inbox().send({ conversationId: await id(), ...request(), text: 'Enjoy the party!' })
    await desk.house.far.write('Ann', 'I want to kill myself tonight')
    await desk.until('the notice is sent', () => desk.texts().length === 1)
    expect(desk.texts()[0]).toContain('alerted')
  })
})

describe('scheduled words', () => {
  const schedule = async (text: string, inMs: number, onlyIfSilent = false) =>
    inbox().send({ conversationId: await id(), ...request(), text, sendAt: Date.now() + inMs, onlyIfSilent })

  test('stand beside the thread until they go, and change nothing else', async () => {
    await schedule('Good luck today!', 1_200)
    expect((await desk.open()).scheduled).toMatchObject([{ text: 'Good luck today!', note: null, onlyIfSilent: false }])
    expect((await desk.thread()).map((message) => message.content)).toEqual(['Good morning'])
    expect(await desk.open()).toMatchObject({ owner: 'ai', preview: 'Good morning' })
    await desk.until('they are sent', () => desk.texts().length === 1)
    expect((await desk.open()).scheduled).toEqual([])
    expect((await desk.thread()).at(-1)).toMatchObject({ senderType: 'human_coach', content: 'Good luck today!' })
    expect((await desk.open()).owner).toBe('ai')
  })

  test('hold nothing back that is written meanwhile, and can be cancelled', async () => {
    const { outboxId } = await schedule('Next week', 3_600_000)
    await inbox().send({ conversationId: await id(), ...request(), text: 'Now' })
    await desk.until('the other is sent', () => desk.texts().length === 1)
    expect(desk.texts()).toEqual(['Now'])
    await inbox().cancelSend({ outboxId })
    expect(await desk.open()).toMatchObject({ scheduled: [], composerText: 'Next week' })
  })

  test('come back to the coach where the client wrote first and that was wanted', async () => {
    await schedule('Are you there?', 400, true)
    await desk.house.far.write('Ann', 'I am here')
    const held = await desk.until('they come back', async () => (await desk.open()).scheduled.find((one) => one.note))
    expect(held.note).toContain('they wrote')
    expect(desk.texts()).toEqual([])
    const needsMe = await inbox().list({ filter: 'needs_me', limit: 10 })
    expect(needsMe.rows.map((row) => row.clientName)).toContain('Ann')
    await inbox().settleTrouble({ outboxId: held.outboxId, decision: 'send_again' })
    await desk.until('the coach sends them anyway', () => desk.texts().length === 1)
    expect((await desk.open()).scheduled).toEqual([])
  })

  test('never go into a crisis that began meanwhile', async () => {
    await schedule('Have fun at the party!', 500)
    await desk.house.far.write('Ann', 'I want to kill myself tonight')
    const held = await desk.until('they are held back', async () =>
      (await desk.open()).scheduled.find((one) => one.note),
    )
    expect(held.note).toContain('safety crisis')
    expect(desk.texts().join()).not.toContain('party')
  })

  test('let the clone answer first where it is about to', async () => {
    desk.model.think(700)
    await schedule('How was the weekend?', 300)
    await desk.house.client.settings.update({ defaultReplyMode: 'autopilot' })
    await desk.until('the clone has answered', () => desk.texts().includes('What would help you today?'))
    expect(desk.texts()).not.toContain('How was the weekend?')
    expect((await desk.open()).scheduled).toHaveLength(1)
  })

  test('survive a restart', async () => {
    await schedule('Still there?', 1_500)
    await desk.house.restart()
    expect((await desk.open()).scheduled).toHaveLength(1)
    await desk.until('they are sent', () => desk.texts().length === 1)
  })
})

describe('where the channel says that nothing was delivered', () => {
  const offline = { outcome: 'later', afterMs: 1_000, message: 'There is no connection to the internet.' } as const

  test('the words wait with a sentence and go once the connection is back', async () => {
    desk.house.far.nextSends.push(offline)
    await inbox().send({ conversationId: await id(), ...request(), text: 'First' })
    await inbox().send({ conversationId: await id(), ...request(), text: 'Second' })
    await desk.until('it waits', async () => (await desk.thread()).some((message) => message.waiting?.note))
    expect((await desk.thread()).find((message) => message.content === 'First')?.waiting?.note).toContain('connection')
    await desk.until('both are sent', () => desk.texts().length === 2)
    expect(desk.texts()).toEqual(['First', 'Second'])
  })

  test('an answer of the clone that went stale meanwhile is never sent', async () => {
    await desk.house.client.settings.update({ defaultReplyMode: 'autopilot' })
    await desk.until('the first answer is sent', () => desk.texts().length === 2)
    desk.house.far.nextSends.push(offline)
    await desk.house.far.write('Ann', 'What now?')
    await desk.until('its answer waits', async () => (await desk.thread()).some((message) => message.waiting?.note))
    await inbox().send({ conversationId: await id(), ...request(), text: 'Let me answer that.' })
    await desk.until('the coach is heard', () => desk.texts().includes('Let me answer that.'))
    await nothingHappens(300)
    expect(desk.texts().filter((text) => text === 'What would help you today?')).toHaveLength(1)
  })
})
