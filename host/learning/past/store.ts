import { and, asc, desc, eq, inArray, ne, sql } from 'drizzle-orm'
import { newId } from '../../../db/ids.ts'
import { clients, pastImports, pastTurns } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { Tx } from '../../../db/write.ts'
import { type PastImport, pastImport } from '../../../shared/contract/past.ts'
import type { ImportFormat } from '../../../shared/taxonomy/learning.ts'
import type { KeptTurn, Selected } from './select.ts'

/** So many turns are deleted in one transaction. */
const deletedAtOnce = 2_000

export interface NewImport {
  readonly name: string
  readonly format: ImportFormat
  readonly contentHash: string
  /** Where all of it is one client's; null where it is the coach's own or several clients'. */
  readonly clientId: string | null
}

export const importOfContent = (queries: Queries, contentHash: string) =>
  queries
    .select({
      id: pastImports.id,
      state: pastImports.state,
      createdAt: pastImports.createdAt,
      hasTurns: sql<number>`EXISTS (SELECT 1 FROM ${pastTurns} WHERE ${pastTurns.importId} = ${pastImports.id})`,
    })
    .from(pastImports)
    .where(eq(pastImports.contentHash, contentHash))
    .get()

/** Until `finishImport` nobody sees it, and the next start clears it away. */
export const beginImport = (tx: Tx, made: NewImport, now: number): string => {
  const id = newId(now)
  tx.queries
    .insert(pastImports)
    .values({ id, ...made, state: 'adding', createdAt: now })
    .run()
  return id
}

/** Throws a constraint where the client is gone or became part of another. */
export const addTurns = (
  tx: Tx,
  importId: string,
  turns: readonly KeptTurn[],
  clientOf: (thread: number) => string | null,
): void => {
  for (const { thread, author, content, sentAt, orderAt } of turns) {
    const clientId = clientOf(thread)
    tx.queries.insert(pastTurns).values({ importId, clientId, thread, author, content, sentAt, orderAt }).run()
  }
}

export const finishImport = (tx: Tx, importId: string, { counts, firstAt, lastAt }: Selected): void => {
  tx.queries
    .update(pastImports)
    .set({ state: 'done', skipped: JSON.stringify(counts), firstAt, lastAt })
    .where(eq(pastImports.id, importId))
    .run()
}

/** From now on nothing comes of it; its turns go in portions afterwards. Returns whether it was there. */
export const beginRemoving = (tx: Tx, importId: string): boolean =>
  tx.queries
    .update(pastImports)
    .set({ state: 'removing' })
    .where(and(eq(pastImports.id, importId), eq(pastImports.state, 'done')))
    .run().changes > 0

/** Deletes a portion of an import; true once all of it is gone. */
export const removePortion = (tx: Tx, importId: string): boolean => {
  const portion = tx.queries
    .select({ seq: pastTurns.seq })
    .from(pastTurns)
    .where(eq(pastTurns.importId, importId))
    .limit(deletedAtOnce)
  const { changes } = tx.queries.delete(pastTurns).where(inArray(pastTurns.seq, portion)).run()
  if (changes === deletedAtOnce) return false
  tx.queries.delete(pastImports).where(eq(pastImports.id, importId)).run()
  return true
}

/** Imports that were never finished, or not removed to the end. */
export const unfinishedImports = (queries: Queries): string[] =>
  queries
    .select({ id: pastImports.id })
    .from(pastImports)
    .where(ne(pastImports.state, 'done'))
    .all()
    .map(({ id }) => id)

const countsShape = pastImport.shape.counts

/** What was taken in and still holds something, newest first. */
export const listImports = (queries: Queries): PastImport[] => {
  const rows = queries
    .select()
    .from(pastImports)
    .where(eq(pastImports.state, 'done'))
    .orderBy(desc(pastImports.createdAt), asc(pastImports.id))
    .all()
  return rows.flatMap(({ id, name, format, skipped, firstAt, lastAt, createdAt }) => {
    const of = eq(pastTurns.importId, id)
    const held = queries
      .select({
        turns: sql<number>`count(*)`,
        coachTurns: sql<number>`count(*) FILTER (WHERE ${pastTurns.author} = 'human_coach')`,
      })
      .from(pastTurns)
      .where(of)
      .get() ?? { turns: 0, coachTurns: 0 }
    if (held.turns === 0) return []
    const names = queries
      .selectDistinct({ name: clients.name })
      .from(pastTurns)
      .innerJoin(clients, eq(clients.id, pastTurns.clientId))
      .where(of)
      .orderBy(asc(clients.name))
      .all()
    const counts = countsShape.parse(JSON.parse(skipped))
    return [{ id, name, format, clients: names.map((one) => one.name), ...held, counts, firstAt, lastAt, createdAt }]
  })
}
