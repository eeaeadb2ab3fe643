import { z } from 'zod'
import type { SqliteDatabase } from './sqlite.ts'

const checkpoint = z.array(z.object({ busy: z.number() }))

/** Pages that one step rewrites at most. */
const pagesAtOnce = 400

/**
 * Rewrites the full-text index of messages without the words of what was deleted, in steps between which other work may
 * run: a contentless index only marks deleted rows until its segments are merged.
 */
export function* mergeMessageWords(sqlite: SqliteDatabase): Generator<void, void> {
  const merge = sqlite.prepare("INSERT INTO messages_fts(messages_fts, rank) VALUES ('merge', ?)")
  const total = sqlite.prepare('SELECT total_changes()').pluck()
  // The first, negative, call puts all segments into one merge; the others go on with it until nothing is left to do.
  for (let pages = -pagesAtOnce; ; pages = pagesAtOnce) {
    const before = Number(total.get())
    merge.run(pages)
    if (Number(total.get()) - before < 2) return
    yield
  }
}

/** Copies the log of changes into the database and empties it. False where a reader kept it from being emptied. */
export const emptyLog = (sqlite: SqliteDatabase): boolean =>
  checkpoint.parse(sqlite.pragma('wal_checkpoint(TRUNCATE)')).every(({ busy }) => busy === 0)
