import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readKeyFile } from '../../../db/keyFile.ts'
import { openDatabase } from '../../../db/open.ts'
import { type Desk, openDesk, request } from '../live/desk.ts'

let desk: Desk
let sure = 0.75

/** A model that does what it is told was learned: the steps, and the words that worked. */
const followsWhatWasLearned = (system: string): string | null => {
  if (!/pause, grounding/iu.test(system)) return null
  const phrase = /Words that worked: “([^”]+)”/u.exec(system)?.[1]
  const bridge = phrase === undefined ? 'Let us slow this down' : `${phrase.replace(/[.,]$/u, '')}`
  return `Stop for a moment. Take a breath. ${bridge}, feel your feet on the ground. What is one thing you know for sure?`
}

beforeEach(async () => {
  desk = await openDesk()
  sure = 0.75
  const others = ['I am sorry to hear that. What happened?', 'Is it about the work itself?', 'How long has it been so?']
  desk.model.respond(({ messages }) => {
    const learned = followsWhatWasLearned(messages[0]?.content ?? '')
    return {
      reply: learned ?? others.shift() ?? 'Tell me more.',
      confidence: sure,
    }
  })
})
afterEach(() => desk.close())

const inbox = () => desk.house.client.inbox
const says = (name: string, text: string) => desk.house.far.write(name, text)
const coachSays = async (name: string, text: string) => {
  const { id } = await desk.open(name)
  await inbox().send({ conversationId: id, text, ...request() })
  await desk.until('it is sent', () => desk.texts().includes(text))
}
const system = () => desk.model.requests.at(-1)?.messages[0]?.content ?? ''
const answered = (name: string, count: number) =>
  desk.until('the clone has answered', async () => (await desk.answers(name)).length === count)
const count = (sql: string): number => {
  const { folder } = desk.house
  const key = readKeyFile(folder)
  const { sqlite, close } = openDatabase({ file: join(folder, 'opencoach.db'), key, readonly: true })
  try {
    return Number(sqlite.prepare(sql).pluck().get())
  } finally {
    close()
  }
}
const whyLast = async (name: string) => {
  const last = (await desk.thread(name)).findLast(({ senderType }) => senderType === 'ai')
  return desk.house.client.replies.why({ executionId: last?.metadata.execution_id ?? '' })
}

const grounding =
  "Sarah, stop. Take a breath. I can hear the panic in your words. Before we burn bridges, let's get you grounded. What's ONE thing you know for sure about this situation?"

test('what the coach did for Sarah is what the clone does the next time, with its words for her and without them for others', async () => {
  await says('Sarah', "I'm having a crisis at work")
  await answered('Sarah', 1)
  sure = 0.4
  await says('Sarah', 'I want to quit my job right now')
  await desk.until('the coach is called', async () => (await desk.open('Sarah')).owner === 'waiting')
  await inbox().takeOver({ conversationId: (await desk.open('Sarah')).id })
  await coachSays('Sarah', grounding)
  await says('Sarah', "You're right, I should think this through. That helps, thank you.")
  await coachSays('Sarah', "Exactly. What's the core issue here?")
  await says('Sarah', 'My boss never listens. I feel calmer now.')
  const { id } = await desk.open('Sarah')
  sure = 0.7
  await inbox().handBack({ conversationId: id })
  await answered('Sarah', 2)
  await desk.until('the style is known', () => count('SELECT count(*) FROM coach_style_profiles') === 1)
  await says('Sarah', 'I am having a crisis at work again, I want to quit today')
  await desk.until('the clone has answered', async () =>
    (await desk.answers('Sarah')).some((text) => /breath/u.test(text)),
  )
  expect(system()).toMatch(/learned about what works with this client/u)
  const [last] = (await desk.answers('Sarah')).slice(-1)
  expect(last).toMatch(/before we burn bridges/iu)
  const why = await whyLast('Sarah')
  expect(why.confidence).toBeGreaterThan(0.7)
  expect(why.context.find(({ kind }) => kind === 'approach')).toMatchObject({ isUsed: true })

  await says('Tom', 'I am having a crisis at work, I want to quit today')
  await desk.until('the clone has answered Tom', async () => (await desk.answers('Tom')).length === 1)
  expect(system()).toMatch(/pause, grounding/iu)
  expect(system()).not.toMatch(/Sarah|bridges|boss/u)
  expect((await desk.answers('Tom'))[0]).toMatch(/breath/u)
})
