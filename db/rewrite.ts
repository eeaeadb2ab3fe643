import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { openKeyed } from './cipher.ts'
import { fsyncFile, fsyncFolder, writeDurably } from './durable.ts'
import type { SqliteDatabase } from './sqlite.ts'

/** A rewrite blocks everything for about a second for so many bytes. */
const mostBytesAtOnce = 16 * 1024 * 1024

const markOf = (file: string): string => `${file}.rewrite-at-start`
const draftOf = (file: string): string => `${file}.rewritten`

/** Whether the database is too large to be rewritten while the console works. */
export const isLongToRewrite = (sqlite: SqliteDatabase): boolean => {
  const pages = Number(sqlite.pragma('page_count', { simple: true }))
  return pages * Number(sqlite.pragma('page_size', { simple: true })) > mostBytesAtOnce
}

/**
 * Rewrites the database, so that nothing deleted is left in it: SQLite wipes deleted rows, but not the copies that rows
 * leave behind in a page when they move to another. Where that takes long, the next start does it.
 */
export const rewriteOrMark = (sqlite: SqliteDatabase): void => {
  if (isLongToRewrite(sqlite)) writeDurably(markOf(sqlite.name), '')
  else sqlite.exec('VACUUM')
}

/**
 * At start, before anything has the database open: where rewriteOrMark left a mark, rewrites it beside itself and puts
 * that in its place. A crash leaves the old file or the new one, whole. Answers whether it did.
 */
export const rewriteIfMarked = (file: string, key: Uint8Array): boolean => {
  if (!existsSync(markOf(file))) return false
  const draft = draftOf(file)
  rmSync(draft, { force: true })
  const sqlite = openKeyed({ file, key })
  try {
    sqlite.prepare('VACUUM INTO ?').run(draft)
    sqlite.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    sqlite.close()
  }
  // Frames of the old file would be taken for changes of the new one.
  if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return false
  fsyncFile(draft)
  renameSync(draft, file)
  fsyncFolder(dirname(file))
  rmSync(markOf(file), { force: true })
  return true
}
