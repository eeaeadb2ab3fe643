import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { SqliteDatabase } from './sqlite.ts'

/** `none` exists for comparisons alone: the benchmark's baseline and the byte scan's counterpart. */
export type Cipher = 'aegis' | 'none'

export const keyLength = 32
const plainHeader = 'SQLite format 3'

export interface KeyedOptions {
  readonly file: string
  readonly key: Uint8Array
  readonly cipher?: Cipher
  readonly readonly?: boolean
  readonly timeoutMs?: number
}

/** Opens a connection and gives it the key before anything else is asked of it; nothing is read yet. */
export const openKeyed = ({ file, key, cipher = 'aegis', readonly = false, timeoutMs = 5000 }: KeyedOptions) => {
  if (key.length !== keyLength) throw new Error('The data key must have 32 bytes.')
  const sqlite: SqliteDatabase = new Database(file, { readonly, timeout: timeoutMs, fileMustExist: readonly })
  try {
    if (cipher === 'aegis') {
      sqlite.pragma("cipher='aegis'")
      sqlite.pragma(`hexkey='${Buffer.from(key).toString('hex')}'`)
    }
    return sqlite
  } catch (error) {
    sqlite.close()
    throw error
  }
}

/**
 * True where a file begins like an unencrypted database. Never call it on a file this process has open:
 * closing the second handle would drop SQLite's locks on it.
 */
export const isPlainDatabase = (file: string): boolean => {
  if (!existsSync(file)) return false
  const start = Buffer.alloc(plainHeader.length)
  const handle = openSync(file, 'r')
  try {
    readSync(handle, start, 0, start.length, 0)
  } finally {
    closeSync(handle)
  }
  return start.toString('latin1') === plainHeader
}
