import { and, eq, inArray, lt, ne, sql } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import { chunks, chunkVectors, documents, documentTexts, documentUpdates } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx, Write } from '../../db/write.ts'
import type { ReadDocument } from '../reading/index.ts'
import type { NewChunk } from './chunking/index.ts'

export type DocumentRecord = typeof documents.$inferSelect

/** So few at a time that a client's message never waits long behind them. */
const rowsAtOnce = 32

/** Lets what waits run before the next slice. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Keeps what was read, so that a restart goes on from here. False where the document changed or went meanwhile. */
export const keepRead = (tx: Tx, record: DocumentRecord, read: ReadDocument, now: number): boolean => {
  const { id, nextVersion } = record
  if (!isCurrent(tx.queries, id, nextVersion)) return false
  tx.queries
    .insert(documentTexts)
    .values({ documentId: id, contentVersion: nextVersion, read: JSON.stringify(read) })
    .onConflictDoUpdate({
      target: [documentTexts.documentId, documentTexts.contentVersion],
      set: { read: sql`excluded.read` },
    })
    .run()
  // A title that the coach gave stays.
  const title = record.title === record.fileName ? { title: read.title ?? record.title } : {}
  tx.queries
    .update(documents)
    .set({ ...title, state: 'chunking', attempts: 0, updatedAt: now })
    .where(eq(documents.id, id))
    .run()
  tx.changed('library', id)
  return true
}

/** What was read for a version, as JSON of a ReadDocument; null where reading is still to be done. */
export const readText = (queries: Queries, documentId: string, contentVersion: number): string | null =>
  queries
    .select({ read: documentTexts.read })
    .from(documentTexts)
    .where(and(eq(documentTexts.documentId, documentId), eq(documentTexts.contentVersion, contentVersion)))
    .get()?.read ?? null

/** What was read stays right where only the title changed: nothing is read, or paid for, again. */
export const carryText = (tx: Tx, documentId: string, from: number, to: number): void => {
  const read = readText(tx.queries, documentId, from)
  if (read === null) return
  tx.queries.insert(documentTexts).values({ documentId, contentVersion: to, read }).onConflictDoNothing().run()
}

const isCurrent = (queries: Queries, id: string, version: number): boolean =>
  queries
    .select({ id: documents.id })
    .from(documents)
    .where(and(eq(documents.id, id), eq(documents.nextVersion, version), ne(documents.state, 'paused')))
    .get() !== undefined

/**
 * Puts the passages of a new version beside those that serve, in slices; then one transaction changes over. A passage
 * that did not change keeps its row, its vector and its words. Running it again after a crash gives the same rows.
 */
export const changeOver = async (
  write: Write,
  queries: Queries,
  record: DocumentRecord,
  read: Pick<ReadDocument, 'pages' | 'pageLabels' | 'notes'>,
  made: readonly NewChunk[],
  now: () => number,
  signal: AbortSignal,
): Promise<'done' | 'overtaken'> => {
  const { id, nextVersion } = record
  // A crash in the middle, or a newer version in between, may have left rows that nothing shows.
  await dropUnseen(write, queries, id, record.contentVersion)
  const { kept, fresh } = compare(queries, record, made)
  for (let from = 0; from < fresh.length; from += rowsAtOnce) {
    if (signal.aborted) return 'overtaken'
    const isStill = write((tx) => {
      if (!isCurrent(tx.queries, id, nextVersion)) return false
      const at = now()
      for (const chunk of fresh.slice(from, from + rowsAtOnce)) {
        tx.queries
          .insert(chunks)
          .values({ ...chunk, id: newId(at), documentId: id, contentVersion: nextVersion, indexedAt: at })
          .run()
      }
      return true
    })
    if (!isStill) return 'overtaken'
    await breathe()
  }
  const isDone = write((tx) => {
    if (!isCurrent(tx.queries, id, nextVersion)) return false
    const at = now()
    for (const { seq, chunk } of kept) {
      const { text: _text, headingPath: _path, title: _title, ...place } = chunk
      tx.queries
        .update(chunks)
        .set({ ...place, contentVersion: nextVersion })
        .where(eq(chunks.seq, seq))
        .run()
    }
    tx.queries
      .update(documents)
      .set({
        state: 'ready',
        problem: null,
        notes: read.notes,
        pages: read.pages,
        pageLabels: read.pageLabels,
        passages: made.length,
        contentVersion: nextVersion,
        attempts: 0,
        updatedAt: at,
      })
      .where(eq(documents.id, id))
      .run()
    tx.queries
      .delete(documentTexts)
      .where(and(eq(documentTexts.documentId, id), lt(documentTexts.contentVersion, nextVersion)))
      .run()
    endUpdate(tx, id, { status: 'completed', chunksUpdated: fresh.length, chunksTotal: made.length }, at)
    tx.changed('library', id)
    return true
  })
  if (!isDone) return 'overtaken'
  await dropUnseen(write, queries, id, nextVersion)
  return 'done'
}

/** Which passages of the version that serves say the same as new ones, in the same order as they stand. */
const compare = (queries: Queries, { id, contentVersion }: DocumentRecord, made: readonly NewChunk[]) => {
  const known = new Map<string, number[]>()
  const rows = queries
    .select({ seq: chunks.seq, hash: chunks.contentHash })
    .from(chunks)
    .where(and(eq(chunks.documentId, id), eq(chunks.contentVersion, contentVersion)))
    .orderBy(chunks.position)
    .all()
  for (const { seq, hash } of rows) known.set(hash, [...(known.get(hash) ?? []), seq])
  const kept: { seq: number; chunk: NewChunk }[] = []
  const fresh: NewChunk[] = []
  for (const chunk of made) {
    const seq = known.get(chunk.contentHash)?.shift()
    if (seq === undefined) fresh.push(chunk)
    else kept.push({ seq, chunk })
  }
  return { kept, fresh }
}

/** Removes passages of any other version than the one that serves, in slices. */
const dropUnseen = async (write: Write, queries: Queries, documentId: string, version: number): Promise<void> => {
  const unseen = queries
    .select({ seq: chunks.seq })
    .from(chunks)
    .where(and(eq(chunks.documentId, documentId), ne(chunks.contentVersion, version)))
    .all()
  for (let from = 0; from < unseen.length; from += rowsAtOnce) {
    write((tx) => dropChunks(tx, unseen.slice(from, from + rowsAtOnce)))
    await breathe()
  }
}

/** Removes passages with their vectors; the words go by trigger. */
export const dropChunks = (tx: Tx, rows: readonly { readonly seq: number }[]): void => {
  const seqs = rows.map(({ seq }) => seq)
  if (seqs.length === 0) return
  tx.queries.delete(chunkVectors).where(inArray(chunkVectors.chunkSeq, seqs)).run()
  tx.queries.delete(chunks).where(inArray(chunks.seq, seqs)).run()
}

/** Writes down that a document cannot be read, with the sentence for the coach; an older version goes on serving. */
export const keepProblem = (
  tx: Tx,
  { id, nextVersion }: DocumentRecord,
  problem: { readonly code: string; readonly message: string },
  now: number,
): void => {
  if (!isCurrent(tx.queries, id, nextVersion)) return
  tx.queries
    .update(documents)
    .set({ state: 'failed', problem: problem.message, problemCode: problem.code, updatedAt: now })
    .where(eq(documents.id, id))
    .run()
  endUpdate(tx, id, { status: 'failed', problem: problem.message }, now)
  tx.changed('library', id)
}

type End = Pick<typeof documentUpdates.$inferInsert, 'status' | 'chunksUpdated' | 'chunksTotal' | 'problem'>

const endUpdate = (tx: Tx, documentId: string, end: End, now: number): void => {
  tx.queries
    .update(documentUpdates)
    .set({ ...end, finishedAt: now })
    .where(and(eq(documentUpdates.documentId, documentId), inArray(documentUpdates.status, ['pending', 'processing'])))
    .run()
}
