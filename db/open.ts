import { existsSync, statSync } from 'node:fs'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { Problem } from '../shared/problem.ts'
import { type Cipher, isPlainDatabase, openKeyed } from './cipher.ts'
import { databaseVersion, latestVersion, migrate } from './migrate.ts'
import * as schema from './schema/index.ts'
import { reportSlowQueries, type SlowQuery } from './slowQueries.ts'
import type { Queries, SqliteDatabase } from './sqlite.ts'
import { toStoreProblem } from './storeProblem.ts'

export interface OpenOptions {
  readonly file: string
  /** 32 bytes. */
  readonly key: Uint8Array
  readonly readonly?: boolean
  readonly cipher?: Cipher
  readonly onSlowQuery?: (query: SlowQuery) => void
}

export interface OpenedDatabase {
  readonly sqlite: SqliteDatabase
  readonly queries: Queries
  close(): void
}

const pageCacheKib = 32 * 1024

// temp_store: a sort that spills would otherwise write plaintext into an unlinked file.
const pragmas: readonly (readonly [name: string, set: string, expected: string | number])[] = [
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['temp_store', 'MEMORY', 2],
  ['secure_delete', 'ON', 1],
  ['busy_timeout', '5000', 5000],
  ['cache_size', `-${pageCacheKib}`, -pageCacheKib],
  ['wal_autocheckpoint', '1000', 1000],
]

const applyPragmas = (sqlite: SqliteDatabase, readonly: boolean): void => {
  for (const [name, set, expected] of pragmas) {
    if (readonly && name === 'journal_mode') continue
    sqlite.pragma(`${name} = ${set}`)
    const found = sqlite.pragma(name, { simple: true })
    if (found !== expected) throw new Error(`The database did not take ${name} = ${set}; it says ${String(found)}.`)
  }
}

/** Bytes of WAL frames lying beside a database. */
const walBytes = (file: string): number => (existsSync(`${file}-wal`) ? statSync(`${file}-wal`).size : 0)

const checkSize = (sqlite: SqliteDatabase, file: string): void => {
  const pageSize = Number(sqlite.pragma('page_size', { simple: true }))
  const pages = Number(sqlite.pragma('page_count', { simple: true }))
  // A page beyond the end of the file can only be waiting in the WAL.
  const held = statSync(file).size + walBytes(file)
  if (held < pages * pageSize) {
    throw new Problem('DATABASE_DAMAGED', 'The data file is shorter than it should be. Restore the newest backup.')
  }
}

/** Looks at an existing file without changing a byte of it; throws what keeps it from being opened. */
const inspect = ({ file, key, cipher }: OpenOptions): number => {
  if (cipher !== 'none' && isPlainDatabase(file)) throw new Problem('DATABASE_FOREIGN')
  const sqlite = openKeyed({ file, key, readonly: true, ...(cipher ? { cipher } : {}) })
  try {
    sqlite.prepare('SELECT count(*) FROM sqlite_schema').get()
    checkSize(sqlite, file)
    const version = databaseVersion(sqlite)
    if (version > latestVersion) throw new Problem('NEWER_DATABASE')
    return version
  } finally {
    sqlite.close()
  }
}

/** Makes the empty encrypted file and shows that it is encrypted: a build without the cipher would say nothing. */
const createFile = ({ file, key, cipher }: OpenOptions): void => {
  const sqlite = openKeyed({ file, key, ...(cipher ? { cipher } : {}) })
  try {
    sqlite.pragma('journal_mode = WAL')
  } finally {
    sqlite.close()
  }
  if (cipher !== 'none' && isPlainDatabase(file)) throw new Error('The database was written without encryption.')
}

/**
 * Opens a database, made where it is missing, and does not migrate it. Throws DATABASE_FOREIGN, DATABASE_DAMAGED,
 * NEWER_DATABASE, READ_ONLY or DISK_FULL; a file it cannot open keeps every byte.
 */
export const openDatabase = (options: OpenOptions): OpenedDatabase => {
  const { file, key, cipher, readonly = false, onSlowQuery } = options
  let sqlite: SqliteDatabase | undefined
  try {
    if (existsSync(file) && statSync(file).size > 0) inspect(options)
    else if (!readonly) createFile(options)
    sqlite = openKeyed({ file, key, readonly, ...(cipher ? { cipher } : {}) })
    applyPragmas(sqlite, readonly)
  } catch (error) {
    sqlite?.close()
    throw toStoreProblem(error)
  }
  const opened = sqlite
  if (onSlowQuery) reportSlowQueries(opened, onSlowQuery)
  return { sqlite: opened, queries: drizzle(opened, { schema }), close: () => opened.close() }
}

/**
 * Opens a database and brings it to the latest version. `backUp` is awaited before data of an older version is
 * changed; where it throws, nothing is.
 */
export const openMigrated = async (
  options: OpenOptions,
  backUp: (version: number) => Promise<void>,
  steps?: readonly string[],
): Promise<OpenedDatabase> => {
  const database = openDatabase(options)
  try {
    const found = databaseVersion(database.sqlite)
    if (found > 0 && found < (steps?.length ?? latestVersion)) await backUp(found)
    migrate(database.sqlite, steps)
    return database
  } catch (error) {
    database.close()
    throw toStoreProblem(error)
  }
}
