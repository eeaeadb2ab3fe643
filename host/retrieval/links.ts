import { eq } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import { conceptLinks } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx } from '../../db/write.ts'
import { Problem } from '../../shared/problem.ts'

/** Terms that the coach declared to mean much the same, by term. */
export const listLinks = (queries: Queries) =>
  queries
    .select({ id: conceptLinks.id, term: conceptLinks.term, other: conceptLinks.other })
    .from(conceptLinks)
    .orderBy(conceptLinks.term, conceptLinks.other)
    .all()

/** Links two terms, both ways. Throws CONFLICT where they are linked already, INVALID_INPUT where they are the same. */
export const addLink = (tx: Tx, link: { readonly term: string; readonly other: string }, now: number) => {
  const [term, other] = [link.term, link.other].map((text) => text.toLowerCase().replace(/\s+/gu, ' ')).sort()
  if (!term || !other || term === other) throw new Problem('INVALID_INPUT', 'Choose two different terms.')
  const id = newId(now)
  const added = tx.queries.insert(conceptLinks).values({ id, term, other, createdAt: now }).onConflictDoNothing().run()
  if (added.changes === 0) throw new Problem('CONFLICT', 'These two are linked already.')
  tx.changed('library')
  return { id }
}

/** Removing what is gone already is no failure. */
export const removeLink = (tx: Tx, id: string): void => {
  tx.queries.delete(conceptLinks).where(eq(conceptLinks.id, id)).run()
  tx.changed('library')
}
