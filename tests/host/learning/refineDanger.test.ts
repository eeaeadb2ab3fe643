import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { messageSignals } from '../../../db/schema/index.ts'
import { takeOver } from '../../../host/handoff/index.ts'
import { dayMs } from '../memory/talk.ts'
import { analysis, givenIn, hourMs, openRefiningOfTakeovers } from './refining.ts'

const withSarah = async () => {
  const refining = await openRefiningOfTakeovers()
  refining.addClient('sarah', 'Sarah Okri')
  refining.server.analyse(() => analysis())
  return refining
}

describe('nothing of a crisis is ever given to a model', () => {
  test.each([
    ['before the coach came', { before: ['I want to kill myself.'] }],
    ['in what the coach wrote', { words: ['Are you thinking of killing yourself right now?'] }],
    ['after it', { after: ['Thanks. But I want to kill myself.'] }],
  ])('where a sign of danger stands %s', async (_, said) => {
    const { intervene, server, refine, refinements } = await withSarah()
    await intervene('sarah', said)
    await refine(2 * dayMs)
    expect(server.analyses).toEqual([])
    expect(refinements()).toMatchObject([{ status: 'skipped', errorCode: 'DANGER' }])
  })

  test('where it was read when the message came, though the message was taken back since', async () => {
    const { intervene, server, refine, queries, change, readByRules } = await withSarah()
    await intervene('sarah', { before: ['The bridge looked close tonight.', 'Anyway.'] })
    const signals = { sentiment: -0.9, urgency: 1, highStakes: false, requestsHuman: false }
    queries
      .insert(messageSignals)
      .values({ messageSeq: 2, crisisSeverity: 'concern', emotion: 'sad', situation: 'other', ...signals })
      .run()
    change(2, { removedAt: 1 })
    await readByRules('sarah')
    await refine()
    expect(server.analyses).toEqual([])
  })

  test('where the coach was called to a safety crisis, or talks on after one', async () => {
    const { intervene, server, refine, queries } = await withSarah()
    await intervene('sarah', { before: ['I cannot go on like this.'], after: ['Thank you.'] })
    queries.run(sql`UPDATE handoffs SET trigger = 'safety_crisis' WHERE to_owner = 'human'`)
    await intervene('sarah', { before: ['Good morning.'], words: ['How did you sleep?'] })
    await refine(2 * dayMs)
    expect(server.analyses).toEqual([])
    await intervene('sarah', {
      before: ['One.', 'Two.', 'Three.', 'Four.', 'I want to quit my job.'],
      words: ['Take a breath. What would a good day look like?'],
    })
    await refine(2 * dayMs)
    expect(server.analyses.map((request) => givenIn(request)[0])).toEqual(['client: One.'])
  })

  test('where the conversation is locked', async () => {
    const { intervene, server, refine, queries } = await withSarah()
    await intervene('sarah')
    queries.run(sql`UPDATE conversations SET owner = 'locked'`)
    await refine()
    expect(server.analyses).toEqual([])
  })
})

describe('what is too old stays here', () => {
  test('a takeover of more than thirty days ago', async () => {
    const { intervene, server, refine, time } = await withSarah()
    await intervene('sarah')
    time.now += 31 * dayMs
    await refine()
    expect(server.analyses).toEqual([])
  })

  test('and of a younger one the messages that are older', async () => {
    const { intervene, say, server, refine, time } = await withSarah()
    say('sarah', 'Said long ago.')
    time.now += 40 * dayMs
    await intervene('sarah', { before: ['I want to quit my job.'] })
    await refine()
    expect(givenIn(server.analyses[0] ?? { messages: [] })[0]).toBe('client: I want to quit my job.')
  })
})

test('a takeover that goes on is not read yet', async () => {
  const { say, write, time, server, refine } = await withSarah()
  say('sarah', 'I want to quit my job.')
  write((tx) => takeOver(tx, 'sarah', time.now))
  say('sarah', { by: 'human_coach', text: 'Take a breath.' }, 'Better.')
  await refine(5 * hourMs)
  expect(server.analyses).toEqual([])
})
