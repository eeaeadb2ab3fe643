import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { openDatabase } from '../../../db/open.ts'
import type { Queries } from '../../../db/sqlite.ts'
import { createWriter } from '../../../db/write.ts'
import { rememberAll } from '../../../host/memory/index.ts'
import { whatIsRemembered, wipeMemory } from '../../fixtures/memoryRows.ts'
import { seededRandom } from '../random.ts'
import { createReader, sessionGapMinutes } from './reader.ts'

/** Kills memory `kills` times while clients talk and it reads, looks at what each kill left, then reads all from scratch. */
export const extraction = async (kills: number, seed: number): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'opencoach-extraction-'))
  const random = seededRandom(seed)
  const faults: string[] = []
  for (let kill = 0; kill < kills; kill += 1) {
    await killAfter(start(folder, seed + kill), 20 + random() * 700)
    faults.push(...halves(folder).map((fault) => `after kill ${kill + 1}: ${fault}`))
    if ((kill + 1) % 10 === 0) process.stdout.write(`extraction: ${kill + 1} kills\n`)
  }
  const last = start(folder, seed, 'finish')
  const code = await ended(last)
  if (code !== 0) throw new Error(`Memory ended by itself with ${code}.`)
  const verdict = await judge(folder)
  rmSync(folder, { recursive: true, force: true })
  process.stdout.write(`extraction: seed ${seed}: ${JSON.stringify({ kills, ...verdict, faults })}\n`)
  if (faults.length > 0) throw new Error('A kill left half a memory; see the line above.')
  if (verdict.differing.length > 0) throw new Error('Memory differs from what an undisturbed reading of it gives.')
  if (verdict.evidence === 0 || verdict.byModel === 0)
    throw new Error('Nothing was remembered, or nothing by the model, so nothing was shown.')
}

const start = (folder: string, seed: number, task = 'talk'): ChildProcess =>
  fork(join(import.meta.dirname, 'extractionHost.ts'), [folder, String(seed), task], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })

const ended = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('exit', resolve))

/** The time runs from where the data stands open, so that each run gets somewhere. */
const killAfter = async (child: ChildProcess, ms: number): Promise<void> => {
  const end = ended(child)
  const isReady = await Promise.race([
    new Promise<true>((resolve) => child.once('message', () => resolve(true))),
    end.then(() => false),
  ])
  if (!isReady) throw new Error('Memory ended before it began.')
  await pause(ms)
  if (child.exitCode !== null) throw new Error(`Memory ended by itself with ${child.exitCode}.`)
  child.kill('SIGKILL')
  await end
}

const open = (folder: string) => openDatabase({ file: join(folder, 'opencoach.db'), key: new Uint8Array(32).fill(4) })

const items = ['client_insights', 'ai_episodic_memory', 'learned_user_preferences', 'relationship_context']

/** What a slice that was cut in two would leave behind. */
const questions: Readonly<Record<string, string>> = {
  'evidence of a message that was not read': `SELECT count(*) FROM memory_evidence e JOIN memory_progress p
    ON p.conversation_id = e.conversation_id AND p.client_id = e.client_id WHERE e.message_seq > p.extracted_seq`,
  'evidence without progress': `SELECT count(*) FROM memory_evidence e WHERE NOT EXISTS
    (SELECT 1 FROM memory_progress p WHERE p.conversation_id = e.conversation_id)`,
  'evidence twice': `SELECT count(*) FROM (SELECT 1 FROM memory_evidence
    GROUP BY client_id, message_seq, layer, item_key, start HAVING count(*) > 1)`,
  'a session beyond what was read': `SELECT count(*) FROM session_summaries s JOIN memory_progress p
    ON p.conversation_id = s.conversation_id WHERE s.last_seq > p.extracted_seq`,
  ...Object.fromEntries(
    items.map((table) => [
      `${table} that do not match their evidence`,
      `SELECT count(*) FROM ${table} i WHERE i.evidence_count <>
        (SELECT count(*) FROM memory_evidence e WHERE e.client_id = i.client_id AND e.item_key = i.item_key)`,
    ]),
  ),
}

const halves = (folder: string): string[] => {
  const { sqlite, close } = open(folder)
  const found = Object.entries(questions).flatMap(([name, question]) => {
    const count = Number(sqlite.prepare(question).pluck().get())
    return count === 0 ? [] : [`${count} × ${name}`]
  })
  close()
  return found
}

const count = (queries: Queries, table: string): number =>
  Number(queries.get<{ n: number }>(sql.raw(`SELECT count(*) AS n FROM ${table}`))?.n)

/** Holds what is remembered against what reading everything anew, undisturbed, gives. */
const judge = async (folder: string) => {
  const { sqlite, queries, close } = open(folder)
  const write = createWriter(sqlite, queries, () => undefined)
  const disturbed = whatIsRemembered(queries)
  const byModel = count(queries, "memory_evidence WHERE reader = 'model'")
  const interrupted = count(queries, "memory_refinements WHERE error_code = 'INTERRUPTED'")
  wipeMemory({ write })
  write((tx) => tx.queries.run(sql`DELETE FROM memory_refinements`))
  rememberAll({ write, queries }, { sessionGapMinutes, now: 1 })
  const newest = queries.get<{ at: number }>(sql`SELECT max(sent_at) AS at FROM messages`)
  await createReader({ write, queries }, () => newest?.at ?? 1).readAll()
  const anew = whatIsRemembered(queries)
  const verdict = {
    messages: count(queries, 'messages'),
    evidence: count(queries, 'memory_evidence'),
    byModel,
    interrupted,
    sessions: count(queries, 'session_summaries'),
    differing: Object.keys(anew).filter((table) => JSON.stringify(anew[table]) !== JSON.stringify(disturbed[table])),
  }
  close()
  return verdict
}
