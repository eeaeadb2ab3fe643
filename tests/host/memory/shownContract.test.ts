import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MemoryItem } from '../../../shared/contract/memory.ts'
import { startTestHost, type TestHost, until } from '../../fixtures/testHost.ts'

let house: TestHost
let ann = ''
let ben = ''
let goal: MemoryItem

/** So many unread messages are read at once. */
const manyMessages = 20

const clientNamed = (name: string) =>
  until(`${name} is there`, async () => (await house.client.clients.list({ search: name, limit: 1 })).rows[0]?.id)

beforeAll(async () => {
  house = await startTestHost({ settings: { defaultReplyMode: 'off' } })
  for (let index = 0; index < manyMessages; index += 1)
    await house.far.write('Ann', index === 0 ? 'I want to learn Italian.' : `Nothing new, ${index}`)
  await house.far.write('Ben', 'Hello from Italy')
  ann = await clientNamed('Ann')
  ben = await clientNamed('Ben')
  goal = await until(
    'the goal is read',
    async () => (await house.client.memory.of({ clientId: ann })).groups[0]?.rows[0],
  )
})
afterAll(() => house.stop())

const named = () => ({ clientId: ann, layer: goal.layer, itemId: goal.id })
const memory = () => house.client.memory

test('search finds what is remembered and the messages, of this client alone', async () => {
  const found = await memory().search({ clientId: ann, text: 'ital' })
  expect(found.items.map(({ text }) => text)).toEqual(['learn Italian'])
  expect(found.messages).toMatchObject([{ clientId: ann, snippet: 'I want to learn Italian.' }])
  expect(found.hasMoreMessages).toBe(false)
  expect(await memory().search({ clientId: ann, text: ' ' })).toEqual({
    items: [],
    messages: [],
    hasMoreMessages: false,
  })
})

test('a change is told to every window, with the client it concerns', async () => {
  const stop = new AbortController()
  const changes = await house.client.events.changes(undefined, { signal: stop.signal })
  await memory().pin({ ...named(), isPinned: true })
  for await (const batch of changes) {
    const told = batch.find(({ topic }) => topic === 'memory')
    if (!told) continue
    expect(told).toEqual({ topic: 'memory', id: ann })
    break
  }
  stop.abort()
})

describe('bad input gets a sentence a coach can act on', () => {
  const nowhere = 'no-such-thing'
  test.each<[string, () => Promise<unknown>, string, RegExp]>([
    ['a client who is not there', () => memory().of({ clientId: nowhere }), 'NOT_FOUND', /./],
    [
      'an item that is not there',
      () => memory().pin({ ...named(), itemId: nowhere, isPinned: true }),
      'NOT_FOUND',
      /./,
    ],
    [
      'an item of another client',
      () => memory().forget({ ...named(), clientId: ben, withEarlier: true }),
      'NOT_FOUND',
      /./,
    ],
    [
      'an item in another place',
      () => memory().correct({ ...named(), layer: 'episodic', text: 'x' }),
      'NOT_FOUND',
      /./,
    ],
    ['an empty correction', () => memory().correct({ ...named(), text: '' }), 'INVALID_INPUT', /choose Forget/],
    ['a long correction', () => memory().correct({ ...named(), text: 'x'.repeat(501) }), 'INVALID_INPUT', /Shorten it/],
    [
      'no words to keep quiet about',
      () => memory().neverMention({ clientId: ann, words: ' ' }),
      'INVALID_INPUT',
      /Write the/,
    ],
    ['a long search', () => memory().search({ clientId: ann, text: 'x'.repeat(201) }), 'INVALID_INPUT', /too long/],
    [
      'too large a page',
      () => memory().sessions({ clientId: ann, offset: 0, limit: 101 }),
      'INVALID_INPUT',
      /too high/,
    ],
    [
      'a page before the first',
      () => memory().sessions({ clientId: ann, offset: -1, limit: 10 }),
      'INVALID_INPUT',
      /too low/,
    ],
    ['bringing back what is no moment', () => memory().bringBack({ clientId: ann, itemId: goal.id }), 'NOT_FOUND', /./],
  ])('%s', async (_what, attempt, code, sentence) => {
    await expect(attempt()).rejects.toMatchObject({ code, message: expect.stringMatching(sentence) })
    expect((await memory().of({ clientId: ann })).groups[0]?.rows).toMatchObject([{ text: 'learn Italian' }])
  })
})

test('what the coach did is there after a restart, and a text of theirs is in no line of the log', async () => {
  await memory().correct({ ...named(), text: 'Learn Quenya' })
  await memory().neverMention({ clientId: ann, words: 'Gondolin' })
  await house.restart()
  const shown = await memory().of({ clientId: ann })
  expect(shown.groups[0]?.rows).toMatchObject([{ text: 'Learn Quenya', readText: 'learn Italian' }])
  expect(shown.neverMention).toMatchObject([{ words: 'Gondolin' }])
  expect(house.logLines.join('\n')).not.toMatch(/Quenya|Gondolin|Italian/)
})
