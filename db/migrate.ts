import { migrations } from './migrations/index.ts'
import type { SqliteDatabase } from './sqlite.ts'

export class NewerDatabaseError extends Error {
  readonly code = 'NEWER_DATABASE'
  constructor(found: number, known: number) {
    super(`The database is version ${found}; this console knows versions up to ${known}.`)
  }
}

export const latestVersion = migrations.length

/** The schema version a file carries (0 for a new one). */
export const databaseVersion = (db: SqliteDatabase): number => Number(db.pragma('user_version', { simple: true }))

/**
 * Brings a database to the latest version; used at start, in tests and after a restore.
 * Throws NewerDatabaseError, with the file untouched, where a newer console wrote it.
 */
export const migrate = (db: SqliteDatabase, steps: readonly string[] = migrations): void => {
  const found = databaseVersion(db)
  if (found > steps.length) throw new NewerDatabaseError(found, steps.length)
  if (found === steps.length) return
  // Inside a transaction the pragma does nothing, and rebuilding a parent would delete its children.
  db.pragma('foreign_keys = OFF')
  try {
    for (let version = found; version < steps.length; version += 1) applyStep(db, steps[version] ?? '', version + 1)
  } finally {
    db.pragma('foreign_keys = ON')
  }
}

const applyStep = (db: SqliteDatabase, sql: string, version: number): void => {
  db.transaction(() => {
    db.exec(sql)
    const orphans = db.pragma('foreign_key_check')
    if (Array.isArray(orphans) && orphans.length > 0) {
      throw new Error(`Migration ${version} would leave ${orphans.length} rows without their parent.`)
    }
    db.pragma(`user_version = ${version}`)
  }).immediate()
}
