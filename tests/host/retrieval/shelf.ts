import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { migrate } from '../../../db/migrate.ts'
import { openDatabase } from '../../../db/open.ts'
import {
  chunkBits,
  chunks,
  chunkVectors,
  clients,
  coaches,
  documents,
  documentTags,
  spaces,
} from '../../../db/schema/index.ts'
import { createWriter, type Tx } from '../../../db/write.ts'
import { normalise, signBits, toBlob } from '../../../host/retrieval/vectors/index.ts'
import { keyOf, temporaryFolder } from '../store/folder.ts'

export interface ShelvedDocument {
  readonly id: string
  readonly texts: readonly string[]
  readonly clientId?: string
  readonly tags?: readonly string[]
  readonly title?: string
  readonly timesUsed?: number
}

/** An encrypted library with documents put straight into it, and a second, read-only connection as a worker has it. */
export const openShelf = () => {
  const file = join(temporaryFolder(), 'opencoach.db')
  const key = keyOf(7)
  const database = openDatabase({ file, key })
  migrate(database.sqlite)
  // These tests are about what is found, not about a power cut.
  database.sqlite.pragma('synchronous = OFF')
  const { queries, sqlite } = database
  const write = createWriter(sqlite, queries, () => undefined)
  const reading = openDatabase({ file, key, readonly: true })
  onTestFinished(() => {
    reading.close()
    database.close()
  })

  const addClient = (id: string, isSensitive = false): void => {
    write((tx) => {
      tx.queries.insert(coaches).values({ id: 'coach', name: 'Robin', createdAt: 1 }).onConflictDoNothing().run()
      tx.queries
        .insert(clients)
        .values({ id, coachId: 'coach', name: `Client ${id}`, isSensitive, createdAt: 1, updatedAt: 1 })
        .run()
    })
  }

  const insertChunks = (tx: Tx, { id, texts, title = id }: ShelvedDocument, version: number): number[] =>
    texts.map((text, position) => {
      const row = {
        id: `${id}-${version}-${position}`,
        documentId: id,
        position,
        contentVersion: version,
        contentHash: text,
        title,
        text,
        tokens: text.split(' ').length,
        charFrom: 0,
        charTo: text.length,
      }
      return Number(tx.queries.insert(chunks).values(row).run().lastInsertRowid)
    })

  return {
    file,
    key,
    queries,
    sqlite,
    write,
    reading: reading.sqlite,
    addClient,
    /** Answers with the numbers of its passages. */
    add: (document: ShelvedDocument): number[] =>
      write((tx) => {
        const { id, clientId = null, tags = [], timesUsed = 0 } = document
        const row = { id, title: id, fileName: id, kind: 'text', bytes: 1, contentHash: id, state: 'ready' } as const
        tx.queries
          .insert(documents)
          .values({
            ...row,
            clientId,
            timesUsed,
            passages: document.texts.length,
            contentVersion: 1,
            createdAt: 1,
            updatedAt: 1,
          })
          .run()
        for (const tag of tags) tx.queries.insert(documentTags).values({ tag, documentId: id }).run()
        return insertChunks(tx, document, 1)
      }),
    /** Puts the passages of another version beside those that serve. */
    addVersion: (document: ShelvedDocument, version: number): number[] =>
      write((tx) => insertChunks(tx, document, version)),
    addSpace: (id: string, dimensions: number, centre: Float32Array | null = null): void =>
      write((tx) => {
        const row = { id, model: 'm', dimensions, state: 'active', createdAt: 1 } as const
        tx.queries
          .insert(spaces)
          .values({
            ...row,
            centre: centre && toBlob(centre),
            details: '{"baseUrl":"","sendsDimensions":false,"priceUsd":0}',
          })
          .run()
      }),
    addVectors: (
      spaceId: string,
      vectors: readonly { seq: number; vector: ArrayLike<number> }[],
      centre: Float32Array | null = null,
    ): void =>
      write((tx) => {
        for (const { seq, vector } of vectors) {
          const row = normalise(vector) ?? new Float32Array(vector.length)
          tx.queries
            .insert(chunkVectors)
            .values({ spaceId, chunkSeq: seq, vector: toBlob(row) })
            .run()
          const bits = toBlob(signBits(row, centre))
          tx.queries.insert(chunkBits).values({ spaceId, chunkSeq: seq, centring: 0, bits }).run()
        }
      }),
  }
}
export type Shelf = ReturnType<typeof openShelf>
