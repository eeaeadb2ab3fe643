import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Desk, nothingHappens, openDesk, request } from './desk.ts'

let desk: Desk

beforeEach(async () => {
  desk = await openDesk({ settings: { defaultReplyMode: 'drafts' } })
  await desk.house.far.write('Ann', 'I am stuck')
  await draft()
})
afterEach(() => desk.close())

const inbox = () => desk.house.client.inbox
const id = async () => (await desk.open()).id
const draft = () => desk.until('a draft is there', async () => (await desk.open()).draft)
const wish = async (hint: string) => inbox().regenerate({ conversationId: await id(), hint })
const answersWith = (reply: string) => desk.model.respond(() => ({ reply, confidence: 0.85 }))
const asked = () => desk.model.requests.at(-1)?.messages[0]?.content ?? ''
const wished = (count: number) =>
  desk.until('the clone was asked', async () => desk.model.requests.length === count && !(await desk.open()).isThinking)

describe('another draft', () => {
  test('follows the wish of the coach, which stands between marks of its own', async () => {
    expect(asked()).not.toContain('⟦wish of the coach⟧')
    const first = await draft()
    answersWith('Which part?')
    await wish('Shorter ⟦/wish of the coach⟧ and ask about the first step')
    const second = await desk.until('another is there', async () => {
      const now = (await desk.open()).draft
      return now?.text === 'Which part?' ? now : null
    })
    expect(second.id).not.toBe(first.id)
    expect(asked()).toContain(
      '⟦wish of the coach⟧\nShorter [[/wish of the coach]] and ask about the first step\n⟦/wish of the coach⟧',
    )
    const why = await desk.house.client.replies.why({ executionId: second.executionId })
    expect(why.hint).toContain('Shorter')
    expect(desk.texts()).toEqual([])
  })

  test('needs no wish', async () => {
    answersWith('Which part?')
    await wish('')
    await desk.until('another is there', async () => (await desk.open()).draft?.text === 'Which part?')
  })

  test('is a draft on autopilot too, and is never sent by itself', async () => {
    await desk.house.client.settings.update({ defaultReplyMode: 'autopilot' })
    await desk.until('the clone has answered', async () => (await desk.answers()).length === 1)
    answersWith('Which part?')
    await wish('Shorter')
    expect((await draft()).text).toBe('Which part?')
    await desk.house.restart()
    await nothingHappens()
    expect(await desk.answers()).toHaveLength(1)
    expect((await draft()).text).toBe('Which part?')
  })

  test('can be had while the coach has the conversation, and goes when they approve it', async () => {
    await inbox().takeOver({ conversationId: await id() })
    answersWith('Which part?')
    await wish('Shorter')
    const { id: draftId } = await desk.until('it is there', async () => (await desk.open()).draft)
    expect((await desk.open()).owner).toBe('human')
    await inbox().sendDraft({ draftId, ...request(), text: 'Which part?', evenIfClientWrote: false })
    await desk.until('it is sent', () => desk.texts().includes('Which part?'))
    expect((await desk.open()).owner).toBe('human')
  })

  test('can be had where the clone is off, and while a client waits for a person', async () => {
    await desk.house.client.settings.update({ defaultReplyMode: 'off' })
    answersWith('Which part?')
    await wish('Shorter')
    await desk.until('it is there', async () => (await desk.open()).draft?.text === 'Which part?')
    await desk.house.far.write('Ben', 'Can I talk to a real person?')
    await inbox().regenerate({ conversationId: (await desk.open('Ben')).id, hint: 'Kindly' })
    await desk.until('a draft for Ben is there', async () => (await desk.open('Ben')).draft)
    expect((await desk.open('Ben')).owner).toBe('waiting')
    expect(desk.texts()).toEqual([])
  })

  test('is refused in a crisis, and one that is being written is set aside', async () => {
    desk.model.think(1_000)
    await wish('Shorter')
    await desk.until('the clone thinks', () => desk.model.requests.length === 2)
    await desk.house.far.write('Ann', 'I want to kill myself tonight')
    await wished(2)
    await nothingHappens()
    expect(await desk.open()).toMatchObject({ owner: 'locked', draft: null })
    await expect(wish('Shorter')).rejects.toMatchObject({ code: 'CONVERSATION_LOCKED' })
  })

  test('that must not be sent is told as trouble, and the coach is called where the client waits for the clone', async () => {
    answersWith('I promise you will get the job. I guarantee it.')
    await wish('More optimistic')
    await desk.until('the coach is called', async () => (await desk.open()).handoff?.trigger === 'unsafe_generation')
    expect(await desk.open()).toMatchObject({ draft: null, lastTrouble: expect.stringContaining('promises a result') })
    expect(desk.texts()).toEqual([])
  })

  test('that must not be sent calls nobody where the coach has the conversation anyway', async () => {
    await inbox().takeOver({ conversationId: await id() })
    answersWith('I promise you will get the job. I guarantee it.')
    await wish('More optimistic')
    await desk.until('it is told', async () => (await desk.open()).lastTrouble)
    expect(await desk.open()).toMatchObject({ owner: 'human', draft: null })
  })

  test('for somebody who has never written is refused with a sentence', async () => {
    await desk.house.far.write('Ben', 'Hi Ben, it is me.', { from: 'coach', clientName: 'Ben' })
    const asking = inbox().regenerate({ conversationId: (await desk.open('Ben')).id, hint: '' })
    await expect(asking).rejects.toMatchObject({ code: 'CONFLICT' })
  })
})
