import { and, eq, inArray, notInArray, sql } from 'drizzle-orm'
import type { FileStore } from '../../db/fileStore.ts'
import {
  chunks,
  clients,
  documents,
  documentTags,
  documentTexts,
  documentUpdates,
  files as fileRows,
  ignoredFiles,
} from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx, Write } from '../../db/write.ts'
import type { documentActs } from '../../shared/contract/library.ts'
import { Problem } from '../../shared/problem.ts'
import { noteUpdate } from './add.ts'
import type { Ingest } from './ingest.ts'
import { breathe, carryText, dropChunks } from './versions.ts'

export type DocumentAct = (typeof documentActs)[number]

interface Parts {
  readonly write: Write
  readonly queries: Queries
  readonly files: FileStore
  readonly ingest: Pick<Ingest, 'cancel' | 'wake'>
  readonly now: () => number
}

const workStates = ['queued', 'reading', 'chunking', 'indexing'] as const

/** Does one thing to several documents; those it does not apply to are left alone. Returns how many it changed. */
export const actOn = async (parts: Parts, documentIds: readonly string[], act: DocumentAct): Promise<number> => {
  if (act === 'remove') return removeDocuments(parts, documentIds)
  const changed = parts.write((tx) => documentIds.filter((id) => change(tx, id, act, parts.now())))
  if (act === 'pause') for (const id of changed) parts.ingest.cancel(id)
  parts.ingest.wake()
  return changed.length
}

const change = (tx: Tx, id: string, act: Exclude<DocumentAct, 'remove'>, now: number): boolean => {
  const record = tx.queries.select().from(documents).where(eq(documents.id, id)).get()
  if (!record) return false
  const set = (values: Partial<typeof documents.$inferInsert>): true => {
    tx.queries
      .update(documents)
      .set({ ...values, updatedAt: now })
      .where(eq(documents.id, id))
      .run()
    tx.changed('library', id)
    return true
  }
  const isWorking = workStates.some((state) => state === record.state)
  if (act === 'pause') return isWorking && set({ state: 'paused' })
  if (act === 'resume') return record.state === 'paused' && set({ state: 'queued' })
  if (act === 'retry') {
    if (record.state !== 'failed') return false
    noteUpdate(tx, id, 'manual', 'manual', now)
    return set({ state: 'queued', problem: null, attempts: 0 })
  }
  if (isWorking) return false
  noteUpdate(tx, id, 'manual', 'manual', now)
  return set({ state: 'queued', problem: null, attempts: 0, nextVersion: record.nextVersion + 1 })
}

/** Why a recording never reached a service that took it: another service, or another key, may mend it. */
const mendedBySetUp = [
  'no_transcription',
  'NO_MODEL',
  'MODEL_REFUSED_KEY',
  'MODEL_UNREACHABLE',
  'PRIVACY_BLOCKED',
  'INVALID_INPUT',
]

/** Queues the recordings that failed for want of a service for them. Returns how many. */
export const retryRecordings = (tx: Tx, now: number): number => {
  const waiting = tx.queries
    .select({ id: documents.id, contentVersion: documents.contentVersion })
    .from(documents)
    .where(
      and(
        eq(documents.state, 'failed'),
        inArray(documents.kind, ['audio', 'video']),
        inArray(documents.problemCode, mendedBySetUp),
      ),
    )
    .all()
  for (const { id, contentVersion } of waiting) {
    noteUpdate(tx, id, contentVersion === 0 ? 'full' : 'incremental', 'automatic', now)
    const again = { state: 'queued' as const, problem: null, attempts: 0, updatedAt: now }
    tx.queries.update(documents).set(again).where(eq(documents.id, id)).run()
    tx.changed('library', id)
  }
  return waiting.length
}

const chunksAtOnce = 32

/**
 * Removes documents with their passages, vectors, words and originals. Each disappears from search at once and in
 * whole; its passages go in slices. What a crash leaves is taken up by finishRemovals.
 */
export const removeDocuments = async (parts: Parts, documentIds: readonly string[]): Promise<number> => {
  const { write, queries, files, ingest } = parts
  let removed = 0
  for (const id of documentIds) {
    ingest.cancel(id)
    const isThere = write((tx) => {
      ignoreSource(tx, id)
      const hidden = tx.queries
        .update(documents)
        // No passage has this version: from here on nothing of it is found.
        .set({ state: 'paused', contentVersion: 0, nextVersion: sql`${documents.nextVersion} + 1`, sourcePath: null })
        .where(eq(documents.id, id))
        .run()
      return hidden.changes > 0
    })
    if (!isThere) continue
    await dropAllChunks(write, queries, id)
    write((tx) => dropDocument(tx, files, id))
    removed += 1
    await breathe()
  }
  return removed
}

/** What the coach removes from a watched folder does not come back with the next look at it. */
const ignoreSource = (tx: Tx, id: string): void => {
  const record = tx.queries.select().from(documents).where(eq(documents.id, id)).get()
  if (!record?.sourcePath || !record.watchedFolderId) return
  tx.queries
    .insert(ignoredFiles)
    .values({ path: record.sourcePath, watchedFolderId: record.watchedFolderId })
    .onConflictDoNothing()
    .run()
}

const dropAllChunks = async (write: Write, queries: Queries, id: string): Promise<void> => {
  for (;;) {
    const some = queries
      .select({ seq: chunks.seq })
      .from(chunks)
      .where(eq(chunks.documentId, id))
      .limit(chunksAtOnce)
      .all()
    if (some.length === 0) return
    write((tx) => dropChunks(tx, some))
    await breathe()
  }
}

const dropDocument = (tx: Tx, files: FileStore, id: string): void => {
  const record = tx.queries.select({ fileId: documents.fileId }).from(documents).where(eq(documents.id, id)).get()
  tx.queries.delete(documentTags).where(eq(documentTags.documentId, id)).run()
  tx.queries.delete(documentTexts).where(eq(documentTexts.documentId, id)).run()
  tx.queries.delete(documentUpdates).where(eq(documentUpdates.documentId, id)).run()
  tx.queries.delete(documents).where(eq(documents.id, id)).run()
  if (record?.fileId) files.drop(tx, record.fileId)
  tx.changed('library', id)
}

export interface DocumentChanges {
  readonly title?: string | undefined
  readonly folder?: string | undefined
  readonly tags?: readonly string[] | undefined
  readonly clientId?: string | null | undefined
}

/** Changes what the coach gave. Throws NOT_FOUND. A new title is put before every passage, so they are made anew. */
export const updateDocument = (tx: Tx, id: string, changes: DocumentChanges, now: number): void => {
  const record = tx.queries.select().from(documents).where(eq(documents.id, id)).get()
  if (!record) throw new Problem('NOT_FOUND')
  const { title, folder, tags, clientId } = changes
  if (clientId) {
    const client = tx.queries.select({ id: clients.id }).from(clients).where(eq(clients.id, clientId)).get()
    if (!client) throw new Problem('NOT_FOUND')
  }
  const isRenamed = title !== undefined && title !== record.title
  tx.queries
    .update(documents)
    .set({
      ...(title === undefined ? {} : { title }),
      ...(folder === undefined ? {} : { folder: tidyFolder(folder) }),
      ...(clientId === undefined ? {} : { clientId }),
      ...(isRenamed && record.state === 'ready'
        ? { state: 'queued' as const, nextVersion: record.nextVersion + 1 }
        : {}),
      updatedAt: now,
    })
    .where(eq(documents.id, id))
    .run()
  if (isRenamed && record.state === 'ready') {
    carryText(tx, id, record.contentVersion, record.nextVersion + 1)
    noteUpdate(tx, id, 'manual', 'manual', now)
  }
  if (clientId !== undefined && record.fileId)
    tx.queries.update(fileRows).set({ clientId }).where(eq(fileRows.id, record.fileId)).run()
  if (tags) {
    tx.queries
      .delete(documentTags)
      .where(
        and(eq(documentTags.documentId, id), tags.length > 0 ? notInArray(documentTags.tag, [...tags]) : undefined),
      )
      .run()
    for (const tag of new Set(tags))
      tx.queries.insert(documentTags).values({ tag, documentId: id }).onConflictDoNothing().run()
  }
  tx.changed('library', id)
}

/** "a//b/" and "/a/b" are the folder "a/b". */
export const tidyFolder = (folder: string): string =>
  folder
    .split(/[\\/]+/u)
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/')

/** Finishes at start what a crash interrupted. */
export const findHalfRemoved = (queries: Queries): string[] =>
  queries
    .select({ id: documents.id })
    .from(documents)
    .where(and(inArray(documents.state, ['paused']), eq(documents.contentVersion, 0), sql`${documents.passages} > 0`))
    .all()
    .map(({ id }) => id)
