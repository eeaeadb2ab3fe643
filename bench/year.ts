import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { newId } from '../db/ids.ts'
import { migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { clients, coaches } from '../db/schema/index.ts'
import type { Queries, SqliteDatabase } from '../db/sqlite.ts'
import { createWriter, type Write } from '../db/write.ts'
import { receiveMessage } from '../host/inbox/index.ts'
import { assembleMemory, createMessageSearch, recallOf, rememberAll } from '../host/memory/index.ts'
import { createSettings } from '../host/settings/index.ts'
import { type CountTokens, loadPromptCounter } from '../host/tokens/index.ts'
import { summaryPeriods } from '../shared/taxonomy/memory.ts'
import { memoryTableNames } from '../tests/fixtures/memoryRows.ts'
import { type SaidThen, yearOfTalk } from '../tests/fixtures/yearOfTalk.ts'
import { type Figure, quantile, within } from './figure.ts'

const start = Date.UTC(2026, 0, 1)
const dayMs = 86_400_000
const channel = 'practice'
const chatId = 'year'
const asked = 60
const foundMessages = 12
const lastMessages = 10

interface Workspace {
  readonly sqlite: SqliteDatabase
  readonly queries: Queries
  readonly write: Write
  readonly search: ReturnType<typeof createMessageSearch>
  readonly count: CountTokens
}

/** What one month came to; times in milliseconds. */
interface Month {
  readonly messages: number
  readonly rows: number
  readonly bytes: number
  readonly reading: readonly number[]
  readonly readingCpu: readonly number[]
  readonly assembling: readonly number[]
  readonly searching: readonly number[]
  readonly assemblingCpu: readonly number[]
  readonly searchingCpu: readonly number[]
  readonly tokens: number
  /** Characters of the longest summary of each kind. */
  readonly longest: Readonly<Record<string, number>>
}

/**
 * One client who writes every day of a year: every message is received as live ones are, memory reads after each day, and
 * at the end of each month replies are prepared. Prints each month, how straight the store grew, and what grew most.
 */
export const year = async (): Promise<Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'opencoach-year-'))
  const { sqlite, queries, close } = openDatabase({ file: join(folder, 'opencoach.db'), key: randomBytes(32) })
  try {
    migrate(sqlite)
    queries
      .insert(coaches)
      .values({ id: newId(0), name: 'Coach', createdAt: 0 })
      .run()
    const workspace = {
      sqlite,
      queries,
      write: createWriter(sqlite, queries, () => undefined),
      search: createMessageSearch(sqlite),
      count: await loadPromptCounter(),
    }
    return figuresOf(liveThrough(workspace, yearOfTalk({ seed: 7, from: start })))
  } finally {
    close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const monthOf = (at: number): number => new Date(at).getUTCMonth()

const liveThrough = (workspace: Workspace, said: readonly SaidThen[]): Month[] => {
  const days = Map.groupBy(said, ({ at }) => Math.floor((at - start) / dayMs))
  const byMonth = Map.groupBy([...days.entries()], ([day]) => monthOf(start + day * dayMs))
  const settings = createSettings(workspace.queries, {}).values()
  return [...byMonth].map(([, ofMonth]) => {
    const reading = ofMonth.map(([day, messages]) => {
      const now = start + (day + 1) * dayMs
      receive(workspace, day, messages, settings)
      return timed(() => rememberAll(workspace, { sessionGapMinutes: settings.sessionGapMinutes, now }))
    })
    const [lastDay = 0] = ofMonth.at(-1) ?? []
    return {
      reading: reading.map(({ ms }) => ms),
      readingCpu: reading.map(({ cpuMs }) => cpuMs),
      ...measure(workspace, said, start + (lastDay + 1) * dayMs),
    }
  })
}

const receive = (
  { write }: Workspace,
  day: number,
  messages: readonly SaidThen[],
  settings: ReturnType<ReturnType<typeof createSettings>['values']>,
): void =>
  write((tx) => {
    for (const [nth, { by, text, at }] of messages.entries()) {
      const id = `${day}-${nth}`
      const inbound = {
        updateId: id,
        chatId,
        externalId: id,
        senderName: by === 'client' ? 'Ada' : 'Coach',
        clientName: 'Ada',
        text,
        sentAt: at,
        from: by === 'client' ? ('client' as const) : ('coach' as const),
      }
      const context = { channel, isPractice: true, asksBeforeAccepting: false, settings, now: at }
      receiveMessage(tx, inbound, () => [], context)
    }
    tx.queries.update(clients).set({ timeZone: 'Europe/Berlin' }).run()
  })

/** Milliseconds on the wall and of the processor; the latter hardly depends on what else the machine does. */
const timed = <T>(work: () => T): { ms: number; cpuMs: number; result: T } => {
  const [begun, cpuBegun] = [performance.now(), process.cpuUsage()]
  const result = work()
  const { user, system } = process.cpuUsage(cpuBegun)
  return { ms: performance.now() - begun, cpuMs: (user + system) / 1_000, result }
}

const recentRows = z.array(z.object({ id: z.string(), content: z.string(), sentAt: z.number() }))

/** Prepares replies to questions about all of the time so far, spread evenly. */
const measure = (
  workspace: Workspace,
  said: readonly SaidThen[],
  now: number,
): Omit<Month, 'reading' | 'readingCpu'> => {
  const { sqlite, queries, search, count } = workspace
  const clientId = queries.select({ id: clients.id }).from(clients).get()?.id ?? ''
  const known = said.filter(({ at, question }) => at < now && question !== null)
  const questions = Array.from({ length: asked }, (_, nth) => known[Math.floor((nth * known.length) / asked)])
  const recent = recentRows
    .parse(
      sqlite
        .prepare('SELECT id, content, sent_at AS sentAt FROM messages WHERE client_id = ? ORDER BY seq DESC LIMIT ?')
        .all(clientId, lastMessages),
    )
    .reverse()
  const replies = questions.map((one) => {
    const text = one?.question ?? ''
    const found = timed(() => search.search({ clientId, text, coachName: 'Coach', now, limit: foundMessages }))
    const given = timed(() =>
      assembleMemory(queries, {
        clientId,
        text,
        now,
        timeZone: 'Europe/Berlin',
        recent,
        found: found.result,
        count,
      }),
    )
    return {
      searching: found.ms,
      assembling: given.ms,
      searchingCpu: found.cpuMs,
      assemblingCpu: given.cpuMs,
      tokens: given.result.tokens,
    }
  })
  const recall = recallOf(queries, clientId)
  const longestOf = (rows: readonly object[]): number => Math.max(0, ...rows.map((row) => JSON.stringify(row).length))
  return {
    messages: scalar(sqlite, 'SELECT count(*) FROM messages'),
    rows: memoryTableNames.reduce((sum, table) => sum + scalar(sqlite, `SELECT count(*) FROM ${table}`), 0),
    bytes: scalar(
      sqlite,
      `SELECT sum(pgsize) FROM dbstat WHERE name IN
         (SELECT name FROM sqlite_schema WHERE tbl_name IN (${memoryTableNames.map((table) => `'${table}'`).join()}))`,
    ),
    searching: replies.map(({ searching }) => searching),
    assembling: replies.map(({ assembling }) => assembling),
    searchingCpu: replies.map(({ searchingCpu }) => searchingCpu),
    assemblingCpu: replies.map(({ assemblingCpu }) => assemblingCpu),
    tokens: Math.max(...replies.map(({ tokens }) => tokens)),
    longest: {
      session: longestOf(recall.sessions(10_000)),
      ...Object.fromEntries(summaryPeriods.map((period) => [period, longestOf(recall.rollUps(period, 10_000))])),
    },
  }
}

const scalar = (sqlite: SqliteDatabase, question: string): number =>
  z.number().parse(sqlite.prepare(question).pluck().get())

const figuresOf = (months: readonly Month[]): Figure[] => {
  const all = (times: (month: Month) => readonly number[]): number[] => months.flatMap(times)
  const most = (value: (month: Month) => number): number => Math.max(...months.map(value))
  const [first, , third, ...later] = months
  const last = later.at(-1)
  if (!first || !third || !last) throw new Error('A year has more than three months.')
  const growth = (name: string, value: (month: Month) => number): Figure[] => {
    const perMessage = (from: Month, to: Month): number => (value(to) - value(from)) / (to.messages - from.messages)
    const ninth = later.at(-4) ?? third
    return [
      { metric: `year_${name}_a_message`, value: value(last) / last.messages, unit: name },
      {
        metric: `year_${name}_straightness`,
        value: straightness(months.map((month) => [month.messages, value(month)])),
        unit: 'R²',
      },
      {
        metric: `year_${name}_growth_last_to_first_quarter`,
        value: perMessage(ninth, last) / perMessage(first, third),
        unit: 'ratio',
      },
    ]
  }
  const slower = (name: string, times: (month: Month) => readonly number[]): Figure => ({
    metric: `year_${name}_cpu_p50_december_to_march`,
    value: quantile(times(last), 0.5) / quantile(times(third), 0.5),
    unit: 'ratio',
  })
  return [
    ...months.flatMap(ofMonth),
    within(
      'year_memory_context_p95_ms',
      quantile(
        all(({ assembling }) => assembling),
        0.95,
      ),
      10,
    ),
    {
      metric: 'year_memory_context_cpu_p95_ms',
      value: quantile(
        all(({ assemblingCpu }) => assemblingCpu),
        0.95,
      ),
      unit: 'ms',
    },
    slower('memory_context', ({ assemblingCpu }) => assemblingCpu),
    within(
      'year_message_search_p95_ms',
      quantile(
        all(({ searching }) => searching),
        0.95,
      ),
      40,
    ),
    slower('message_search', ({ searchingCpu }) => searchingCpu),
    slower('reading_a_day', ({ readingCpu }) => readingCpu),
    { metric: 'year_tokens_remembered_most', value: most(({ tokens }) => tokens), unit: 'tokens' },
    ...growth('rows', ({ rows }) => rows),
    ...growth('bytes', ({ bytes }) => bytes),
  ]
}

const ofMonth = (
  { messages, rows, bytes, reading, assembling, assemblingCpu, searching, longest }: Month,
  index: number,
): Figure[] => {
  const name = `month_${String(index + 1).padStart(2, '0')}`
  const times = { memory_context: assembling, message_search: searching, reading_a_day: reading }
  return [
    { metric: `${name}_messages`, value: messages, unit: '' },
    ...Object.entries(times).flatMap(([what, ms]) => [
      { metric: `${name}_${what}_p50_ms`, value: quantile(ms, 0.5), unit: 'ms' },
      { metric: `${name}_${what}_p95_ms`, value: quantile(ms, 0.95), unit: 'ms' },
    ]),
    { metric: `${name}_memory_context_cpu_p50_ms`, value: quantile(assemblingCpu, 0.5), unit: 'ms' },
    { metric: `${name}_memory_rows`, value: rows, unit: 'rows' },
    { metric: `${name}_memory_kib`, value: bytes / 1024, unit: 'KiB' },
    ...Object.entries(longest).map(([kind, value]) => ({ metric: `${name}_longest_${kind}`, value, unit: 'chars' })),
  ]
}

/** How much of the growth a straight line explains: the square of Pearson's correlation, 1 for a line. */
const straightness = (points: readonly (readonly [number, number])[]): number => {
  const mean = (at: 0 | 1): number => points.reduce((sum, point) => sum + point[at], 0) / points.length
  const [meanX, meanY] = [mean(0), mean(1)]
  let [xy, xx, yy] = [0, 0, 0]
  for (const [x, y] of points) {
    xy += (x - meanX) * (y - meanY)
    xx += (x - meanX) ** 2
    yy += (y - meanY) ** 2
  }
  return xy ** 2 / (xx * yy)
}
