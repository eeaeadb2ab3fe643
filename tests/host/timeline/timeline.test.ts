import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { messageSignals } from '../../../db/schema/index.ts'
import { plansOf, readTimeline, setPlanState } from '../../../host/memory/index.ts'
import type { TimelineRange } from '../../../shared/taxonomy/memory.ts'
import { openRemembered } from '../memory/remembered.ts'
import { coach, dayMs, noon } from '../memory/talk.ts'

const hourMs = 3_600_000

const open = (more: { timeZone?: string | null } = {}) => {
  const memory = openRemembered()
  memory.addClient('ada', 'Ada', more)
  const read = (range: TimelineRange = 'month', now = noon, clientId = 'ada') =>
    readTimeline(memory.queries, { clientId, range }, now)
  const feel = (messageSeq: number, sentiment: number, emotion: 'proud' | 'sad'): void => {
    const signals = { urgency: 0, highStakes: false, requestsHuman: false, situation: 'other' } as const
    memory.queries
      .insert(messageSignals)
      .values({ ...signals, messageSeq, crisisSeverity: 'none', sentiment, emotion })
      .run()
  }
  return { ...memory, read, feel }
}

describe('the timeline of a client', () => {
  test('has a point for each day with a session, with mood, motivation and the sessions themselves', () => {
    const { say, feel, remember, read } = open()
    const [first = 0] = say('ada', noon - 3 * dayMs, 'I feel awful and hopeless, work was terrible.', coach('Oh no.'))
    const [second = 0] = say('ada', noon, 'I am so happy and proud today!')
    feel(first, -0.8, 'sad')
    feel(second, 0.8, 'proud')
    remember()
    const { points, sessions, unit, from, to, sessionCount } = read()
    expect({ unit, from, to, sessionCount }).toEqual({
      unit: 'day',
      from: '2026-02-17',
      to: '2026-03-18',
      sessionCount: 2,
    })
    expect(points.map(({ date }) => date)).toEqual(['2026-03-15', '2026-03-18'])
    expect(points[0]?.mood).toBeLessThan(0)
    expect(points[1]?.mood).toBeGreaterThan(0)
    expect(points[1]?.motivation).toBeGreaterThan(points[0]?.motivation ?? 10)
    expect(sessions).toMatchObject([
      { date: '2026-03-18', messageCount: 1 },
      { date: '2026-03-15', messageCount: 2, place: { conversationId: 'ada', seq: first } },
    ])
  })

  test('goes no further back than asked, and all is all', () => {
    const { say, remember, read } = open()
    for (const days of [400, 300, 60, 1]) say('ada', noon - days * dayMs, 'A day like another.')
    remember()
    const counted = (['month', 'quarter', 'year', 'all'] as const).map((range) => read(range).sessionCount)
    expect(counted).toEqual([1, 2, 3, 4])
    expect(read('year')).toMatchObject({ unit: 'week' })
  })

  test('never sends more than 400 points, however long the client has been there', () => {
    const memory = open()
    const insert = (period: string, date: string) =>
      memory.queries.run(sql`INSERT INTO conversation_summaries (id, client_id, summary_period, start_date, end_date, overall_sentiment,
        sentiment, user_motivation_level, session_count, message_count, created_at, updated_at)
        VALUES (${`${period} ${date}`}, 'ada', ${period}, ${date}, ${date}, 'neutral', 0, 5, 1, 1, 1, 1)`)
    memory.say('ada', noon - 12 * 365 * dayMs, 'The first day.')
    memory.remember()
    for (let day = 0; day < 12 * 365; day += 1) {
      const date = new Date(noon - day * dayMs).toISOString().slice(0, 10)
      insert('daily', date)
      if (new Date(noon - day * dayMs).getUTCDay() === 1) insert('weekly', date)
      if (date.endsWith('-01')) insert('monthly', date)
    }
    for (const range of ['month', 'quarter', 'year', 'all'] as const) {
      const { points, unit } = memory.read(range)
      expect([range, unit, points.length <= 400 && points.length > 20]).toEqual([range, unit, true])
    }
    expect(memory.read('all').unit).toBe('month')
    expect(memory.read('year').unit).toBe('week')
  })

  test('is empty for a client who has said nothing', () => {
    const { read } = open()
    expect(read('all')).toMatchObject({ points: [], sessions: [], milestones: [], handoffs: [], sessionCount: 0 })
  })

  test('is nobody else’s', () => {
    const { say, remember, read, addClient } = open()
    addClient('ben', 'Ben')
    say('ada', noon - dayMs, 'I finally called Ana!', 'I want to sing.')
    remember()
    expect(read('all', noon, 'ben')).toMatchObject({ sessions: [], milestones: [], points: [] })
    expect(() => read('all', noon, 'nobody')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })
})

describe('days are those of the client', () => {
  test('on either side of the date line', () => {
    const late = Date.UTC(2026, 2, 17, 23, 30)
    const dates = ['Pacific/Auckland', 'America/Los_Angeles', 'UTC'].map((timeZone) => {
      const { say, remember, read } = open({ timeZone })
      say('ada', late, 'It is late here, or early.')
      remember(late)
      return read('month', late).sessions[0]?.date
    })
    expect(dates).toEqual(['2026-03-18', '2026-03-17', '2026-03-17'])
  })

  test('also on the days on which their clocks change', () => {
    const { say, remember, read, queries } = open({ timeZone: 'Europe/Berlin' })
    const before = Date.UTC(2026, 2, 28, 22, 30)
    const after = Date.UTC(2026, 2, 29, 21, 30)
    const next = Date.UTC(2026, 2, 29, 22, 30)
    for (const at of [before, after, next]) say('ada', at, 'I finally called my sister!')
    for (const at of [before, after, next])
      queries.run(sql`INSERT INTO handoffs (id, conversation_id, client_id, message_seq, from_owner, to_owner, trigger, reason, created_at)
        VALUES (${`h${at}`}, 'ada', 'ada', 1, 'ai', 'human', 'coach', 'x', ${at})`)
    remember(next)
    const { sessions, handoffs, to } = read('month', next)
    expect(sessions.map(({ date }) => date)).toEqual(['2026-03-29', '2026-03-28'])
    expect(handoffs.map(({ date }) => date)).toEqual(['2026-03-30', '2026-03-29', '2026-03-28'])
    expect(to).toBe('2026-03-30')
  })

  test('and those of this machine, called a guess, where nobody said where they live', () => {
    const { timeZone, isGuessedZone } = open({ timeZone: null }).read()
    expect(isGuessedZone).toBe(true)
    expect(timeZone).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone)
  })

  test('a time zone that no machine knows is taken for UTC', () => {
    expect(open({ timeZone: 'Middle/Earth' }).read()).toMatchObject({ timeZone: 'UTC', to: '2026-03-18' })
  })
})

describe('what happened', () => {
  test('milestones are breakthroughs, victories and goals reached, in the coach’s words where they have some', () => {
    const { say, remember, read, queries, write } = open()
    say('ada', noon - 2 * dayMs, 'I want to learn Italian.', 'I realised that I only panic when I have not slept.')
    say('ada', noon - dayMs, 'I finally called my sister!')
    remember()
    const goal = plansOf(queries, 'ada', noon).find(({ kind }) => kind === 'goal')
    write((tx) => setPlanState(tx, { clientId: 'ada', id: goal?.id ?? '', state: 'done' }, noon))
    write((tx) =>
      tx.queries.run("UPDATE client_insights SET corrected_text = 'speak Italian' WHERE insight_type = 'goal'"),
    )
    const told = read().milestones.map(({ kind, text }) => `${kind}: ${text}`)
    expect(told).toEqual([
      'goal_reached: speak Italian',
      'victory: I finally called my sister',
      'breakthrough: I realised that I only panic when I have not slept',
    ])
    write((tx) => tx.queries.run('UPDATE client_insights SET forgotten_at = 1'))
    expect(read().milestones).toHaveLength(1)
  })

  test('a call that the coach took is one line, with how long they had it; what the clone got back is none', () => {
    const { queries, read } = open()
    const add = (id: string, from: string, to: string, hours: number, minutes: number | null = null) =>
      queries.run(sql`INSERT INTO handoffs (id, conversation_id, client_id, message_seq, from_owner, to_owner, trigger, reason,
        created_at, human_duration_minutes) VALUES (${id}, 'ada', 'ada', 1, ${from}, ${to}, 'score', 'x', ${noon + hours * hourMs - dayMs}, ${minutes})`)
    add('called', 'ai', 'waiting', 0)
    add('taken', 'waiting', 'human', 1, 12.4)
    add('back', 'human', 'ai', 2)
    add('again', 'ai', 'waiting', 3)
    add('gone', 'waiting', 'ai', 4)
    add('mine', 'ai', 'human', 5)
    expect(read().handoffs.map(({ id, to, minutes }) => [id, to, minutes])).toEqual([
      ['mine', 'human', null],
      ['again', 'waiting', null],
      ['taken', 'human', 12],
    ])
  })
})
