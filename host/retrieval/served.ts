import { z } from 'zod'
import type { SqliteDatabase } from '../../db/sqlite.ts'

const served = z.array(z.tuple([z.string(), z.number(), z.string().nullable()]))
const ids = z.array(z.string())

/** A document as search sees it: which version is found, and whose it is. */
export interface ServedDocument {
  readonly id: string
  readonly version: number
  /** Whose alone it is; null: for everyone. */
  readonly clientId: string | null
}

/** Which documents can be found now, on any connection; read by both arms of the search. */
export const readServed = (sqlite: SqliteDatabase) => {
  const documents = sqlite
    .prepare(
      'SELECT id, content_version, client_id FROM documents INDEXED BY documents_served WHERE content_version > 0',
    )
    .raw()
  const tagged = sqlite.prepare('SELECT document_id FROM document_tags WHERE tag = ?').pluck()
  return {
    /** Runs work that must see one state of the data. */
    atOnce: <T>(work: () => T): T => sqlite.transaction(work).deferred(),
    documents: (): ServedDocument[] =>
      served.parse(documents.all()).map(([id, version, clientId]) => ({ id, version, clientId })),
    documentsTagged: (tag: string): string[] => ids.parse(tagged.all(tag)),
  }
}
