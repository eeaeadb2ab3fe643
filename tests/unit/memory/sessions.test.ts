import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { activityOf, patternsOf, splitSessions } from '../../../host/memory/index.ts'

const hourMs = 3_600_000
const seed = { seed: 20_260_319, numRuns: 200 }

const messages = fc.array(fc.integer({ min: -5 * hourMs, max: 20 * hourMs }), { maxLength: 60 }).map((steps) => {
  let at = 1_700_000_000_000
  return steps.map((step, index) => {
    at += step
    return { seq: 1 + index * 3, sentAt: at }
  })
})

describe('sessions', () => {
  test('hold every message once, in order, and touch nowhere', () => {
    fc.assert(
      fc.property(messages, (said) => {
        const sessions = splitSessions(said, null, 6 * hourMs)
        const covered = said.map(
          ({ seq }) => sessions.filter((one) => one.firstSeq <= seq && seq <= one.lastSeq).length,
        )
        return covered.every((times) => times === 1) && sessions.every((one) => one.startedAt <= one.endedAt)
      }),
      seed,
    )
  })

  test('are the same however the messages come in', () => {
    fc.assert(
      fc.property(messages, fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 40 }), (said, sizes) => {
        const atOnce = splitSessions(said, null, 6 * hourMs)
        let sessions: ReturnType<typeof splitSessions> = []
        let from = 0
        for (const size of [...sizes, said.length]) {
          const part = said.slice(from, from + size)
          from += size
          sessions = [...sessions.slice(0, -1), ...splitSessions(part, sessions.at(-1) ?? null, 6 * hourMs)]
        }
        expect(sessions).toEqual(atOnce)
      }),
      seed,
    )
  })
})

describe('interaction patterns', () => {
  const at = (hour: number): number => Date.UTC(2026, 2, 18, hour)
  const from = (senderType: 'client' | 'ai', hour: number, text: string) => ({
    senderType,
    sentAt: at(hour),
    text,
    stands: true,
  })

  test('say when a client writes, how fast they answer, and what they answer', () => {
    const evening = activityOf(
      [from('ai', 18, 'How was your day?'), from('client', 19, 'good'), from('ai', 20, 'Well done, congratulations.')],
      'telegram',
      'UTC',
    )
    const found = patternsOf(Array.from({ length: 6 }, () => evening))
    expect(found).toMatchObject({
      mostActiveHours: [19],
      mostActiveDays: ['wednesday'],
      averageResponseTimeMinutes: 60,
      preferredCommunicationChannel: 'telegram',
      mostEngagingMessageTypes: ['question'],
      leastEngagingMessageTypes: ['celebration'],
      bestCallTimes: ['19:00'],
      messageCount: 6,
    })
  })

  test('name no time to call in the night, whenever the client answers', () => {
    const answeredAt = (hour: number) =>
      activityOf([from('ai', hour, 'How are you?'), from('client', hour, 'good')], 'sms', 'UTC')
    const found = patternsOf([4, 4, 4, 6, 6, 7, 21, 22].map(answeredAt))
    expect(found.bestCallTimes).toEqual(['07:00', '21:00'])
    expect(found.mostActiveHours).toContain(4)
    expect(patternsOf([answeredAt(3)]).bestCallTimes).toEqual([])
  })

  test('are in the hours of the client', () => {
    const tokyo = activityOf([from('client', 18, 'hi')], 'sms', 'Asia/Tokyo')
    expect(patternsOf([tokyo])).toMatchObject({ mostActiveHours: [3], mostActiveDays: ['thursday'] })
  })

  test('of nobody say nothing, and are sure of nothing', () => {
    expect(patternsOf([])).toMatchObject({
      mostActiveHours: [],
      averageResponseTimeMinutes: null,
      preferredCommunicationChannel: null,
      confidenceScore: 0,
    })
  })

  test('do not depend on the order of the sessions', () => {
    const session = fc.array(
      fc.record({
        senderType: fc.constantFrom('client' as const, 'ai' as const, 'human_coach' as const),
        sentAt: fc.integer({ min: at(0), max: at(23) }),
        text: fc.constantFrom('Why?', 'ok', 'You could write it down.', 'https://example.com'),
        stands: fc.boolean(),
      }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(fc.array(session, { maxLength: 12 }), (sessions) => {
        const activities = sessions.map((told) => activityOf(told, 'sms', 'UTC'))
        expect(patternsOf(activities.toReversed())).toEqual(patternsOf(activities))
      }),
      seed,
    )
  })
})
