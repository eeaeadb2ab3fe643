import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type ModelServer, startModelServer } from '../../fakes/modelServer.ts'
import { startTestHost, type TestHost, until } from '../../fixtures/testHost.ts'

// Orders of events in which the property soak found a fault; each is a plain case here.
let house: TestHost
let model: ModelServer

beforeEach(async () => {
  model = await startModelServer()
  model.respond(() => ({ reply: 'What happened this morning?', confidence: 0.82 }))
  house = await startTestHost({
    environment: { OPENAI_BASE_URL: model.url, OPENAI_MODEL: 'stand-in' },
    settings: { defaultReplyMode: 'autopilot' },
  })
})
afterEach(async () => {
  await house.stop()
  await model.close()
})

const open = async () => {
  const { rows } = await house.client.inbox.list({ filter: 'all', limit: 5 })
  return house.client.inbox.conversation({ conversationId: rows[0]?.id ?? '' })
}
const thread = async () => (await house.client.inbox.thread({ conversationId: (await open()).id, limit: 100 })).messages
const texts = () => house.far.sent.map((message) => message.text)
const request = () => ({ requestId: crypto.randomUUID() })
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const answered = (count: number) =>
  until(`${count} answers are sent`, () => texts().filter((text) => text.includes('What happened')).length === count)
const troubled = async () => (await thread()).find((message) => message.trouble)?.trouble?.outboxId ?? ''

describe('what waited when the console stopped', () => {
  test('is sent at the next start and not taken for a send that was interrupted', async () => {
    await house.client.settings.update({ defaultReplyMode: 'off' })
    const names = ['Ann', 'Ben', 'Cleo', 'Dan', 'Eve']
    for (const name of names) await house.far.write(name, 'Hello?')
    const { rows } = await house.client.inbox.list({ filter: 'all', limit: 5 })
    house.far.nextSends.push('hang', 'hang', 'hang', 'hang')
    for (const row of rows) {
      await house.client.inbox.send({ conversationId: row.id, ...request(), text: `Hello ${row.clientName}` })
    }
    await until('four are on their way', () => house.far.nextSends.length === 0)
    await house.restart()
    await until('the fifth is sent', () => texts().length === 1)
    const states = await Promise.all(
      rows.map(async (row) => {
        const { messages } = await house.client.inbox.thread({ conversationId: row.id, limit: 5 })
        return messages.at(-1)?.deliveryStatus
      }),
    )
    expect(states.toSorted()).toEqual(['sent', 'unknown', 'unknown', 'unknown', 'unknown'])
  })
})

describe('the clone is not silenced', () => {
  test('by a new reply mode while it thinks: it thinks anew', async () => {
    model.think(200)
    await house.far.write('Ann', 'Hello?')
    await until('the clone thinks', () => model.requests.length === 1)
    await house.client.clients.update({ clientId: (await open()).clientId, replyMode: 'autopilot' })
    await answered(1)
  })

  test('for ever by a console that stops each time it thinks: a person is called', async () => {
    model.misbehaveAlways('hang')
    await house.far.write('Ann', 'Hello?')
    for (let stop = 0; stop < 3; stop += 1) {
      const asked = model.requests.length
      await until('the clone thinks', async () => model.requests.length > asked || (await open()).isThinking)
      await house.restart()
    }
    await until('the coach is called', async () => (await open()).owner === 'waiting')
    expect((await open()).handoff).toMatchObject({ trigger: 'generation_failed' })
  })
})

describe('the clone answers', () => {
  test('where a client changes words they wrote before their newest while it thinks', async () => {
    model.think(200)
    await house.far.write('Ann', 'I am late', { externalId: 'first' })
    await house.far.write('Ann', 'Sorry about that')
    await until('the clone thinks', () => model.requests.length > 0)
    const change = { kind: 'edit', updateId: 'change', chatId: 'Ann', externalId: 'first' } as const
    await house.far.change({ ...change, text: 'I am early', editedAt: Date.now() })
    await answered(1)
    expect(JSON.stringify(model.requests.at(-1))).toContain('I am early')
  })

  test('what the coach’s own words would have answered, where they hand back and then take them back', async () => {
    await house.client.settings.update({ defaultReplyMode: 'off', undoSendSeconds: 20 })
    await house.far.write('Ann', 'Hello?')
    const { id: conversationId, clientId } = await open()
    const { outboxId } = await house.client.inbox.send({ conversationId, ...request(), text: 'One moment' })
    await house.client.clients.update({ clientId, replyMode: 'autopilot' })
    await house.client.inbox.handBack({ conversationId, evenAfterCrisis: false })
    await house.client.inbox.cancelSend({ outboxId })
    await answered(1)
    expect(texts()).not.toContain('One moment')
  })

  test('nothing that a failed reply of the coach left unheard, not even after a handback', async () => {
    await house.far.write('Ann', 'A voice note', { unreadable: 'voice' })
    const { id: conversationId } = await open()
    house.far.nextSends.push({ outcome: 'failed', message: 'Not reachable.' })
    await house.client.inbox.send({ conversationId, ...request(), text: 'I will listen to it' })
    await until('it has failed', async () => (await troubled()) !== '')
    await house.client.inbox.handBack({ conversationId, evenAfterCrisis: false })
    await pause(200)
    expect(model.requests).toHaveLength(0)
  })
})

describe('the coach’s silence on their phone', () => {
  test('gives nothing back that they took over here since', async () => {
    const silence = { silenceMinutes: 5, silenceWhat: 'end' } as const
    await house.client.settings.update(silence)
    await house.far.write('Ann', 'Hello?')
    await answered(1)
    await house.far.write('Ann', 'I am on the train', { from: 'coach' })
    const { id: conversationId } = await open()
    await house.client.inbox.takeOver({ conversationId })
    const realNow = Date.now
    const sleep = vi.spyOn(Date, 'now').mockImplementation(() => realNow() + 6 * 60_000)
    house.host.onWake()
    await pause(200)
    expect((await open()).owner).toBe('human')
    sleep.mockRestore()
  })
})

describe('an approved draft that could not go', () => {
  test('comes back as the coach left it, and no newer draft takes its place', async () => {
    await house.client.settings.update({ defaultReplyMode: 'drafts' })
    await house.far.write('Ann', 'I am stuck.')
    const draft = await until('a draft lies before the coach', async () => (await open()).draft)
    house.far.nextSends.push('hang')
    const text = `${draft.text} Take your time.`
    const sending = { draftId: draft.id, text, evenIfClientWrote: false }
    await house.client.inbox.sendDraft({ ...sending, ...request() })
    await house.far.write('Ann', 'Wait, it is solved.')
    await until('the clone has thought again', () => model.requests.length === 2)
    await pause(100)
    await house.restart()
    await until('it is back', async () => (await open()).draft?.text === text)
    expect((await open()).draft).toMatchObject({ id: draft.id, isStale: true })
    await house.client.inbox.sendDraft({ ...sending, ...request(), evenIfClientWrote: true })
    await until('it is sent', () => texts().includes(text))
    expect((await thread()).at(-1)?.metadata).toMatchObject({ original_draft: draft.text })
  })
})

describe('what the coach sends again is their answer', () => {
  test('so the clone that was thinking about the same words stays silent', async () => {
    await house.client.settings.update({ defaultReplyMode: 'off' })
    await house.far.write('Ann', 'Hello?')
    const { id: conversationId, clientId } = await open()
    house.far.nextSends.push({ outcome: 'failed', message: 'Not reachable.' })
    await house.client.inbox.send({ conversationId, ...request(), text: 'I am here myself.' })
    const outboxId = await until('it failed', troubled)
    model.think(300)
    await house.client.clients.update({ clientId, replyMode: 'autopilot' })
    await house.client.inbox.handBack({ conversationId })
    await until('the clone thinks', () => model.requests.length === 1)
    await house.client.inbox.settleTrouble({ outboxId, decision: 'send_again' })
    await until('it is sent', () => texts().includes('I am here myself.'))
    await until('the clone is done', async () => !(await open()).isThinking)
    await pause(300)
    expect(texts()).toEqual(['I am here myself.'])
  })
})

describe('after a crisis', () => {
  test('a client is not answered from before, even by a handback within the gathering time', async () => {
    await house.client.settings.update({ gatherMs: 300 })
    await house.far.write('Ann', 'So about yesterday')
    await house.far.write('Ann', 'I want to kill myself tonight')
    const { id: conversationId } = await open()
    await house.client.inbox.takeOver({ conversationId })
    await house.client.inbox.handBack({ conversationId, evenAfterCrisis: true })
    await pause(500)
    expect(model.requests).toHaveLength(0)
  })

  test('words of the clone that the coach wanted sent again stay unsent while it is locked', async () => {
    house.far.nextSends.push({ outcome: 'sent', externalId: 'first' }, 'throw')
    await house.far.write('Ann', 'Hello?')
    const outboxId = await until('the answer is in trouble', troubled)
    await house.client.channels.stopPractice()
    await house.client.inbox.settleTrouble({ outboxId, decision: 'send_again' })
    await house.far.write('Ann', 'I want to kill myself tonight')
    await house.client.channels.startPractice()
    await until('it is before the coach again', async () => (await troubled()) === outboxId)
    await until('the client is told about help', () => texts().some((text) => text.includes('findahelpline')))
    expect(texts().join(' ')).not.toContain('What happened')
  })
})

describe('the clone says what it is', () => {
  test('once, also where the coach had to send it again', async () => {
    house.far.nextSends.push({ outcome: 'failed', message: 'Not reachable.' })
    await house.far.write('Ann', 'Hello?')
    await answered(1)
    await house.client.inbox.settleTrouble({ outboxId: await troubled(), decision: 'send_again' })
    await until('it is said', () => texts().some((text) => text.includes('AI clone')))
    model.respond(() => ({ reply: 'And what happened then?', confidence: 0.82 }))
    await house.far.write('Ann', 'Still here')
    await until('the second answer is sent', () => texts().includes('And what happened then?'))
    expect(texts().filter((text) => text.includes('AI clone'))).toHaveLength(1)
  })
})
