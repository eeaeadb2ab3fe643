import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readKeyFile } from '../db/keyFile.ts'
import { migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import type { Queries, SqliteDatabase } from '../db/sqlite.ts'
import { systemClock } from '../host/clock.ts'
import { lastStandingMessages } from '../host/conversations/index.ts'
import { rank } from '../host/memory/context/rank.ts'
import { assembleMemory, type FoundMessage } from '../host/memory/index.ts'
import type { QuestionMeaning } from '../host/retrieval/index.ts'
import { createWordOnlySearch } from '../host/retrieval/passageSearch.ts'
import { createSearcher } from '../host/retrieval/searcher.ts'
import { createFullTextSearch } from '../host/retrieval/words/fullText.ts'
import { type CountTokens, loadPromptCounter } from '../host/tokens/index.ts'
import { startSearchWorker } from '../host/workers/index.ts'
import { connectConsole, startConsole } from '../tests/fixtures/console.ts'
import { seededRandom } from '../tests/soak/random.ts'
import { clusteredVectors } from './clusters.ts'
import { type Figure, quantile, within } from './figure.ts'
import { fillMessages, vocabulary } from './fill.ts'
import { fillLibrary } from './library.ts'
import { fillMeaning, fillMemories, memoryNow } from './memories.ts'

const clientCount = 200
const rounds = 5
const firstCalls = 20
const naiveCalls = 100
/** Theirs do not fit into the page cache of the database together. */
const clientsWithMeaning = 60
const mostTokens = 1_660

const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`)

interface Person {
  readonly clientId: string
  readonly conversationId: string
}

/** The memory of one reply: layer 1, then layers 2 to 4 and episodes, and the past messages that were found. */
const assemble = (
  queries: Queries,
  { clientId, conversationId }: Person,
  text: string,
  found: readonly FoundMessage[],
  count: CountTokens,
  meaning: QuestionMeaning | null = null,
): number => {
  const recent = lastStandingMessages(queries, conversationId, 10)
  const moment = { now: memoryNow, timeZone: 'Europe/Berlin' }
  return assembleMemory(queries, { clientId, text, ...moment, recent, found, meaning, count }).tokens
}

const everyTable = [
  ['session_summaries', 'summary'],
  ['conversation_summaries', 'key_topics'],
  ['client_insights', 'content'],
  ['relationship_context', 'content'],
  ['learned_user_preferences', 'preference_text'],
  ['ai_episodic_memory', 'memory_description'],
] as const

/** As one would write it first: every layer whole, weighed and counted, then cut; past messages by LIKE. */
const assembleNaively = (sqlite: SqliteDatabase, { clientId }: Person, text: string, count: CountTokens): number => {
  const all = sqlite
    .prepare<[string], { id: string; content: string }>(
      'SELECT id, content, sent_at FROM messages WHERE client_id = ? ORDER BY sent_at DESC',
    )
    .all(clientId)
  const recent = all.slice(0, 10)
  const layers = everyTable.flatMap(([table, column]) =>
    sqlite
      .prepare<[string], Record<string, unknown>>(`SELECT * FROM ${table} WHERE client_id = ?`)
      .all(clientId)
      .map((row) => {
        const core = String(row[column])
        return {
          kind: 'insight' as const,
          id: String(row.id),
          section: 'plans' as const,
          label: '',
          text: core,
          core,
          at: Number(row.updated_at),
          base: 0.5,
          strength: 1,
          isPinned: false,
        }
      }),
  )
  const words = text.split(' ')
  const said = words.flatMap((word) =>
    sqlite
      .prepare<[string, string], { content: string }>(
        'SELECT content FROM messages WHERE client_id = ? AND content LIKE ? ORDER BY sent_at DESC LIMIT 5',
      )
      .all(clientId, `%${word}%`),
  )
  const best = rank(layers, text, memoryNow).map(({ text: line }) => ({ line, tokens: count(line) }))
  let tokens = 0
  for (const line of best) {
    if (tokens + line.tokens > mostTokens) break
    tokens += line.tokens
  }
  return tokens + recent.length + said.length
}

const timed = (work: () => void): number => {
  const began = performance.now()
  work()
  return performance.now() - began
}

const measure = async (folder: string, messages: number, chunks: number, dimensions: number): Promise<Figure[]> => {
  const file = join(folder, 'opencoach.db')
  const key = readKeyFile(folder)
  const filling = openDatabase({ file, key })
  migrate(filling.sqlite)
  say(`Filling ${messages} messages of ${clientCount} clients…`)
  fillMessages(filling.sqlite, { messages, clients: clientCount })
  say(`Filling ${chunks} passages…`)
  fillLibrary(filling.sqlite, { chunks, dimensions, questions: 10 }, clusteredVectors({ dimensions, seed: 42 }))
  say('Filling memory…')
  fillMemories(filling.sqlite)
  filling.close()

  const { sqlite, queries, close } = openDatabase({ file, key })
  const people = sqlite
    .prepare<[string], Person>(
      'SELECT client_id AS clientId, id AS conversationId FROM conversations WHERE external_chat_id LIKE ?',
    )
    .all('chat-%')
  const random = seededRandom(5)
  const question = (): string =>
    Array.from({ length: 6 }, () => vocabulary[Math.floor(random() ** 2 * vocabulary.length)]).join(' ')
  const count = await loadPromptCounter()

  const first = people
    .slice(0, firstCalls)
    .map((person) => timed(() => assemble(queries, person, question(), [], count)))

  const { promise: ready, resolve } = Promise.withResolvers<void>()
  const searcher = createSearcher({
    startWorker: () => startSearchWorker({ file, key }),
    wordsOnly: createWordOnlySearch(sqlite, createFullTextSearch(sqlite)),
    clock: systemClock,
    log: (_level, event) => {
      if (event === 'search_ready') resolve()
    },
  })
  searcher.start()
  await ready
  const firstSearches: number[] = []
  const searches: number[] = []
  const contexts: number[] = []
  for (let round = 0; round <= rounds; round += 1) {
    for (const person of people) {
      const text = question()
      const asked = { clientId: person.clientId, text, coachName: 'Robin', now: memoryNow, limit: 12 }
      const began = performance.now()
      const found = await searcher.recall(asked)
      const took = performance.now() - began
      if (found.length === 0) throw new Error('A search in past messages found nothing.')
      if (round === 0) firstSearches.push(took)
      else {
        searches.push(took)
        contexts.push(timed(() => assemble(queries, person, text, found, count)))
      }
    }
  }
  await searcher.stop()
  const withMeaning = people.slice(0, clientsWithMeaning)
  const vectorOf = clusteredVectors({ dimensions, seed: 7 })
  const spaceId = fillMeaning(
    sqlite,
    withMeaning.map(({ clientId }) => clientId),
    vectorOf,
  )
  const meant = Array.from({ length: rounds }, () => withMeaning)
    .flat()
    .map((person) => {
      const meaning = { spaceId, figures: vectorOf(), threshold: 0.2 }
      const text = question()
      return timed(() => assemble(queries, person, text, [], count, meaning))
    })
  const naive = people
    .slice(0, naiveCalls)
    .map((person) => timed(() => assembleNaively(sqlite, person, question(), count)))
  close()

  const [context, slow] = [quantile(contexts, 0.95), quantile(naive, 0.95)]
  return [
    within('memory_context_p95_ms', context, 10),
    { metric: 'memory_context_p50_ms', value: quantile(contexts, 0.5), unit: 'ms' },
    within('memory_context_meaning_p95_ms', quantile(meant, 0.95), 10),
    { metric: 'memory_context_meaning_p50_ms', value: quantile(meant, 0.5), unit: 'ms' },
    within('memory_context_first_ms', Math.max(...first), 50),
    within('message_search_p95_ms', quantile(searches, 0.95), 40),
    { metric: 'message_search_p50_ms', value: quantile(searches, 0.5), unit: 'ms' },
    { metric: 'message_search_first_ms', value: quantile(firstSearches, 0.95), unit: 'ms' },
    { metric: 'message_search_first_p50_ms', value: quantile(firstSearches, 0.5), unit: 'ms' },
    { metric: 'naive_context_p95_ms', value: slow, unit: 'ms' },
    { metric: 'speedup_vs_naive', value: slow / context, unit: '' },
  ]
}

/** What memory costs one reply at full size, encrypted, beside a version that reads every layer whole. */
export const context = async (options: { messages: number; chunks: number; dims: number }): Promise<Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'opencoach-bench-'))
  try {
    // A real workspace first: its key file and envelope are those of a coach.
    const made = await startConsole(folder, ['--demo'])
    const { client, close } = await connectConsole(made.url)
    await client.channels.stopPractice()
    close()
    await made.stop()
    return await measure(folder, options.messages, options.chunks, options.dims)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
