import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import { searchGaps } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx } from '../../db/write.ts'

const shownGaps = 200
const questionLength = 500

/** A client asked for something that nothing in the library answers; the same question is kept once and counted. */
export const keepGap = (
  tx: Tx,
  { question, clientId }: { readonly question: string; readonly clientId: string },
  now: number,
): void => {
  const text = question.trim().slice(0, questionLength)
  const isSame = and(
    eq(sql`lower(${searchGaps.question})`, text.toLowerCase()),
    eq(searchGaps.clientId, clientId),
    isNull(searchGaps.dismissedAt),
  )
  const changed = tx.queries
    .update(searchGaps)
    .set({ times: sql`${searchGaps.times} + 1`, askedAt: now })
    .where(isSame)
    .run()
  if (changed.changes === 0)
    tx.queries
      .insert(searchGaps)
      .values({ id: newId(now), question: text, clientId, askedAt: now })
      .run()
  tx.changed('library')
}

/** What was asked in vain, newest first. */
export const listGaps = (queries: Queries) =>
  queries
    .select({
      id: searchGaps.id,
      question: searchGaps.question,
      times: searchGaps.times,
      askedAt: searchGaps.askedAt,
    })
    .from(searchGaps)
    .where(isNull(searchGaps.dismissedAt))
    .orderBy(desc(searchGaps.askedAt))
    .limit(shownGaps)
    .all()

/** Dismissing what is gone already is no failure. */
export const dismissGap = (tx: Tx, id: string, now: number): void => {
  tx.queries.update(searchGaps).set({ dismissedAt: now }).where(eq(searchGaps.id, id)).run()
  tx.changed('library')
}
