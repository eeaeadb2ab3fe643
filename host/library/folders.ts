import { createReadStream, type Dirent, type FSWatcher, watch } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import { documents, ignoredFiles, watchedFolders } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Write } from '../../db/write.ts'
import type { WatchedFolder } from '../../shared/contract/library.ts'
import { failureCodes, Problem, toProblem } from '../../shared/problem.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log/index.ts'
import { ReadingProblem, readableEndings } from '../reading/index.ts'
import { type Added, largestFileBytes, type NewFile } from './add.ts'
import { breathe } from './versions.ts'

interface Parts {
  readonly write: Write
  readonly queries: Queries
  readonly clock: Clock
  readonly log: Log
  readonly add: (file: NewFile, source: AsyncIterable<Uint8Array>) => Promise<Added>
  readonly remove: (documentIds: readonly string[]) => Promise<number>
  /** What is never taken in, such as the console's own data. */
  readonly ownFolder: string
}

export interface Folders {
  start(): void
  list(): WatchedFolder[]
  /** Throws INVALID_INPUT with a sentence where it cannot be looked at. */
  watch(path: string): Promise<string>
  rescan(id: string): Promise<void>
  unwatch(id: string, removeDocuments: boolean): Promise<void>
  stop(): Promise<void>
}

const lookEveryMs = 5 * 60_000
const settleMs = 2_000
const mostFiles = 50_000
const deepest = 32

/** Follows folders on the disk: new and changed files come in by themselves; what is deleted there stays here, marked. */
export const createFolders = (parts: Parts): Folders => {
  const { write, queries, clock, log } = parts
  const watchers = new Map<string, FSWatcher>()
  const scanning = new Map<string, Promise<void>>()
  const timers = new Map<string, () => void>()
  const leaving = new Set<string>()
  let isStopped = false

  const rows = () => queries.select().from(watchedFolders).orderBy(watchedFolders.path).all()

  const lookIn = (id: string, ms: number): void => {
    timers.get(id)?.()
    if (!isStopped)
      timers.set(
        id,
        clock.after(ms, () => void rescan(id)),
      )
  }

  const follow = (id: string, path: string): void => {
    try {
      const watcher = watch(path, { recursive: true, persistent: false }, () => lookIn(id, settleMs))
      watcher.on('error', () => watchers.delete(id))
      watchers.set(id, watcher)
    } catch {
      // Where the system cannot tell, the regular look finds it.
    }
  }

  const rescan = (id: string): Promise<void> => {
    const under = scanning.get(id)
    if (under) return under
    const work = scan(id).finally(() => {
      scanning.delete(id)
      lookIn(id, lookEveryMs)
    })
    scanning.set(id, work)
    return work
  }

  const scan = async (id: string): Promise<void> => {
    const row = rows().find((each) => each.id === id)
    if (!row) return
    let problem: string | null = null
    try {
      for await (const found of walk(row.path, parts.ownFolder)) {
        if (isStopped || leaving.has(id)) return
        await takeIn(row, found)
      }
      await markGone(id)
    } catch (error) {
      problem = sentenceOf(error)
      log('warn', 'folder_not_read', { id, code: toProblem(error).code })
    }
    write((tx) => {
      tx.queries.update(watchedFolders).set({ checkedAt: clock.now(), problem }).where(eq(watchedFolders.id, id)).run()
      tx.changed('library')
    })
  }

  /** What was deleted on the disk stays in the library, marked; what came back loses the mark. */
  const markGone = async (id: string): Promise<void> => {
    const known = queries
      .select({ id: documents.id, path: documents.sourcePath, goneAt: documents.sourceGoneAt })
      .from(documents)
      .where(eq(documents.watchedFolderId, id))
      .all()
    for (const { id: documentId, path, goneAt } of known) {
      const isGone = path !== null && !(await isThere(path))
      if (isStopped || leaving.has(id)) return
      if (isGone === (goneAt !== null)) continue
      write((tx) => {
        const sourceGoneAt = isGone ? clock.now() : null
        tx.queries.update(documents).set({ sourceGoneAt }).where(eq(documents.id, documentId)).run()
        tx.changed('library', documentId)
      })
    }
  }

  const takeIn = async (row: typeof watchedFolders.$inferSelect, path: string): Promise<void> => {
    const known = queries
      .select({ modifiedAt: documents.sourceModifiedAt, bytes: documents.bytes })
      .from(documents)
      .where(eq(documents.sourcePath, path))
      .get()
    const ignored = queries.select().from(ignoredFiles).where(eq(ignoredFiles.path, path)).get()
    if (ignored?.modifiedAt === null) return
    try {
      const { mtimeMs, size } = await stat(path)
      const modifiedAt = Math.floor(mtimeMs)
      if ([known, ignored].some((one) => one?.modifiedAt === modifiedAt && one.bytes === size)) return
      if (size > largestFileBytes) return
      const folder = [basename(row.path), relative(row.path, dirname(path)).split(sep).join('/')]
        .filter(Boolean)
        .join('/')
      const source = { path, modifiedAt, watchedFolderId: row.id }
      const file = { fileName: basename(path), folder, tags: [], clientId: null, source }
      const { outcome } = await parts.add(file, createReadStream(path))
      noteTwin(path, outcome === 'duplicate' ? { watchedFolderId: row.id, modifiedAt, bytes: size } : null)
    } catch (error) {
      // A file that went while it was read comes again, or not at all; a full disk ends the look.
      if (!failureCodes(error).some((code) => ['ENOENT', 'EACCES', 'EPERM', 'EISDIR'].includes(code))) throw error
    }
    await breathe()
  }

  /** A file with the content of another document is not read again at every look, only once it has changed. */
  const noteTwin = (path: string, twin: Omit<typeof ignoredFiles.$inferInsert, 'path'> | null): void =>
    write((tx) => {
      tx.queries.delete(ignoredFiles).where(eq(ignoredFiles.path, path)).run()
      if (twin)
        tx.queries
          .insert(ignoredFiles)
          .values({ path, ...twin })
          .run()
    })

  return {
    start: () => {
      for (const { id, path } of rows()) {
        follow(id, path)
        lookIn(id, settleMs)
      }
    },
    list: () =>
      queries
        .select({
          id: watchedFolders.id,
          path: watchedFolders.path,
          documents: sql<number>`(SELECT count(*) FROM documents d WHERE d.watched_folder_id = watched_folders.id)`,
          checkedAt: watchedFolders.checkedAt,
          problem: watchedFolders.problem,
        })
        .from(watchedFolders)
        .orderBy(watchedFolders.path)
        .all(),
    watch: async (given) => {
      const path = await checkFolder(given, parts.ownFolder)
      const overlap = rows().find((row) => isWithin(path, row.path) || isWithin(row.path, path))
      if (overlap)
        throw new Problem('INVALID_INPUT', `OpenCoach watches this already, with the folder ${overlap.path}.`)
      const id = newId(clock.now())
      write((tx) => {
        tx.queries.insert(watchedFolders).values({ id, path, createdAt: clock.now() }).run()
        tx.changed('library')
      })
      follow(id, path)
      void rescan(id)
      return id
    },
    rescan: async (id) => {
      if (!rows().some((row) => row.id === id)) throw new Problem('NOT_FOUND')
      await rescan(id)
    },
    unwatch: async (id, removeDocuments) => {
      watchers.get(id)?.close()
      watchers.delete(id)
      timers.get(id)?.()
      leaving.add(id)
      await scanning.get(id)
      timers.get(id)?.()
      const concerned = queries
        .select({ id: documents.id })
        .from(documents)
        .where(eq(documents.watchedFolderId, id))
        .all()
      write((tx) => {
        tx.queries
          .update(documents)
          .set({ watchedFolderId: null, sourcePath: null, sourceModifiedAt: null, sourceGoneAt: null })
          .where(eq(documents.watchedFolderId, id))
          .run()
        tx.queries.delete(ignoredFiles).where(eq(ignoredFiles.watchedFolderId, id)).run()
        tx.queries.delete(watchedFolders).where(eq(watchedFolders.id, id)).run()
        tx.changed('library')
      })
      if (removeDocuments) await parts.remove(concerned.map((each) => each.id))
    },
    stop: async () => {
      isStopped = true
      for (const watcher of watchers.values()) watcher.close()
      for (const cancel of timers.values()) cancel()
      await Promise.allSettled(scanning.values())
    },
  }
}

/** False only where it is certain: a disk that is not plugged in has deleted nothing. */
const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: unknown) => !failureCodes(error).includes('ENOENT'),
  )

/** A root ends in the separator already. */
const isWithin = (inner: string, outer: string): boolean =>
  inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : `${outer}${sep}`)

const checkFolder = async (given: string, ownFolder: string): Promise<string> => {
  try {
    const path = await realpath(resolve(given))
    if (!(await stat(path)).isDirectory())
      throw new Problem('INVALID_INPUT', 'This is a file. Choose the folder it lies in.')
    if (isWithin(ownFolder, path) || isWithin(path, ownFolder))
      throw new Problem('INVALID_INPUT', "This holds OpenCoach's own data. Choose another folder.")
    await readdir(path)
    return path
  } catch (error) {
    throw error instanceof Problem ? error : new Problem('INVALID_INPUT', sentenceOf(error))
  }
}

const sentenceOf = (error: unknown): string => {
  const codes = failureCodes(error)
  if (codes.includes('ENOENT') || codes.includes('ENOTDIR'))
    return 'This folder is not there. Check the path, or plug in the disk it is on.'
  if (codes.some((code) => code === 'EACCES' || code === 'EPERM')) return new ReadingProblem('not_allowed').message
  return toProblem(error).message
}

const isHidden = (name: string): boolean => name.startsWith('.') || name.startsWith('~$')

/** Files of a kind that can be read, folder by folder; links are not followed, or a folder could hold itself. */
async function* walk(root: string, ownFolder: string): AsyncGenerator<string> {
  const open = [{ folder: root, depth: 0 }]
  let count = 0
  for (let next = open.pop(); next; next = open.pop()) {
    let entries: Dirent[]
    try {
      entries = await readdir(next.folder, { withFileTypes: true })
    } catch (error) {
      if (next.depth === 0) throw error
      continue
    }
    for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name))) {
      const path = join(next.folder, entry.name)
      if (isHidden(entry.name) || path === ownFolder) continue
      if (entry.isDirectory() && next.depth < deepest) open.push({ folder: path, depth: next.depth + 1 })
      if (!entry.isFile() || !readableEndings.some((ending) => entry.name.toLowerCase().endsWith(ending))) continue
      count += 1
      if (count > mostFiles) return
      yield path
    }
  }
}
