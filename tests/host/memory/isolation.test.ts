import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { SqliteDatabase } from '../../../db/sqlite.ts'
import {
  assembleMemory,
  decideCheckIn,
  dueCommitments,
  evidenceOfItem,
  meaningJobs,
  memoryTexts,
  plansOf,
  readSlice,
  readTimeline,
  recallOf,
  reinforceEpisodes,
  setPlanState,
  sizeOfMeaning,
  waitingCheckIns,
} from '../../../host/memory/index.ts'
import { mentionableTo } from '../../../host/memory/wishes.ts'
import type { MomentEmbedding } from '../../../host/retrieval/index.ts'
import { createFakeClock } from '../../fakes/clock.ts'
import { memoryTableNames as tableNames } from '../../fixtures/memoryRows.ts'
import { openRemembered, sessionGapMinutes } from './remembered.ts'
import { openShown } from './shown.ts'
import { coach, dayMs, noon } from './talk.ts'

const root = join(import.meta.dirname, '../../..')

/** What decides which conversation to read or whom to look at next sees ids of all clients, and no other column. */
const isScheduling = (statement: string): boolean => /AS (?:isBehind|mayBeDue)/u.test(statement)

/** Tables of memory that a statement reads or changes without saying whose rows it means. */
const unscoped = (statement: string): string[] => {
  const flat = statement.replaceAll('"', '').replace(/\s+/g, ' ')
  if (/^insert /iu.test(flat) || isScheduling(statement)) return []
  return tableNames.filter((table) => {
    const uses = [
      ...flat.matchAll(
        new RegExp(`(?:from|join|update) ${table}\\b(?: (?!where|set|left|inner|join|on|order|limit)(\\w+))?`, 'giu'),
      ),
    ]
    return uses.some(([, alias]) => {
      const condition = flat.slice(flat.search(/ where /iu))
      const isNamed = new RegExp(`(?:${table}\\.|${alias ? `${alias}\\.` : ''})?client_id = \\?`, 'iu').test(condition)
      return !/ where /iu.test(flat) || !isNamed
    })
  })
}

/** Tables of memory that a statement would read from end to end, for want of an index. */
const scans = (sqlite: SqliteDatabase, statement: string): string[] => {
  if (!/^\s*(?:select|update|delete) /iu.test(statement) || isScheduling(statement)) return []
  const values = Array.from({ length: statement.split('?').length - 1 }, () => null)
  const plan = z
    .array(z.object({ detail: z.string() }))
    .parse(sqlite.prepare(`EXPLAIN QUERY PLAN ${statement}`).all(values))
  return plan.flatMap(({ detail }) =>
    tableNames.some((table) => detail.startsWith(`SCAN ${table}`)) ? [`${detail}: ${statement}`] : [],
  )
}

test('the check itself finds a statement that forgets its client', () => {
  expect(unscoped('SELECT * FROM client_insights WHERE id = ?')).toEqual(['client_insights'])
  expect(unscoped('select * from "memory_evidence"')).toEqual(['memory_evidence'])
  expect(unscoped('DELETE FROM memory_wishes WHERE id = ?')).toEqual(['memory_wishes'])
  expect(unscoped('update "session_summaries" set "is_stale" = ? where "session_summaries"."seq" = ?')).toEqual([
    'session_summaries',
  ])
  expect(unscoped('select * from "client_insights" where "client_insights"."client_id" = ?')).toEqual([])
})

describe('one client’s memory is never another’s', () => {
  const record = () => recorded(openRemembered())

  const recorded = <Memory extends { readonly sqlite: SqliteDatabase }>(memory: Memory) => {
    const statements = new Set<string>()
    const prepare = memory.sqlite.prepare.bind(memory.sqlite)
    Object.assign(memory.sqlite, {
      prepare: (statement: string) => {
        statements.add(statement)
        return prepare(statement)
      },
    })
    return { memory, statements }
  }

  test('every statement that touches memory, through reading, changing, forgetting and recalling, names the client', async () => {
    const { memory, statements } = record()
    for (const id of ['ada', 'ben']) memory.addClient(id)
    const [goal = 0] = memory.say(
      'ada',
      noon,
      'I want to learn Italian.',
      coach('Why?'),
      "I'll call Ana tomorrow.",
      'I prefer mornings.',
    )
    memory.say('ben', noon, 'My sister Ana is here.', 'I finally called Ana!', 'Please don’t bring up my divorce.')
    memory.remember()
    memory.change(goal, { content: 'I want to sing.' })
    memory.remember()
    memory.change(goal, { removedAt: noon })
    memory.remember()
    memory.write((tx) => tx.queries.run("UPDATE client_insights SET forgotten_at = 1 WHERE client_id = 'ada'"))
    memory.say('ada', noon, "I'll call Ana tomorrow.", "I'll ring Tom tomorrow.")
    memory.write((tx) => readSlice(tx, 'ada', sessionGapMinutes, noon))
    const recall = recallOf(memory.queries, 'ada')
    recall.insights(5)
    recall.episodes(noon, 5)
    recall.preferences()
    recall.relationship()
    recall.sessions(5)
    recall.rollUps('daily', 5)
    recall.patterns()
    mentionableTo(memory.queries, 'ada')('this')
    evidenceOfItem(memory.queries, 'ada', 'insight', 'none')
    const [plan] = plansOf(memory.queries, 'ada', noon)
    memory.write((tx) => setPlanState(tx, { clientId: 'ada', id: plan?.id ?? '', state: 'open' }, noon))
    waitingCheckIns(memory.queries, noon + dayMs)
    const due = dueCommitments(memory.queries, 'ada', noon + dayMs)
    expect(due).toHaveLength(1)
    const decided = { decision: 'dismissed', outboxId: null } as const
    memory.write((tx) => {
      for (const one of due) decideCheckIn(tx, 'ada', one, decided, noon)
    })
    readTimeline(memory.queries, { clientId: 'ada', range: 'all' }, noon)
    let space: ReturnType<MomentEmbedding['space']> = { id: 'space', isLocal: true, hasTrouble: false }
    const figures = Float32Array.of(1, 0)
    const embedding: MomentEmbedding = {
      space: () => space,
      embed: (_space, _client, moments) => Promise.resolve(moments.map(() => figures)),
    }
    const { embed_moments: embed } = meaningJobs({ ...memory, clock: createFakeClock(noon), embedding })
    const job = { id: 'job', attempt: 1, isLast: false, signal: new AbortController().signal }
    await embed?.({ ...job, payload: { clientId: null } })
    await sizeOfMeaning(memory.queries, true)
    const found = [{ messageId: 'none', seq: goal }]
    const given = assembleMemory(memory.queries, {
      clientId: 'ada',
      text: 'Ana',
      now: noon,
      timeZone: null,
      recent: [],
      found,
      meaning: { spaceId: 'space', figures, threshold: -1 },
      count: (text) => text.length,
    })
    space = null
    await embed?.({ ...job, payload: { clientId: 'ada' } })
    memoryTexts(memory.queries, 'ada', given.lines)
    memory.write((tx) => reinforceEpisodes(tx, 'ada', ['none'], noon))
    const own = [...statements].filter((one) => !one.includes("client_id = 'ada'"))
    const touched = tableNames.filter((table) => own.some((one) => one.includes(table)))
    expect(touched).toEqual(tableNames)
    expect(own.flatMap((one) => unscoped(one).map((table) => `${table}: ${one}`))).toEqual([])
    expect(own.flatMap((one) => scans(memory.reading, one))).toEqual([])
  })

  test('so does every statement by which the coach sees, corrects, pins, keeps quiet about and forgets', () => {
    const { memory, statements } = recorded(openShown('ada', 'ben'))
    memory.say(
      'ada',
      noon,
      'I want to learn Italian.',
      "I'll call Ana tomorrow.",
      'I finally called Ana!',
      'I prefer mornings.',
      'I prefer evenings.',
      "I'm struggling with sleep.",
      'Please don’t bring up my divorce.',
    )
    memory.say('ben', noon, 'I want to sing.')
    memory.remember()
    statements.clear()
    memory.of('ada')
    memory.sessions('ada')
    memory.days('ada')
    memory.search('ada', 'learn')
    for (const text of ['Italian', 'call Ana', 'finally', 'evenings', 'sleep', 'divorce']) {
      memory.evidence('ada', text)
      memory.pin('ada', text)
      memory.pin('ada', text, false)
      memory.markSensitive('ada', text, true)
      memory.correct('ada', text, `Corrected ${text}`)
      memory.correct('ada', text, null)
    }
    memory.bringBack('ada', memory.find('ada', 'sleep').id, noon)
    const { id } = memory.neverMention('ada', 'divorce')
    memory.mentionAgain('ada', id)
    for (const text of ['finally', 'Italian', 'call Ana', 'evenings', 'sleep', 'divorce']) memory.forget('ada', text)
    const touched = tableNames.filter((table) => [...statements].some((one) => one.includes(table)))
    expect(touched).toEqual(tableNames.filter((table) => !['commitment_check_ins', 'episode_vectors'].includes(table)))
    expect([...statements].flatMap((one) => unscoped(one).map((table) => `${table}: ${one}`))).toEqual([])
    expect([...statements].flatMap((one) => scans(memory.reading, one))).toEqual([])
    expect(memory.texts('ben', 'goals')).toEqual(['sing'])
  })

  test('and no other part of the host reads those tables by itself', () => {
    const names = new RegExp(
      `\\b(?:${[...tableNames, ...tableNames.map((name) => name.replace(/_(\w)/gu, (_, letter: string) => letter.toUpperCase()))].join('|')})\\b`,
      'u',
    )
    const elsewhere = globSync('host/**/*.ts', { cwd: root })
      .filter((file) => !file.includes(join('host', 'memory')))
      .filter((file) => names.test(readFileSync(join(root, file), 'utf8')))
    expect(elsewhere).toEqual([])
  })

  test('what a client said is found in their memory alone', () => {
    const { memory } = record()
    const ids = Array.from({ length: 20 }, (_, index) => `client-${index}`)
    for (const id of ids) {
      memory.addClient(id)
      memory.say(id, noon, `I want to visit Canary${id}.`, `My sister Canary${id} came.`, `I love canary${id} songs.`)
    }
    memory.remember()
    for (const id of ids) {
      const recall = memory.recall(id)
      const all = JSON.stringify([
        recall.insights(99),
        recall.episodes(noon, 99),
        recall.preferences(),
        recall.relationship(),
        recall.sessions(99),
        recall.rollUps('monthly', 99),
      ])
      const found = new Set([...all.matchAll(/canary(client-\d+)/giu)].map(([, owner]) => owner))
      expect([...found]).toEqual([id])
    }
  })
})
