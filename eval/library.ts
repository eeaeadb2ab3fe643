import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { newId } from '../db/ids.ts'
import { migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { chunks, documents } from '../db/schema/index.ts'
import type { Queries } from '../db/sqlite.ts'
import { chunkDocument } from '../host/library/chunking/index.ts'
import type { Scope, ScoredChunk } from '../host/retrieval/scope.ts'
import { createWordIndex } from '../host/retrieval/words/wordIndex.ts'

export interface Entry {
  readonly _id: string
  readonly title: string
  readonly text: string
}

export interface Hit {
  readonly _id: string
  readonly score: number
}

export interface FiledLibrary {
  readonly passages: number
  /** As the console searches without a service for vectors; each document by its best passage. */
  search(question: string, most: number): Hit[]
  /** By FTS5's own BM25 of any of the words, with nothing left out. */
  searchPlain(question: string, most: number): Hit[]
  /** Deletes what was filed. */
  close(): void
}

const everything: Scope = { reader: { kind: 'coach' } }
const documentsAtOnce = 500
/** Several passages may belong to one document. */
const passagesPerDocument = 4
const seqAndScore = z.array(z.tuple([z.number(), z.number()]))
const seqAndDocument = z.array(z.tuple([z.number(), z.string()]))

/** A library of its own, encrypted and migrated as the coach's, with a document for each entry. */
export const fileLibrary = async (entries: readonly Entry[]): Promise<FiledLibrary> => {
  const folder = mkdtempSync(join(tmpdir(), 'opencoach-eval-'))
  const { sqlite, queries, close } = openDatabase({ file: join(folder, 'library.db'), key: randomBytes(32) })
  const remove = (): void => {
    close()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    migrate(sqlite)
    for (let from = 0; from < entries.length; from += documentsAtOnce) {
      const made = await Promise.all(entries.slice(from, from + documentsAtOnce).map(withPassages))
      sqlite.transaction(() => {
        for (const one of made) keep(queries, one)
      })()
    }
    const index = createWordIndex(sqlite)
    for (const _ of index.refresh());
    const documentOf = new Map(seqAndDocument.parse(sqlite.prepare('SELECT seq, document_id FROM chunks').raw().all()))
    const plain = sqlite
      .prepare('SELECT rowid, -rank FROM chunk_words WHERE chunk_words MATCH ? ORDER BY rank LIMIT ?')
      .raw()
    const byDocument = (hits: readonly ScoredChunk[], most: number): Hit[] => {
      const best = new Map<string, number>()
      for (const { chunkSeq, score } of hits) {
        const _id = documentOf.get(chunkSeq) ?? ''
        if (!best.has(_id)) best.set(_id, score)
      }
      return [...best].slice(0, most).map(([_id, score]) => ({ _id, score }))
    }
    return {
      passages: index.size(),
      search: (question, most) => byDocument(index.search(question, everything, most * passagesPerDocument).hits, most),
      searchPlain: (question, most) => {
        const match = everyWord(question)
        if (match === '') return []
        const found = seqAndScore.parse(plain.all(match, most * passagesPerDocument))
        return byDocument(
          found.map(([chunkSeq, score]) => ({ chunkSeq, score })),
          most,
        )
      },
      close: remove,
    }
  } catch (error) {
    remove()
    throw error
  }
}

const everyWord = (question: string): string =>
  [...new Set(question.toLowerCase().match(/[\p{L}\p{N}]+/gu))].map((word) => `"${word}"`).join(' OR ')

const withPassages = async (entry: Entry) => {
  // A document of which only the title is known is still found by it.
  const text = entry.text.trim() === '' ? entry.title : entry.text
  const blocks = text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => ({ kind: 'paragraph' as const, level: 0, text: paragraph, page: null, seconds: null }))
  return { entry, passages: await chunkDocument({ blocks }, entry.title) }
}

const keep = (queries: Queries, { entry, passages }: Awaited<ReturnType<typeof withPassages>>): void => {
  const now = Date.now()
  queries
    .insert(documents)
    .values({
      id: entry._id,
      title: entry.title,
      fileName: `${entry._id}.txt`,
      kind: 'text',
      bytes: Buffer.byteLength(entry.text),
      contentHash: '',
      contentVersion: 1,
      state: 'ready',
      passages: passages.length,
      createdAt: now,
      updatedAt: now,
    })
    .run()
  for (const passage of passages) {
    queries
      .insert(chunks)
      .values({ ...passage, id: newId(now), documentId: entry._id, contentVersion: 1, indexedAt: now })
      .run()
  }
}
