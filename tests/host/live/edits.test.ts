import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Desk, minutes, nothingHappens, openDesk, request } from './desk.ts'

let desk: Desk

beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const inbox = () => desk.house.client.inbox
const writes = (text: string, updateId: string) => desk.house.far.write('Ann', text, { updateId })
const edits = (externalId: string, text: string, updateId = `edit of ${externalId} to ${text}`) =>
  desk.house.far.change({ kind: 'edit', updateId, chatId: 'Ann', externalId, text, editedAt: Date.now() })
const message = async (content: string) => (await desk.thread()).find((one) => one.content === content)
const versions = async (content: string) => {
  const { rows } = await inbox().versions({ messageId: (await message(content))?.id ?? '' })
  return rows.map((row) => row.content)
}
const answered = () => desk.until('the clone has answered', async () => (await desk.answers()).length > 0)

describe('words a client changes', () => {
  test('before anybody answered are answered as they stand now, once', async () => {
    await desk.house.client.settings.update({ gatherMs: 60_000 })
    await writes('I failed the exam', '1')
    await edits('1', 'I passed the exam')
    desk.later(minutes(2))
    await answered()
    await nothingHappens()
    expect(await desk.answers()).toHaveLength(1)
    expect(desk.model.requests).toHaveLength(1)
    expect(desk.model.requests[0]?.clientText).toBe('I passed the exam')
    expect(await versions('I passed the exam')).toEqual(['I failed the exam'])
  })

  test('while the clone thinks make what it thought out of date', async () => {
    desk.model.think(1_000)
    desk.model.respond((asked) => ({ reply: `To: ${asked.clientText}`, confidence: 0.8 }))
    await writes('I failed the exam', '1')
    await desk.until('the clone thinks', () => desk.model.requests.length === 1)
    desk.model.think(0)
    await edits('1', 'I passed the exam')
    await answered()
    await nothingHappens()
    expect(await desk.answers()).toEqual(['To: I passed the exam'])
  })

  test('after the answer are shown with what they were, unread, and answered by nobody a second time', async () => {
    await writes('I failed the exam', '1')
    await answered()
    await inbox().markRead({ conversationId: (await desk.open()).id, upToSeq: (await desk.open()).lastSeq })
    await edits('1', 'I passed the exam')
    await edits('1', 'I passed both exams')
    await nothingHappens()
    expect(await desk.answers()).toHaveLength(1)
    expect(await message('I passed both exams')).toMatchObject({ editedAt: expect.any(Number) })
    expect(await versions('I passed both exams')).toEqual(['I failed the exam', 'I passed the exam'])
    expect((await desk.open()).unreadCount).toBe(1)
  })

  test('into a crisis lock the conversation, answered or not', async () => {
    await writes('All fine', '1')
    await answered()
    await edits('1', 'I want to kill myself tonight')
    await desk.until('they are told', () => desk.texts().some((text) => text.includes('alerted')))
    expect(await desk.open()).toMatchObject({ owner: 'locked', handoff: { trigger: 'safety_crisis' } })
    expect((await desk.house.client.handoffs.openAlerts()).rows).toHaveLength(1)
  })

  test('into a crisis that only shows together with what they wrote next lock it too', async () => {
    await desk.house.client.settings.update({ defaultReplyMode: 'off' })
    await writes('I will see', '1')
    await writes('myself', '2')
    await edits('1', 'I will kill')
    expect((await desk.open()).owner).toBe('locked')
  })

  test('into a wish for a person call one while nobody has answered', async () => {
    await desk.house.client.settings.update({ gatherMs: 60_000 })
    await writes('Hello', '1')
    await edits('1', 'Can I talk to a real person?')
    expect(await desk.open()).toMatchObject({ owner: 'waiting', handoff: { trigger: 'client_request' } })
  })

  test('the same change offered twice is one, and one of a message nobody knows is none', async () => {
    await writes('I failed the exam', '1')
    await answered()
    await edits('1', 'I passed the exam', 'once')
    await edits('1', 'I passed the exam', 'once')
    await edits('1', 'I passed the exam', 'again')
    await edits('99', 'Who?', 'unknown')
    expect(await versions('I passed the exam')).toEqual(['I failed the exam'])
    expect(await desk.thread()).toHaveLength(3)
  })

  test('leave the clone silent where the coach has the conversation', async () => {
    await writes('Hello', '1')
    await inbox().takeOver({ conversationId: (await desk.open()).id })
    await edits('1', 'Hello, can you help?')
    await nothingHappens()
    expect(desk.texts()).toEqual([])
    expect(await desk.open()).toMatchObject({ owner: 'human' })
  })

  test('before the coach approved a draft get a draft of their own', async () => {
    await desk.house.client.settings.update({ defaultReplyMode: 'drafts' })
    desk.model.respond((asked) => ({ reply: `To: ${asked.clientText}`, confidence: 0.8 }))
    await writes('I failed the exam', '1')
    const first = await desk.until('a draft is there', async () => (await desk.open()).draft)
    await edits('1', 'I passed the exam')
    await desk.until('another is there', async () => (await desk.open()).draft?.text === 'To: I passed the exam')
    const stale = { draftId: first.id, ...request(), text: first.text, evenIfClientWrote: false }
    await expect(inbox().sendDraft(stale)).rejects.toMatchObject({ code: 'DRAFT_GONE' })
  })
})

describe('what else happens to messages that are there', () => {
  test('one the client deleted stays here, marked', async () => {
    await writes('Forget this', '1')
    await answered()
    const removal = { kind: 'removal', chatId: 'Ann', externalIds: ['1', '99'], removedAt: Date.now() } as const
    await desk.house.far.change({ ...removal, updateId: 'gone' })
    expect(await message('Forget this')).toMatchObject({ removedAt: removal.removedAt })
    await nothingHappens()
    expect(await desk.answers()).toHaveLength(1)
  })

  test('the client’s opinion of a reply stands beside the coach’s, and can be taken back', async () => {
    await writes('Hello', '1')
    await answered()
    const opinion = { kind: 'opinion', chatId: 'Ann', externalId: 'out-2' } as const
    const found = async () => (await message('What would help you today?'))?.feedback?.clientFoundHelpful
    await desk.house.far.change({ ...opinion, updateId: 'up', isHelpful: true })
    expect(await found()).toBe(true)
    const messageId = (await message('What would help you today?'))?.id ?? ''
    await inbox().setFeedback({ messageId, isHelpful: false, reason: 'generic' })
    expect((await message('What would help you today?'))?.feedback).toMatchObject({
      isHelpful: false,
      reason: 'generic',
      clientFoundHelpful: true,
    })
    await desk.house.far.change({ ...opinion, updateId: 'back', isHelpful: null })
    expect(await found()).toBeNull()
  })

  test('an opinion of what the client wrote themselves is left out', async () => {
    await writes('Hello', '1')
    await desk.house.far.change({ kind: 'opinion', updateId: 'own', chatId: 'Ann', externalId: '1', isHelpful: true })
    expect((await message('Hello'))?.feedback).toBeNull()
  })

  test('a client who blocks the bot is shown out of reach until they write again', async () => {
    await writes('Hello', '1')
    await desk.house.far.change({ kind: 'reach', updateId: 'blocked', chatId: 'Ann', isReachable: false })
    expect((await desk.open()).isReachable).toBe(false)
    await writes('I am back', '2')
    expect((await desk.open()).isReachable).toBe(true)
  })

  test('a gap of the channel is shown in its thread', async () => {
    await writes('Hello', '1')
    await answered()
    const gap = { from: Date.now(), to: Date.now() + minutes(25 * 60) }
    desk.later(minutes(25 * 60))
    const change = { kind: 'reach', updateId: 'gap', chatId: 'Ann', isReachable: true } as const
    await desk.house.far.change(change, { gap })
    await writes('Are you still there?', '2')
    const thread = await inbox().thread({ conversationId: (await desk.open()).id, limit: 50 })
    expect(thread.gaps).toEqual([gap])
  })
})
