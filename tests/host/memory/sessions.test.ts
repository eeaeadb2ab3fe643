import { describe, expect, test } from 'vitest'
import { messageSignals } from '../../../db/schema/index.ts'
import { openRemembered } from './remembered.ts'
import { coach, dayMs, noon } from './talk.ts'

const hourMs = 3_600_000

const withClient = () => {
  const memory = openRemembered()
  memory.addClient('ada')
  return memory
}

const feel = (
  memory: ReturnType<typeof withClient>,
  seq: number,
  sentiment: number,
  emotion: 'proud' | 'sad',
): void => {
  const signals = { urgency: 0, highStakes: false, requestsHuman: false }
  memory.queries
    .insert(messageSignals)
    .values({ messageSeq: seq, crisisSeverity: 'none', sentiment, emotion, situation: 'other', ...signals })
    .run()
}

const counts = (memory: ReturnType<typeof withClient>) =>
  memory
    .recall('ada')
    .sessions(50)
    .map((session) => session.messageCount)

describe('a session', () => {
  test('ends after the silence that the coach chose, not a moment sooner', () => {
    const memory = withClient()
    memory.say('ada', noon, 'Hello there.')
    memory.say('ada', noon + 6 * hourMs, 'Still here.')
    memory.say('ada', noon + 12 * hourMs + 1, 'A new day.')
    memory.remember()
    expect(counts(memory)).toEqual([1, 2])
  })

  test('may be one word', () => {
    const memory = withClient()
    memory.say('ada', noon, 'ok')
    memory.remember()
    expect(memory.recall('ada').sessions(1)).toMatchObject([
      { messageCount: 1, topics: '[]', summary: '', emotionalState: 'neutral' },
    ])
  })

  test('of which nothing stands any more is not shown, and its day is empty', () => {
    const memory = withClient()
    const [seq = 0] = memory.say('ada', noon, 'I want to sing in a choir.')
    memory.remember()
    expect(memory.recall('ada').rollUps('monthly', 5)).toHaveLength(1)
    memory.change(seq, { removedAt: noon + 1 })
    memory.remember()
    expect(memory.recall('ada').sessions(5)).toEqual([])
    for (const period of ['daily', 'weekly', 'monthly'] as const)
      expect(memory.recall('ada').rollUps(period, 5)).toEqual([])
    expect(memory.recall('ada').patterns()).toBeNull()
  })

  test('is not cut where the clock was set back, nor for as long as it takes to catch up', () => {
    const memory = withClient()
    memory.say('ada', noon + dayMs, 'By a wrong clock.')
    memory.say('ada', noon, 'By the right clock.')
    memory.say('ada', noon + hourMs, 'An hour on.')
    memory.say('ada', noon + 9 * hourMs, 'In the evening.')
    memory.remember()
    expect(counts(memory)).toEqual([3, 1])
    expect(memory.recall('ada').sessions(2)[0]?.endedAt).toBe(noon + dayMs)
  })

  test('of 5,000 messages is one session with a summary no larger than any other', () => {
    const memory = withClient()
    const said = Array.from({ length: 5_000 }, (_, index) =>
      index % 50 === 0
        ? `I want to climb mountain number ${index} in Norway.`
        : `The garden wall needs paint, part ${index}.`,
    )
    for (let at = 0; at < said.length; at += 500) memory.say('ada', noon + at * 60_000, ...said.slice(at, at + 500))
    memory.remember()
    const [session, ...others] = memory.recall('ada').sessions(5)
    expect(others).toEqual([])
    expect(session).toMatchObject({ messageCount: 5_000, clientMessageCount: 5_000 })
    expect(JSON.parse(session?.topics ?? '')).toContain('garden wall')
    expect(JSON.stringify(session).length).toBeLessThan(5_000)
  })

  test('says what it was about, what they mean to do and how they felt', () => {
    const memory = withClient()
    const [first = 0, second = 0] = memory.say(
      'ada',
      noon,
      'My imposter syndrome is back since the promotion.',
      'The promotion scares me, and the imposter syndrome too.',
      coach('What would help?'),
      "I'll talk to Petra tomorrow.",
    )
    feel(memory, first, -0.6, 'sad')
    feel(memory, second, -0.4, 'sad')
    memory.remember()
    const [session] = memory.recall('ada').sessions(1)
    expect(JSON.parse(session?.topics ?? '')).toEqual(expect.arrayContaining(['imposter syndrome', 'promotion']))
    expect(JSON.parse(session?.actionItems ?? '')).toEqual(['talk to Petra tomorrow'])
    expect(session).toMatchObject({ emotionalState: 'sad', sentiment: -0.5, messageCount: 4, clientMessageCount: 3 })
    expect(session?.userMotivationLevel).toBeLessThan(5)
  })
})

describe('roll-ups', () => {
  test('sum the sessions of a day, a week from Monday on, and a month', () => {
    const memory = withClient()
    // Saturday, Sunday and Monday at the turn of February to March 2026.
    for (const [day, text] of [
      [Date.UTC(2026, 1, 28, 9), 'I want to paint.'],
      [Date.UTC(2026, 2, 1, 9), 'I finally finished the fence.'],
      [Date.UTC(2026, 2, 2, 9), "I'm struggling with sleep."],
    ] as const)
      memory.say('ada', day, text)
    memory.remember()
    const starts = (period: 'daily' | 'weekly' | 'monthly') =>
      memory
        .recall('ada')
        .rollUps(period, 9)
        .map(({ startDate, endDate, sessionCount }) => [startDate, endDate, sessionCount])
    expect(starts('daily')).toHaveLength(3)
    expect(starts('weekly')).toEqual([
      ['2026-03-02', '2026-03-08', 1],
      ['2026-02-23', '2026-03-01', 2],
    ])
    expect(starts('monthly')).toEqual([
      ['2026-03-01', '2026-03-31', 2],
      ['2026-02-01', '2026-02-28', 1],
    ])
    const [march] = memory.recall('ada').rollUps('monthly', 1)
    expect(march).toMatchObject({ challengesDiscussed: '["I\'m struggling with sleep"]' })
    expect(march?.userProgress).toContain('finished the fence')
  })

  test('of a year of daily talk stay bounded', () => {
    const memory = withClient()
    for (let day = 0; day < 365; day += 1)
      memory.say('ada', noon + day * dayMs, `I'll plant tree ${day} of oak number ${day}.`, `Rain on hill ${day * 7}.`)
    memory.remember()
    const sizes = memory
      .recall('ada')
      .rollUps('monthly', 20)
      .map((row) => JSON.stringify(row).length)
    expect(sizes).toHaveLength(13)
    expect(Math.max(...sizes)).toBeLessThan(4_000)
  })
})
