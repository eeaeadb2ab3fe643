import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openDatabase } from '../../../db/open.ts'
import { seededRandom } from '../random.ts'
import { writeMixedFolder } from './mixedFolder.ts'

/** Kills the reading of a mixed folder `kills` times at random, then holds the index against an undisturbed one. */
export const ingest = async (kills: number, seed: number): Promise<void> => {
  const root = mkdtempSync(join(tmpdir(), 'opencoach-ingest-'))
  const random = seededRandom(seed)
  const source = join(root, 'Course')
  const documents = await writeMixedFolder(source, kills, random)
  const disturbed = join(root, 'disturbed')
  const undisturbed = join(root, 'undisturbed')
  for (const folder of [disturbed, undisturbed]) mkdirSync(folder)
  await finished(start(undisturbed, source))
  let killed = 0
  for (let isDone = false; !isDone; ) {
    const child = start(disturbed, source)
    if (killed >= kills) {
      await finished(child)
      isDone = true
    } else isDone = await killAfter(child, 100 + random() * 1_400)
    if (!isDone) killed += 1
    if (killed > 0 && killed % 10 === 0) process.stdout.write(`ingest: ${killed} kills\n`)
  }
  const [expected, found] = [indexOf(undisturbed), indexOf(disturbed)]
  rmSync(root, { recursive: true, force: true })
  const faults = Object.keys(expected).filter((part) => expected[part] !== found[part])
  const verdict = { kills: killed, documents, passages: expected.passages?.split('\n').length ?? 0, faults }
  process.stdout.write(`ingest: seed ${seed}: ${JSON.stringify(verdict)}\n`)
  for (const part of faults) showDifferences(part, expected[part] ?? '', found[part] ?? '')
  if (faults.length > 0) throw new Error('The index differs from the one of an undisturbed run; see the line above.')
  if (killed < kills / 2) throw new Error('The reading ended before it was disturbed often enough to mean anything.')
}

const mostShown = 5

/** The first rows of each side that the other lacks, shortened. */
const showDifferences = (part: string, expected: string, found: string): void => {
  const [wanted, there] = [expected.split('\n'), found.split('\n')]
  const [known, present] = [new Set(wanted), new Set(there)]
  const lines = [
    ...wanted
      .filter((row) => !present.has(row))
      .map((row) => `  lacks ${row.slice(0, 300)}`)
      .slice(0, mostShown),
    ...there
      .filter((row) => !known.has(row))
      .map((row) => `  has   ${row.slice(0, 300)}`)
      .slice(0, mostShown),
  ]
  process.stdout.write(`ingest: ${part}\n${lines.join('\n')}\n`)
}

const start = (folder: string, source: string): ChildProcess =>
  fork(join(import.meta.dirname, 'ingestHost.ts'), [folder, source], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })

const ended = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('exit', resolve))

const finished = async (child: ChildProcess): Promise<void> => {
  const code = await ended(child)
  if (code !== 0) throw new Error(`The library ended by itself with ${code}.`)
}

/** True where it was done before. The time runs from where the library stands open, so that each run gets somewhere. */
const killAfter = async (child: ChildProcess, ms: number): Promise<boolean> => {
  const end = ended(child)
  let isDone = false
  child.on('message', (raw) => {
    isDone ||= raw === 'done'
  })
  await new Promise<void>((resolve) => child.once('message', () => resolve()))
  await Promise.race([end, pause(ms)])
  child.kill('SIGKILL')
  await end
  return isDone
}

/** Everything that search and citations rest on, without ids and times, by part. */
const indexOf = (folder: string): Record<string, string> => {
  const { sqlite, close } = openDatabase({ file: join(folder, 'opencoach.db'), key: new Uint8Array(32).fill(9) })
  const text = (sql: string): string =>
    sqlite
      .prepare(sql)
      .raw()
      .all()
      .map((row) => JSON.stringify(row))
      .join('\n')
  sqlite.exec("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'chunk_words', 'col')")
  sqlite.exec("INSERT INTO chunk_words(chunk_words, rank) VALUES ('integrity-check', 1)")
  const index = {
    documents:
      text(`SELECT folder, file_name, title, kind, state, problem, pages, passages, content_version, next_version, content_hash, notes
      FROM documents ORDER BY folder, file_name`),
    passages:
      text(`SELECT d.folder, d.file_name, c.position, c.content_version, c.content_hash, c.title, c.heading_path, c.text, c.tokens,
      c.page_from, c.page_to, c.seconds, c.char_from, c.char_to FROM chunks c JOIN documents d ON d.id = c.document_id
      ORDER BY d.folder, d.file_name, c.content_version, c.position`),
    words: text('SELECT * FROM vocabulary ORDER BY term, col'),
    texts:
      text(`SELECT d.folder, d.file_name, t.content_version, t.read FROM document_texts t JOIN documents d ON d.id = t.document_id
      ORDER BY d.folder, d.file_name, t.content_version`),
    originals: text("SELECT count(*), sum(size) FROM files WHERE purpose = 'original'"),
    damage: text('PRAGMA integrity_check'),
  }
  close()
  return index
}
