import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Problem } from '../shared/problem.ts'
import { toStoreProblem } from './storeProblem.ts'

export const lockFileName = 'opencoach.lock'

// Collected as garbage, a handle would let its folder go.
const held = new Set<Database.Database>()

/**
 * Takes the data folder for this process; returns what lets it go. A crash lets it go too, unlike a pid file.
 * Throws SECOND_INSTANCE where another process has it.
 */
export const takeInstanceLock = (dataFolder: string): (() => void) => {
  let side: Database.Database | undefined
  try {
    side = new Database(join(dataFolder, lockFileName), { timeout: 0 })
    side.pragma('journal_mode = MEMORY')
    side.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    side?.close()
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code.startsWith('SQLITE_BUSY')) throw new Problem('SECOND_INSTANCE', undefined, { cause: error })
    throw toStoreProblem(error)
  }
  const lock = side
  held.add(lock)
  return () => {
    held.delete(lock)
    lock.close()
  }
}
