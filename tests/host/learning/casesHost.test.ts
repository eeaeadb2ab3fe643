import { afterEach, beforeEach, expect, test } from 'vitest'
import { startModelServer } from '../../fakes/modelServer.ts'
import { startTestHost, type TestHost, until } from '../../fixtures/testHost.ts'
import { nothingHappens, request } from '../live/desk.ts'

let house: TestHost

beforeEach(async () => {
  house = await startTestHost({ settings: { defaultReplyMode: 'autopilot' } })
})
afterEach(() => house.stop())

const inbox = () => house.client.inbox
const open = async (name = 'Sarah') => {
  const { rows } = await inbox().list({ filter: 'all', limit: 50 })
  return inbox().conversation({ conversationId: rows.find((row) => row.clientName === name)?.id ?? '' })
}
const texts = () => house.far.sent.map(({ text }) => text)
const waits = (name = 'Sarah') =>
  until('the coach is called', async () => {
    const conversation = await open(name)
    return conversation.owner === 'waiting' && !conversation.isThinking ? conversation : undefined
  })
const answers = async (text: string, name = 'Sarah') => {
  await inbox().send({ conversationId: (await open(name)).id, text, ...request() })
  await until('it is sent', () => texts().includes(text))
}
const handBack = async (name = 'Sarah') => inbox().handBack({ conversationId: (await open(name)).id })

const grounding =
  "Sarah, stop. Take a breath. Before we burn bridges, let's get you grounded. What's ONE thing you know for sure?"

/** The coach has grounded her once and handed back. */
const grounded = async () => {
  await house.far.write('Sarah', 'I am overwhelmed at work, everything is too much')
  await waits()
  expect((await open()).draft).toBeNull()
  await answers(grounding)
  await house.far.write('Sarah', "That helps, thank you. You're right.")
  await answers('Good. We talk on Friday.')
  await handBack()
}
const draftOf = async (name = 'Sarah') => {
  const { draft } = await waits(name)
  if (!draft) throw new Error('There is no draft.')
  return draft
}

test('with no model the coach is called as ever, and beside it lies a draft of their own words that is never sent by itself', async () => {
  await grounded()
  await house.far.write('Sarah', 'I am overwhelmed again, it is all too much at work')
  const draft = await draftOf()
  expect((await open()).handoff?.trigger).toBe('no_model')
  expect(draft).toMatchObject({ text: grounding, isFromCases: true, confidence: null })
  await nothingHappens()
  expect(texts().filter((text) => text === grounding)).toHaveLength(1)
  const why = await house.client.replies.why({ executionId: draft.executionId })
  expect(why).toMatchObject({ status: 'no_model', model: null, promptVersion: 'cases-1', confidence: null })
  expect(why.originalDraft).toBe(grounding)
  const [source] = why.context
  expect(source).toMatchObject({ kind: 'case', text: grounding, place: { conversationId: (await open()).id } })
})

test('it is sent, changed or not, like any draft: told what helps, kept as feedback, and marked as what was learned', async () => {
  await grounded()
  await house.far.write('Sarah', 'I am overwhelmed again, it is all too much at work')
  const draft = await draftOf()
  const text = 'Sarah, stop. Take a breath. What do you know for sure?'
  await inbox().sendDraft({ draftId: draft.id, text, evenIfClientWrote: false, ...request() })
  await until('it is sent', () => texts().includes(text))
  const { messages } = await inbox().thread({ conversationId: (await open()).id, limit: 20 })
  expect(messages.findLast(({ content }) => content === text)?.metadata).toMatchObject({
    approved_by_coach: true,
    original_draft: grounding,
  })
  expect((await open()).draft).toBeNull()
  expect((await house.client.replies.why({ executionId: draft.executionId })).status).toBe('sent')
})

test('discarded it is gone, comes back on undo, and Regenerate brings the next best one', async () => {
  await grounded()
  await house.far.write('Sarah', 'Now I am overwhelmed by the house, that is too much')
  await waits()
  await answers('That sounds really hard. What is the smallest next step?')
  await house.far.write('Sarah', 'Thank you.')
  await answers('You are welcome.')
  await handBack()
  await house.far.write('Sarah', 'I am overwhelmed again, it is all too much at work')
  const first = await draftOf()
  await inbox().discardDraft({ draftId: first.id })
  expect((await open()).draft).toBeNull()
  await inbox().restoreDraft({ draftId: first.id })
  expect((await open()).draft?.id).toBe(first.id)
  const { id } = await open()
  await inbox().regenerate({ conversationId: id, hint: 'shorter' })
  const second = await until('another draft is there', async () => (await open()).draft)
  expect(second).toMatchObject({ isFromCases: true })
  expect(second.text).not.toBe(first.text)
  expect((await open()).lastTrouble).toContain('your wish could not be followed')
  const seen = [first.text, second.text]
  for (let times = 0; times < 5; times += 1) {
    await inbox().regenerate({ conversationId: id, hint: '' })
    await until('the clone is done', async () => {
      const { isThinking, draft, lastTrouble } = await open()
      return !isThinking && (draft !== null || (lastTrouble?.includes('No model is connected.') ?? false))
    })
    const { draft } = await open()
    if (draft === null) break
    expect(seen).not.toContain(draft.text)
    seen.push(draft.text)
  }
  expect((await open()).draft).toBeNull()
  expect((await open()).lastTrouble).toContain('No model is connected.')
})

test('a crisis never gets one, while it lasts and once the coach has taken it over', async () => {
  await grounded()
  await house.far.write('Sarah', 'I am overwhelmed, it is all too much, I want to kill myself')
  await until('it is locked', async () => (await open()).owner === 'locked')
  expect((await open()).draft).toBeNull()
  const { id } = await open()
  await inbox().takeOver({ conversationId: id })
  await inbox().regenerate({ conversationId: id, hint: '' })
  await until('it says so', async () => (await open()).lastTrouble)
  expect((await open()).draft).toBeNull()
})

test('another client gets nothing of it', async () => {
  await grounded()
  await house.far.write('Tom', 'I am overwhelmed at work, everything is too much')
  expect((await waits('Tom')).draft).toBeNull()
})

test('it makes way for the clone once a model is connected', async () => {
  await grounded()
  await house.far.write('Sarah', 'I am overwhelmed again, it is all too much at work')
  const draft = await draftOf()
  const model = await startModelServer()
  try {
    model.respond(() => ({ reply: 'What is most pressing right now?', confidence: 0.9 }))
    await house.client.settings.update({ modelBaseUrl: model.url, modelName: 'stand-in' })
    await until('the clone has answered', () => texts().includes('What is most pressing right now?'))
    expect((await open()).draft).toBeNull()
    expect((await house.client.replies.why({ executionId: draft.executionId })).status).toBe('superseded')
  } finally {
    await model.close()
  }
})
