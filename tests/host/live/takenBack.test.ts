import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Desk, minutes, nothingHappens, openDesk, request } from './desk.ts'

let desk: Desk

beforeEach(async () => {
  desk = await openDesk()
  desk.model.respond((asked) => ({ reply: `To: ${asked.clientText}`, confidence: 0.8 }))
})
afterEach(() => desk.close())

const inbox = () => desk.house.client.inbox
const id = async () => (await desk.open()).id
const writes = (text: string, updateId: string) => desk.house.far.write('Ann', text, { updateId })
const takesBack = (...externalIds: string[]) =>
  desk.house.far.change({
    kind: 'removal',
    updateId: `gone: ${externalIds.join()}`,
    chatId: 'Ann',
    externalIds,
    removedAt: Date.now(),
  })
const answered = () => desk.until('the clone has answered', async () => (await desk.answers()).length > 0)
const draft = () => desk.until('a draft is there', async () => (await desk.open()).draft)
const given = () => desk.model.requests.map(({ messages }) => messages.map(({ content }) => content).join('\n'))
const lastGiven = () => given().at(-1) ?? ''

describe('words the client takes back', () => {
  test('before anybody answered are answered by nobody, where none are left', async () => {
    await desk.house.client.settings.update({ gatherMs: 60_000 })
    await writes('Forget that I asked', '1')
    await takesBack('1')
    desk.later(minutes(2))
    await nothingHappens()
    expect(desk.model.requests).toEqual([])
    expect(desk.texts()).toEqual([])
    expect(await desk.open()).toMatchObject({ owner: 'ai', unansweredSince: null, draft: null })
    expect((await inbox().counts({})).needsMe).toBe(0)
  })

  test('of a burst leave the others to be answered, and reach no model', async () => {
    await desk.house.client.settings.update({ gatherMs: 60_000 })
    await writes('I hate my sister', '1')
    await writes('How do I apologise?', '2')
    await takesBack('1')
    desk.later(minutes(2))
    await answered()
    expect(await desk.answers()).toEqual(['To: How do I apologise?'])
    expect(lastGiven()).not.toContain('sister')
  })

  test('while the clone thinks make it think again of what still stands', async () => {
    await desk.house.client.settings.update({ gatherMs: 200 })
    desk.model.think(1_000)
    await writes('How do I apologise?', '1')
    await writes('I hate my sister', '2')
    await desk.until('the clone thinks', () => desk.model.requests.length === 1)
    desk.model.think(0)
    await takesBack('2')
    await answered()
    await nothingHappens()
    expect(await desk.answers()).toEqual(['To: How do I apologise?'])
  })

  test('while the clone thinks are answered by nobody, where none are left', async () => {
    desk.model.think(500)
    await writes('I hate my sister', '1')
    await desk.until('the clone thinks', () => desk.model.requests.length === 1)
    await takesBack('1')
    await desk.until('it has stopped', async () => !(await desk.open()).isThinking)
    await nothingHappens()
    expect(desk.texts()).toEqual([])
    expect(await desk.open()).toMatchObject({ owner: 'ai', lastTrouble: null })
  })

  test('are no longer answered by a reply that still waits for the connection', async () => {
    const disclosed = { outcome: 'sent', externalId: 'disclosed' } as const
    desk.house.far.nextSends.push(disclosed, { outcome: 'later', afterMs: minutes(5), message: 'Offline.' })
    await writes('I hate my sister', '1')
    await desk.until('it was tried', () => desk.house.far.nextSends.length === 0)
    await takesBack('1')
    desk.later(minutes(30))
    await nothingHappens()
    expect(await desk.answers()).toEqual([])
    expect(desk.texts()).toHaveLength(1)
  })

  test('that were answered are not given to the model with the next ones, nor named among its reasons', async () => {
    const replies = ['What happened?', 'With whom?']
    desk.model.respond(() => ({ reply: replies.shift() ?? '', confidence: 0.8 }))
    await writes('I hate my sister', '1')
    await answered()
    await takesBack('1')
    await writes('How do I apologise?', '2')
    await desk.until('it is answered', async () => (await desk.answers()).length === 2)
    expect(lastGiven()).toContain('How do I apologise?')
    expect(lastGiven()).not.toContain('I hate my sister')
    const { metadata } = (await desk.thread()).findLast((message) => message.senderType === 'ai') ?? {}
    const why = await desk.house.client.replies.why({ executionId: metadata?.execution_id ?? '' })
    expect(why.context.map(({ text }) => text)).not.toContain('I hate my sister')
  })

  test('stay a crisis where they were one', async () => {
    await writes('I want to kill myself tonight', '1')
    await takesBack('1')
    await desk.until('they are told', () => desk.texts().some((text) => text.includes('alerted')))
    await nothingHappens()
    expect(await desk.open()).toMatchObject({ owner: 'locked', handoff: { trigger: 'safety_crisis' } })
    expect((await desk.house.client.handoffs.openAlerts()).rows).toHaveLength(1)
    expect(desk.model.requests).toEqual([])
  })

  test('still count where danger shows only together with what stands', async () => {
    await desk.house.client.settings.update({ gatherMs: 60_000 })
    await writes('I will kill', '1')
    await takesBack('1')
    await writes('myself', '2')
    desk.later(minutes(2))
    await desk.until('the coach is called', async () => (await desk.open()).owner === 'locked')
  })

  test('that asked for a person have called one', async () => {
    await writes('Can I talk to a real person?', '1')
    await takesBack('1')
    expect(await desk.open()).toMatchObject({ owner: 'waiting', handoff: { trigger: 'client_request' } })
  })
})

describe('a draft', () => {
  beforeEach(async () => {
    await desk.house.client.settings.update({ defaultReplyMode: 'drafts' })
  })

  test('to words that are gone is withdrawn', async () => {
    await writes('I hate my sister', '1')
    const { id: draftId, text } = await draft()
    await takesBack('1')
    expect((await desk.open()).draft).toBeNull()
    const send = inbox().sendDraft({ draftId, ...request(), text, evenIfClientWrote: true })
    await expect(send).rejects.toMatchObject({ code: 'DRAFT_GONE' })
    await nothingHappens()
    expect((await desk.open()).draft).toBeNull()
  })

  test('to words of which some are gone gives way to one that answers the others', async () => {
    await desk.house.client.settings.update({ gatherMs: 200 })
    await writes('How do I apologise?', '1')
    await writes('I hate my sister', '2')
    await draft()
    await takesBack('2')
    await desk.until('another is there', async () => (await desk.open()).draft?.text === 'To: How do I apologise?')
  })

  test('that the coach approved comes back to them, and says why', async () => {
    await desk.house.client.settings.update({ undoSendSeconds: 30 })
    await writes('I hate my sister', '1')
    const { id: draftId } = await draft()
    await inbox().sendDraft({ draftId, ...request(), text: 'She loves you.', evenIfClientWrote: false })
    await takesBack('1')
    desk.later(minutes(1))
    const back = await draft()
    expect(back).toMatchObject({ id: draftId, text: 'She loves you.', isStale: true, isTakenBack: true })
    expect(desk.texts()).toEqual([])
    const again = (evenIfClientWrote: boolean) =>
      inbox().sendDraft({ draftId, ...request(), text: 'She loves you.', evenIfClientWrote })
    await expect(again(false)).rejects.toMatchObject({ code: 'CLIENT_WROTE_SINCE' })
    await again(true)
    desk.later(minutes(1))
    await desk.until('it is sent', () => desk.texts().includes('She loves you.'))
  })
})

test('a message scheduled for a silent client goes where what they wrote before is gone', async () => {
  await desk.house.client.settings.update({ defaultReplyMode: 'off' })
  await writes('Hello', '1')
  const at = Date.now() + minutes(5)
  await inbox().send({ conversationId: await id(), ...request(), text: 'All well?', sendAt: at, onlyIfSilent: true })
  await takesBack('1')
  desk.later(minutes(6))
  await desk.until('it is sent', () => desk.texts().includes('All well?'))
})

test('an answer the coach takes back is not given to the model either', async () => {
  await writes('Hello', '1')
  await answered()
  const sent = (await desk.thread()).find((message) => message.senderType === 'ai')
  await inbox().removeMessage({ messageId: sent?.id ?? '' })
  await writes('And now?', '2')
  await desk.until('it is answered', async () => (await desk.answers()).length === 2)
  expect(lastGiven()).not.toContain('To: Hello')
})
