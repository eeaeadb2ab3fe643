import { eq, sql } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import { cannedReplies } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx } from '../../db/write.ts'
import type { CannedReply } from '../../shared/contract/notes.ts'
import { Problem } from '../../shared/problem.ts'

const columns = {
  id: cannedReplies.id,
  name: cannedReplies.name,
  text: cannedReplies.text,
  timesUsed: cannedReplies.timesUsed,
}

/** The texts the coach uses, most used first. */
export const listCanned = (queries: Queries): { rows: CannedReply[] } => ({
  rows: queries
    .select(columns)
    .from(cannedReplies)
    .all()
    .toSorted((one, other) => other.timesUsed - one.timesUsed || one.name.localeCompare(other.name)),
})

const sameName = (name: string): string => name.normalize('NFC').toLowerCase()

/** Adds a text, or changes the one with the id. Throws CONFLICT for a name that is taken, NOT_FOUND for one removed. */
export const saveCanned = (
  tx: Tx,
  { id, name, text }: { id?: string | undefined; name: string; text: string },
  now: number,
): { id: string } => {
  const others = tx.queries.select({ id: cannedReplies.id, name: cannedReplies.name }).from(cannedReplies).all()
  if (others.some((other) => other.id !== id && sameName(other.name) === sameName(name)))
    throw new Problem('CONFLICT', 'Another reply has this name already. Choose a different one.')
  tx.changed('canned')
  if (id !== undefined) {
    const changed = tx.queries.update(cannedReplies).set({ name, text, updatedAt: now }).where(eq(cannedReplies.id, id))
    if (changed.run().changes === 0) throw new Problem('NOT_FOUND')
    return { id }
  }
  const added = { id: newId(now), name, text, createdAt: now, updatedAt: now }
  tx.queries.insert(cannedReplies).values(added).run()
  return { id: added.id }
}

/** Removing what is gone already is no failure. */
export const removeCanned = (tx: Tx, id: string): void => {
  tx.queries.delete(cannedReplies).where(eq(cannedReplies.id, id)).run()
  tx.changed('canned')
}

/** Counts one use, in the transaction that sends it; a text removed meanwhile keeps nothing from being sent. */
export const countCannedUse = (tx: Tx, id: string): void => {
  tx.queries
    .update(cannedReplies)
    .set({ timesUsed: sql`${cannedReplies.timesUsed} + 1` })
    .where(eq(cannedReplies.id, id))
    .run()
  tx.changed('canned')
}
