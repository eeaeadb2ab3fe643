import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { load as loadVec } from 'sqlite-vec'
import { z } from 'zod'
import { openKeyed } from '../db/cipher.ts'
import { readKeyFile } from '../db/keyFile.ts'
import { migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import type { SqliteDatabase } from '../db/sqlite.ts'
import { systemClock } from '../host/clock.ts'
import { createWordOnlySearch } from '../host/retrieval/passageSearch.ts'
import type { Scope } from '../host/retrieval/scope.ts'
import { createSearcher } from '../host/retrieval/searcher.ts'
import { createVectorIndex, toBlob } from '../host/retrieval/vectors/index.ts'
import { createFullTextSearch } from '../host/retrieval/words/fullText.ts'
import { createWordIndex } from '../host/retrieval/words/wordIndex.ts'
import { startSearchWorker } from '../host/workers/index.ts'
import { connectConsole, startConsole } from '../tests/fixtures/console.ts'
import { clusteredVectors } from './clusters.ts'
import { type Figure, quantile, within } from './figure.ts'
import { type BenchLibrary, fillLibrary } from './library.ts'

const warmUps = 20
const searches = 200
const floatScans = 60
const settleMs = 5_000
const scope: Scope = { reader: { kind: 'coach' } }
const megabyte = 1024 * 1024

const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`)

const timesOf = (count: number, work: (at: number) => void): number[] =>
  Array.from({ length: count }, (_, at) => {
    const start = performance.now()
    work(at)
    return performance.now() - start
  })

const p95 = (times: readonly number[]): number => quantile(times, 0.95)

/** The ten nearest of every query by a plain vec0 table of floats over the same vectors, and how long each took. */
const scanFloats = (
  file: string,
  key: Uint8Array,
  sqlite: SqliteDatabase,
  dimensions: number,
  queries: Float32Array[],
) => {
  const plain = openKeyed({ file, key })
  try {
    loadVec(plain)
    plain.pragma('journal_mode = WAL')
    plain.pragma('synchronous = OFF')
    plain.exec(`CREATE VIRTUAL TABLE vectors USING vec0(vector float[${dimensions}])`)
    const add = plain.prepare('INSERT INTO vectors (rowid, vector) VALUES (?, ?)')
    const some = sqlite
      .prepare<[number], [number, Uint8Array]>(
        'SELECT chunk_seq, vector FROM chunk_vectors WHERE chunk_seq > ? ORDER BY chunk_seq LIMIT 4000',
      )
      .raw()
    for (let after = 0; ; ) {
      const rows = some.all(after)
      if (rows.length === 0) break
      plain.transaction(() => {
        for (const [seq, vector] of rows) add.run(BigInt(seq), vector)
      })()
      after = rows.at(-1)?.[0] ?? after
    }
    const nearest = plain.prepare('SELECT rowid FROM vectors WHERE vector MATCH ? AND k = 10 ORDER BY distance').pluck()
    const found: number[][] = []
    const times = timesOf(queries.length, (at) => {
      found.push(z.array(z.number()).parse(nearest.all(toBlob(queries[at] ?? new Float32Array(dimensions)))))
    })
    return { found, times: times.slice(2) }
  } finally {
    plain.close()
    rmSync(file, { force: true })
  }
}

/** A search as replies ask for it: by a question and its vector, through the worker. */
const searchThroughWorker = async (
  parts: { file: string; key: Uint8Array; sqlite: SqliteDatabase },
  { spaceId, questions }: BenchLibrary,
  queries: readonly Float32Array[],
): Promise<number[]> => {
  const { promise: ready, resolve } = Promise.withResolvers<void>()
  const searcher = createSearcher({
    startWorker: () => startSearchWorker(parts),
    wordsOnly: createWordOnlySearch(parts.sqlite, createFullTextSearch(parts.sqlite)),
    clock: systemClock,
    log: (_level, event) => {
      if (event === 'search_ready') resolve()
    },
  })
  searcher.start()
  await ready
  const times: number[] = []
  for (let at = 0; at < warmUps + searches; at += 1) {
    const figures = queries[at % queries.length] ?? new Float32Array()
    const text = questions[at % questions.length] ?? ''
    const start = performance.now()
    const { usedVectors } = await searcher.search({ text, vector: { spaceId, figures }, scope, limit: 5 })
    times.push(performance.now() - start)
    if (!usedVectors) throw new Error('A search was answered without vectors.')
  }
  await searcher.stop()
  return times.slice(warmUps)
}

/** Memory of the real host with this library, idle. */
const hostMemory = async (folder: string): Promise<number> => {
  const running = await startConsole(folder)
  const { client, close } = await connectConsole(running.url)
  await client.library.search({ text: 'what helps to sleep', limit: 5 })
  await pause(settleMs)
  const line = readFileSync(`/proc/${running.pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/u)
  close()
  await running.stop()
  return Number(line?.[1] ?? 0) / 1024
}

const measure = async (folder: string, chunks: number, dimensions: number): Promise<Figure[]> => {
  const file = join(folder, 'opencoach.db')
  const key = readKeyFile(folder)
  const next = clusteredVectors({ dimensions, seed: 42 })
  const { sqlite, close } = openDatabase({ file, key })
  migrate(sqlite)
  say(`Filling ${chunks} passages of ${dimensions} dimensions…`)
  const library = fillLibrary(sqlite, { chunks, dimensions, questions: 200 }, next)
  const queries = Array.from({ length: 200 }, next)

  say('Scanning floats…')
  const scanned = scanFloats(join(folder, 'floats.db'), key, sqlite, dimensions, queries.slice(0, floatScans + 2))

  const reading = openDatabase({ file, key, readonly: true })
  const index = createVectorIndex(reading.sqlite, { id: library.spaceId, dimensions, centre: null, centring: 0 })
  const loading = performance.now()
  for (const _ of index.refresh());
  const vectorLoad = performance.now() - loading
  const vectorOf = (at: number) => queries[at % queries.length] ?? new Float32Array(dimensions)
  const vectorTimes = timesOf(warmUps + searches, (at) => {
    index.search({ vector: vectorOf(at), scope, limit: 10 })
  }).slice(warmUps)
  const shared = scanned.found.map((expected, at) => {
    const hits = new Set(index.search({ vector: vectorOf(at), scope, limit: 10 }).map(({ chunkSeq }) => chunkSeq))
    return expected.filter((seq) => hits.has(seq)).length / expected.length
  })

  say('Reading the words…')
  const words = createWordIndex(reading.sqlite)
  for (const _ of words.refresh());
  const textTimes = timesOf(warmUps + searches, (at) => {
    words.search(library.questions[at % library.questions.length] ?? '', scope, 50)
  }).slice(warmUps)
  const indexMb = (index.bytes() + words.bytes()) / megabyte
  const bitsMb = index.bytes() / megabyte
  reading.close()

  say('Searching through the worker…')
  const hybridTimes = await searchThroughWorker({ file, key, sqlite }, library, queries)
  close()
  const rss = await hostMemory(folder)

  const [vector, floats] = [p95(vectorTimes), p95(scanned.times)]
  const recall = shared.reduce((sum, one) => sum + one, 0) / shared.length
  const speedup = floats / vector
  return [
    within('vector_p95_ms', vector, 15),
    { metric: 'vector_p50_ms', value: quantile(vectorTimes, 0.5), unit: 'ms' },
    { metric: 'recall_at_10', value: recall, unit: '', budget: 0.99, ok: recall >= 0.99 },
    { metric: 'text_p95_ms', value: p95(textTimes), unit: 'ms' },
    within('hybrid_p95_ms', p95(hybridTimes), 25),
    { metric: 'hybrid_p50_ms', value: quantile(hybridTimes, 0.5), unit: 'ms' },
    { metric: 'float_scan_p95_ms', value: floats, unit: 'ms' },
    { metric: 'speedup_vs_float', value: speedup, unit: '', budget: 15, ok: speedup >= 15 },
    { metric: 'index_mb', value: indexMb, unit: 'MB' },
    { metric: 'vector_index_mb', value: bitsMb, unit: 'MB' },
    { metric: 'vector_load_ms', value: vectorLoad, unit: 'ms' },
    { metric: 'host_rss_mb', value: rss, unit: 'MB', budget: 250, ok: rss <= 250 },
  ]
}

/** Search of the library at full size, encrypted, beside a scan of the same vectors by a plain vec0 table. */
export const retrieval = async ({ chunks, dims }: { chunks: number; dims: number }): Promise<Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'opencoach-bench-'))
  try {
    // A real workspace first: its key file and envelope are what the host opens at the end.
    const made = await startConsole(folder, ['--demo'])
    const { client, close } = await connectConsole(made.url)
    await client.channels.stopPractice()
    close()
    await made.stop()
    return await measure(folder, chunks, dims)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
