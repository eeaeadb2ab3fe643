import { desc, eq, sql } from 'drizzle-orm'
import type { FileStore } from '../../db/fileStore.ts'
import { documents, documentUpdates } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx, Write } from '../../db/write.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log/index.ts'
import {
  actOn,
  type DocumentAct,
  type DocumentChanges,
  findHalfRemoved,
  removeDocuments,
  retryRecordings,
  tidyFolder,
  updateDocument,
} from './acts.ts'
import { addFile, largestFileBytes, type NewFile } from './add.ts'
import { createFolders, type Folders } from './folders.ts'
import { createIngest, type Ingest, type ReadingRoom, type Transcribe } from './ingest.ts'
import { getDocument, type ListInput, listDocuments, readOverview } from './list.ts'
import { readOriginal, readPage } from './pages.ts'
import { createUploads } from './uploads.ts'

interface Parts {
  readonly write: Write
  readonly queries: Queries
  readonly files: FileStore
  readonly clock: Clock
  readonly log: Log
  readonly room: ReadingRoom
  readonly transcribe: Transcribe
  readonly ocrLanguages: () => readonly string[]
  readonly dataFolder: string
  /** Told when passages came or went. */
  readonly onPassages: () => void
}

export type Library = ReturnType<typeof createLibrary>

/** The coach's own documents: taken in, read in the background, shown page by page. */
export const createLibrary = (parts: Parts) => {
  const { write, queries, files, clock, log } = parts
  const now = () => clock.now()
  const ingest: Ingest = createIngest({ ...parts, onReady: parts.onPassages })
  const add = async (file: NewFile, source: AsyncIterable<Uint8Array>) => {
    const added = await addFile({ files, queries, write, now }, file, source)
    ingest.wake()
    return added
  }
  const acting = { write, queries, files, ingest, now }
  const remove = async (documentIds: readonly string[]): Promise<number> => {
    const removed = await removeDocuments(acting, documentIds)
    parts.onPassages()
    return removed
  }
  const folders: Folders = createFolders({ write, queries, clock, log, add, remove, ownFolder: parts.dataFolder })
  const uploads = createUploads(
    (file: Omit<NewFile, 'source'>, source: AsyncIterable<Uint8Array>) => add({ ...file, source: null }, source),
    { bytes: largestFileBytes, sentence: 'The file is too large to be read here. Split it into smaller ones.' },
  )

  return {
    folders,
    uploads,
    list: (input: ListInput) => listDocuments(queries, input, ingest),
    overview: () => readOverview(queries, ingest),
    document: (documentId: string) => ({
      document: getDocument(queries, documentId, ingest),
      updates: queries
        .select()
        .from(documentUpdates)
        .where(eq(documentUpdates.documentId, documentId))
        .orderBy(desc(documentUpdates.createdAt))
        .limit(50)
        .all(),
    }),
    page: (asked: Parameters<typeof readPage>[1]) => readPage(queries, asked),
    original: (documentId: string, from: number) => readOriginal(queries, files, documentId, from),
    update: (documentId: string, { folder, ...changes }: DocumentChanges): void => {
      const tidied = folder === undefined ? changes : { ...changes, folder: tidyFolder(folder) }
      write((tx) => updateDocument(tx, documentId, tidied, now()))
      ingest.wake()
    },
    act: (documentIds: readonly string[], act: DocumentAct) =>
      act === 'remove' ? remove(documentIds) : actOn(acting, documentIds, act),
    /** In the transaction that sets up a service for recordings: those that failed for want of it are tried again. */
    retryRecordings: (tx: Tx, at: number): void => {
      if (retryRecordings(tx, at) > 0) tx.afterCommit(ingest.wake)
    },
    /** Gives up what is being read of documents for one client only; they go, or become another's. */
    stopReadingFor: (clientId: string): void => {
      const own = queries.select({ id: documents.id }).from(documents).where(eq(documents.clientId, clientId)).all()
      for (const { id } of own) ingest.cancel(id)
    },
    pauseAll: () => {
      ingest.pause()
      write((tx) => tx.changed('library'))
    },
    resumeAll: () => {
      ingest.resume()
      write((tx) => tx.changed('library'))
    },
    start: () => {
      ingest.start()
      folders.start()
      void remove(findHalfRemoved(queries))
    },
    stop: async () => {
      await folders.stop()
      await ingest.stop()
    },
  }
}

/** In the sending transaction: the documents a reply rests on were used. */
export const noteUse = (tx: Tx, documentIds: readonly string[], now: number): void => {
  for (const id of new Set(documentIds)) {
    tx.queries
      .update(documents)
      .set({ lastUsedAt: now, timesUsed: sql`${documents.timesUsed} + 1` })
      .where(eq(documents.id, id))
      .run()
  }
  if (documentIds.length > 0) tx.changed('library')
}

/** Whether there is anything to look in for a client. */
export const hasDocuments = (queries: Queries): boolean =>
  queries.select({ id: documents.id }).from(documents).where(sql`${documents.contentVersion} > 0`).limit(1).get() !==
  undefined
