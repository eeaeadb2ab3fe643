import { expect, test } from 'vitest'
import { z } from 'zod'
import { appendMessage, getConversation } from '../../../host/conversations/index.ts'
import { assembleMemory } from '../../../host/memory/index.ts'
import { loadPromptCounter } from '../../../host/tokens/index.ts'
import { everyRow } from '../../fixtures/memoryRows.ts'
import { type SaidThen, yearOfTalk } from '../../fixtures/yearOfTalk.ts'
import { openRemembered } from './remembered.ts'

const from = Date.UTC(2026, 0, 1)
const dayMs = 86_400_000
const quarterDays = 91
const statements = z.array(z.string())
const summaryColumns = {
  session_summaries: ['topics', 'insights', 'action_items', 'progress', 'challenges'],
  conversation_summaries: ['key_topics', 'main_insights', 'user_progress', 'challenges_discussed', 'commitments_made'],
} as const
const mostStatements = 10
const longestRow = 8_000
const questions = 20
const mostTokens = 1_660
const mostLinesOfSection = { person: 12, plans: 16, talks: 8, care: 6, moments: 12, said: 12 }
const count = await loadPromptCounter()

/** What a reply to a question would be given. */
const given = (memory: ReturnType<typeof openRemembered>, text: string, now: number) =>
  assembleMemory(memory.queries, {
    clientId: 'ada',
    text,
    now,
    timeZone: 'Europe/Berlin',
    recent: [],
    found: memory.search.search({ clientId: 'ada', text, coachName: 'Robin', now, limit: 12 }),
    count,
  })

/** All at once, for the year has many days. */
const hear = ({ write }: ReturnType<typeof openRemembered>, said: readonly SaidThen[]): void =>
  write((tx) => {
    const conversation = getConversation(tx.queries, 'ada')
    for (const { by, text, at } of said)
      appendMessage(
        tx,
        conversation,
        { senderType: by, senderId: by, content: text, deliveryStatus: 'received', sentAt: at },
        at,
      )
  })

const liveThrough = (seed: number) => {
  const memory = openRemembered()
  memory.addClient('ada', 'Ada', { timeZone: 'Europe/Berlin' })
  const said = yearOfTalk({ seed, from, aDay: 6 })
  const quarters = [1, 2, 3, 4].map((nth) => {
    const until = from + nth * quarterDays * dayMs
    const told = said.filter(({ at }) => at >= until - quarterDays * dayMs && at < until)
    hear(memory, told)
    memory.remember(until)
    const rows = everyRow(memory.queries)
    const asked = told.flatMap(({ question }) => question ?? []).slice(-questions)
    return {
      said: told.length,
      given: asked.map((text) => given(memory, text, until)),
      rows: Object.fromEntries(Object.entries(rows).map(([table, all]) => [table, all.length])),
    }
  })
  return { quarters, rows: everyRow(memory.queries) }
}

type Year = ReturnType<typeof liveThrough>

const expectShortSummaries = (year: Year): void => {
  const listed = (column: string) => (row: Readonly<Record<string, unknown>>) =>
    statements.parse(JSON.parse(String(row[column]))).length
  for (const [table, columns] of Object.entries(summaryColumns))
    for (const row of year.rows[table] ?? []) {
      for (const column of columns) expect(listed(column)(row), column).toBeLessThanOrEqual(mostStatements)
      expect(JSON.stringify(row).length).toBeLessThan(longestRow)
    }
  // The bound is reached, or it would show nothing.
  const monthly = (year.rows.conversation_summaries ?? []).filter((row) => row.summary_period === 'monthly')
  expect(Math.max(...monthly.map(listed('commitments_made')))).toBe(mostStatements)
}

const expectStraightGrowth = (year: Year): void => {
  for (const table of ['memory_evidence', 'client_insights', 'ai_episodic_memory', 'session_summaries']) {
    const perMessage = year.quarters.map(
      ({ said, rows }, nth) => ((rows[table] ?? 0) - (year.quarters[nth - 1]?.rows[table] ?? 0)) / said,
    )
    const [first = 0] = perMessage
    expect(first).toBeGreaterThan(0)
    for (const grown of perMessage) {
      expect(grown / first, table).toBeGreaterThan(0.5)
      expect(grown / first, table).toBeLessThan(1.5)
    }
  }
  for (const { rows } of year.quarters) expect(rows).toMatchObject({ user_interaction_patterns: 1, memory_progress: 1 })
}

const expectAsMuchGivenAsAtFirst = ({ quarters }: Year): void => {
  for (const { given: replies } of quarters) {
    expect(replies).toHaveLength(questions)
    for (const { lines, tokens } of replies) {
      expect(lines.length).toBeGreaterThan(0)
      for (const { section } of lines) expect(mostLinesOfSection).toHaveProperty(section)
      expect(tokens).toBeLessThanOrEqual(mostTokens)
      for (const [section, most] of Object.entries(mostLinesOfSection))
        expect(lines.filter((line) => line.section === section).length, section).toBeLessThanOrEqual(most)
    }
  }
}

test('of a year of daily talk, summaries are as short as those of a month, what is kept grows with what was said, and a reply is given as much as at first', {
  timeout: 120_000,
}, () => {
  const year = liveThrough(7)
  expectShortSummaries(year)
  expectStraightGrowth(year)
  expectAsMuchGivenAsAtFirst(year)
})
