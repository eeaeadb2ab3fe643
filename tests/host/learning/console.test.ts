import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ModelServer, startModelServer } from '../../fakes/modelServer.ts'
import { startTestHost, type TestHost, until } from '../../fixtures/testHost.ts'

let house: TestHost
let model: ModelServer

beforeEach(async () => {
  model = await startModelServer()
  model.respond(() => ({ reply: replies[said % replies.length] ?? '', confidence: 0.8 }))
  house = await startTestHost({
    environment: { OPENAI_BASE_URL: model.url, OPENAI_MODEL: 'stand-in' },
    settings: { defaultReplyMode: 'drafts' },
  })
})
afterEach(async () => {
  await house.stop()
  await model.close()
})

const rules = async () => (await house.client.rules.list({ offset: 0, limit: 50 })).rows
const conversationOf = async (name: string) => {
  const { rows } = await house.client.inbox.list({ filter: 'all', limit: 50 })
  return rows.find((row) => row.clientName === name)?.id ?? ''
}
const clientOf = async (name: string) => {
  const { rows } = await house.client.clients.list({ search: name, limit: 1 })
  return rows[0]?.id ?? ''
}

/** A client who hears the same again and again goes in circles, and a person is called. */
const replies = [
  'Fresh air, and a good step 🎉 Rest now.',
  'Your knee held well today 🎉 How did that feel?',
  'Twenty minutes more than last week 🎉 Well done.',
  'The lake must have been quiet 🎉 Did you see the swans?',
  'So the dog had his way after all 🎉 Where to tomorrow?',
] as const
const walks = [
  'I went for a walk in the park.',
  'My knee did not hurt on the stairs.',
  'Today I managed an hour.',
  'We saw the lake from the other side.',
  'The dog wanted to go on and on.',
] as const
let said = 0
beforeEach(() => {
  said = 0
})
const sentTexts: readonly string[] = replies.map((reply) => reply.replace(' 🎉', '.'))
/** A client writes, and the coach takes the emoji out of the draft before it goes. */
const answer = async (name: string): Promise<string> => {
  said += 1
  await house.far.write(name, walks[said % walks.length] ?? '')
  const draft = await until(`a draft for ${name}`, async () => {
    const conversationId = await conversationOf(name)
    return conversationId === '' ? null : (await house.client.inbox.conversation({ conversationId })).draft
  })
  const requestId = crypto.randomUUID()
  const text = draft.text.replace(' 🎉', '.')
  await house.client.inbox.sendDraft({ draftId: draft.id, requestId, text, evenIfClientWrote: false })
  return requestId
}
const sendAll = async (name: string, times: number): Promise<void> => {
  for (let time = 0; time < times; time += 1) {
    await answer(name)
    await until('it is sent', () => house.far.sent.filter(({ text }) => sentTexts.includes(text)).length > time)
  }
}

test('three edited drafts make a rule that shows its edits, each with its message', async () => {
  await sendAll('Ann Keller', 3)
  const [rule] = await rules()
  expect(rule).toMatchObject({
    state: 'live',
    scope: 'client',
    client: { name: 'Ann Keller' },
    kind: 'emoji_removed',
    timesSeen: 3,
    timesAgainst: 0,
    objections: [],
  })
  expect(rule?.safetyCases).toBeGreaterThan(50)
  const behind = await house.client.rules.behind({ ruleId: rule?.id ?? '', offset: 0, limit: 2 })
  expect(behind).toMatchObject({ next: 2 })
  const [edit] = behind.rows
  expect(edit).toMatchObject({ summary: 'An emoji taken out', client: { name: 'Ann Keller' } })
  expect(edit?.diff.find(({ change }) => change === 'removed')?.text).toContain('🎉')
  const thread = await house.client.inbox.thread({ conversationId: await conversationOf('Ann Keller'), limit: 50 })
  expect(thread.messages.find(({ seq }) => seq === edit?.place?.seq)?.content).toBe(sentTexts[said % replies.length])
})

test('a send that is called back takes its evidence with it', async () => {
  await sendAll('Ann Keller', 2)
  await house.client.settings.update({ undoSendSeconds: 30 })
  const outboxId = await answer('Ann Keller')
  expect((await rules())[0]?.state).toBe('live')
  await house.client.inbox.cancelSend({ outboxId })
  expect((await rules())[0]).toMatchObject({ state: 'proposed', timesSeen: 2 })
})

test('rules outlive a restart, and are the same after it', async () => {
  await sendAll('Ann Keller', 3)
  const before = await rules()
  await house.restart()
  expect(await rules()).toEqual(before)
})

test('of two clients made one, the rules, what was taught and what was decided are one client’s', async () => {
  await sendAll('Ann Keller', 2)
  await answer('Anna K.')
  const conversationId = await conversationOf('Anna K.')
  const reply = await until('her reply is there', async () =>
    (await house.client.inbox.thread({ conversationId, limit: 50 })).messages.find(
      ({ metadata, deliveryStatus }) => metadata.approved_by_coach && deliveryStatus !== 'queued',
    ),
  )
  const lesson = { conversationId, messageId: reply.id, kind: 'keep', text: 'Rest now.', scope: 'client' } as const
  const taught = await house.client.rules.teach(lesson)
  await house.client.rules.decide({ ruleId: taught.ruleId, decision: 'paused' })
  expect((await rules()).map(({ state, kind }) => `${state} ${kind}`).toSorted()).toEqual([
    'paused keep',
    'proposed emoji_removed',
  ])
  const keptId = await clientOf('Ann Keller')
  await house.client.clients.merge({ keptId, mergedId: await clientOf('Anna K.') })
  const after = await rules()
  expect(after.map(({ state, kind, client }) => [state, kind, client?.id])).toEqual([
    ['live', 'emoji_removed', keptId],
    ['paused', 'keep', keptId],
  ])
})

test('with a client goes what was learned from them, whomever it was for; what others bear out stays', async () => {
  await sendAll('Ann Keller', 3)
  await answer('Ben Ortiz')
  const conversationId = await conversationOf('Ann Keller')
  const { messages } = await house.client.inbox.thread({ conversationId, limit: 50 })
  const messageId = messages.find(({ metadata }) => metadata.approved_by_coach)?.id ?? ''
  for (const scope of ['client', 'always'] as const)
    await house.client.rules.teach({ conversationId, messageId, kind: 'keep', text: 'a good step', scope })
  const ben = await conversationOf('Ben Ortiz')
  const bens = await until('Ben’s reply is there', async () =>
    (await house.client.inbox.thread({ conversationId: ben, limit: 50 })).messages.find(
      ({ metadata, deliveryStatus }) => metadata.approved_by_coach && deliveryStatus !== 'queued',
    ),
  )
  await house.client.rules.teach({
    conversationId: ben,
    messageId: bens.id,
    kind: 'never_say',
    text: 'no worries',
    scope: 'always',
  })
  expect(await rules()).toHaveLength(4)
  await house.client.clients.erase({ clientId: await clientOf('Ann Keller'), typedName: 'Ann Keller' })
  expect((await rules()).map(({ kind, scope }) => `${scope} ${kind}`)).toEqual(['always never_say'])
})

test('what a message could teach is asked before, and a hostile lesson comes back with the reason', async () => {
  await house.far.write('Ann Keller', 'I keep failing, I am just not good enough for any of this.')
  await answer('Ann Keller')
  const conversationId = await conversationOf('Ann Keller')
  const reply = await until('the reply is there', async () =>
    (await house.client.inbox.thread({ conversationId, limit: 50 })).messages.find(
      ({ metadata, deliveryStatus }) => metadata.approved_by_coach && deliveryStatus !== 'queued',
    ),
  )
  const asked = { conversationId, messageId: reply.id }
  expect(await house.client.rules.momentOf(asked)).toMatchObject({ clientName: 'Ann Keller' })
  const lesson = { ...asked, kind: 'say_like_this', scope: 'always' } as const
  expect(await house.client.rules.teach({ ...lesson, text: 'Take 20 mg and sleep' })).toMatchObject({
    state: 'proposed',
    objections: expect.arrayContaining(['It tells what to take, or to leave, of a medicine.']),
  })
  await expect(house.client.rules.teach({ ...lesson, text: ' ' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    message: 'Write how the clone is to say it.',
  })
})
