import { createHash } from 'node:crypto'
import { and, eq, isNull, ne, or, type SQL } from 'drizzle-orm'
import type { FileStore, StagedFile } from '../../db/fileStore.ts'
import { newId } from '../../db/ids.ts'
import { documents, documentTags, documentUpdates } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx, Write } from '../../db/write.ts'
import { Problem } from '../../shared/problem.ts'
import type { DocumentKind } from '../../shared/taxonomy/library.ts'
import { kindOf, ReadingProblem } from '../reading/index.ts'

/** Where a file comes from and where the coach wants it. */
export interface NewFile {
  readonly fileName: string
  readonly folder: string
  readonly tags: readonly string[]
  /** Only for this client; null: for all. */
  readonly clientId: string | null
  readonly source: {
    readonly path: string
    readonly modifiedAt: number
    readonly watchedFolderId: string | null
  } | null
}

export interface Added {
  readonly documentId: string
  readonly outcome: 'added' | 'updated' | 'unchanged' | 'duplicate'
  readonly sameAs: string | null
}

/** Nothing larger is taken in: a reader holds the whole file in memory. */
export const largestFileBytes = 1_024 * 1_024 * 1_024

const headLength = 4_096

/** Encrypts a file to disk while it is hashed and looked at; nothing names it yet. */
const takeIn = async (files: FileStore, source: AsyncIterable<Uint8Array>, fileName: string) => {
  const hash = createHash('sha256')
  let head = Buffer.alloc(0)
  let bytes = 0
  const watched = async function* () {
    for await (const part of source) {
      bytes += part.length
      if (bytes > largestFileBytes) throw new ReadingProblem('too_large')
      hash.update(part)
      if (head.length < headLength) head = Buffer.concat([head, part.subarray(0, headLength - head.length)])
      yield part
    }
  }
  const staged = await files.stageStream(
    watched(),
    { name: fileName, mediaType: 'application/octet-stream' },
    'original',
  )
  return { staged, bytes, contentHash: hash.digest('hex'), head }
}

interface Parts {
  readonly files: FileStore
  readonly queries: Queries
  readonly write: Write
  readonly now: () => number
}

/**
 * Takes a file into the library and queues it for reading. The same content is kept once; a document of the same
 * place and name gets a new version. Throws INVALID_INPUT with a sentence where it can never be read.
 */
export const addFile = async (
  { files, write, now }: Parts,
  file: NewFile,
  source: AsyncIterable<Uint8Array>,
): Promise<Added> => {
  const taken = await takeIn(files, source, file.fileName).catch((error: unknown) => {
    const isTooLarge = [error, error instanceof Error ? error.cause : null].some((one) => one instanceof ReadingProblem)
    throw isTooLarge ? new Problem('INVALID_INPUT', new ReadingProblem('too_large').message) : error
  })
  // What no row names is swept at the next start; until then it is unreadable.
  return write((tx) => place(tx, files, file, taken, now()))
}

type Taken = { staged: StagedFile; bytes: number; contentHash: string; head: Uint8Array }

const kindFor = (fileName: string, { head, bytes }: Taken): { kind: DocumentKind; problem: string | null } => {
  try {
    return { kind: kindOf(fileName, head, bytes), problem: null }
  } catch (error) {
    if (!(error instanceof ReadingProblem)) throw error
    return { kind: 'text', problem: error.message }
  }
}

const place = (tx: Tx, files: FileStore, file: NewFile, taken: Taken, now: number): Added => {
  const known = findByPlace(tx.queries, file)
  if (known?.contentHash === taken.contentHash) {
    if (file.source) follow(tx, known.id, file.source)
    return { documentId: known.id, outcome: 'unchanged', sameAs: null }
  }
  const twin = tx.queries
    .select({ id: documents.id, title: documents.title })
    .from(documents)
    .where(
      and(
        eq(documents.contentHash, taken.contentHash),
        file.clientId === null
          ? isNull(documents.clientId)
          : or(isNull(documents.clientId), eq(documents.clientId, file.clientId)),
        known ? ne(documents.id, known.id) : undefined,
      ),
    )
    .get()
  if (twin && !known) return { documentId: twin.id, outcome: 'duplicate', sameAs: twin.title }
  const { kind, problem } = kindFor(file.fileName, taken)
  const fileId = taken.staged.insert(tx, file.clientId ?? undefined)
  const made = {
    kind,
    problem,
    bytes: taken.bytes,
    contentHash: taken.contentHash,
    fileId,
    state: problem === null ? ('queued' as const) : ('failed' as const),
    attempts: 0,
    updatedAt: now,
    ...(file.source
      ? {
          sourcePath: file.source.path,
          sourceModifiedAt: file.source.modifiedAt,
          watchedFolderId: file.source.watchedFolderId,
        }
      : {}),
  }
  tx.changed('library')
  if (known) {
    tx.queries
      .update(documents)
      .set({ ...made, nextVersion: known.nextVersion + 1 })
      .where(eq(documents.id, known.id))
      .run()
    if (known.fileId) files.drop(tx, known.fileId)
    noteUpdate(
      tx,
      known.id,
      known.contentVersion === 0 ? 'full' : 'incremental',
      file.source ? 'automatic' : 'manual',
      now,
    )
    return { documentId: known.id, outcome: 'updated', sameAs: null }
  }
  const id = newId(now)
  tx.queries
    .insert(documents)
    .values({
      id,
      title: file.fileName,
      fileName: file.fileName,
      folder: file.folder,
      clientId: file.clientId,
      createdAt: now,
      ...made,
    })
    .run()
  for (const tag of new Set(file.tags)) tx.queries.insert(documentTags).values({ tag, documentId: id }).run()
  noteUpdate(tx, id, 'full', file.source ? 'automatic' : 'manual', now)
  return { documentId: id, outcome: 'added', sameAs: null }
}

const findByPlace = (queries: Queries, { fileName, folder, clientId, source }: NewFile) => {
  const first = (condition: SQL | undefined) => queries.select().from(documents).where(condition).get()
  const isThere = and(
    eq(documents.fileName, fileName),
    eq(documents.folder, folder),
    clientId === null ? isNull(documents.clientId) : eq(documents.clientId, clientId),
  )
  if (source === null) return first(isThere)
  // What was kept when its folder was no longer watched is the same document when it is watched again.
  return first(eq(documents.sourcePath, source.path)) ?? first(and(isThere, isNull(documents.sourcePath)))
}

const follow = (tx: Tx, id: string, { path, modifiedAt, watchedFolderId }: NonNullable<NewFile['source']>): void => {
  tx.queries
    .update(documents)
    .set({ sourcePath: path, sourceModifiedAt: modifiedAt, watchedFolderId })
    .where(eq(documents.id, id))
    .run()
  tx.changed('library')
}

/** Records that a document is to be made anew, in the transaction that makes it necessary. */
export const noteUpdate = (
  tx: Tx,
  documentId: string,
  updateType: 'full' | 'incremental' | 'manual',
  triggeredBy: 'automatic' | 'manual',
  now: number,
): void => {
  // What waited is overtaken by this one.
  tx.queries
    .delete(documentUpdates)
    .where(and(eq(documentUpdates.documentId, documentId), eq(documentUpdates.status, 'pending')))
    .run()
  tx.queries
    .insert(documentUpdates)
    .values({ id: newId(now), documentId, updateType, status: 'pending', triggeredBy, createdAt: now })
    .run()
}
