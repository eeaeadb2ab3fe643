import { z } from 'zod'
import type { SqliteDatabase } from '../../../db/sqlite.ts'
import { readServed, type ServedDocument } from '../served.ts'

const number = z.number()
const seqs = z.array(z.number())
const fields = z.tuple([z.string(), z.string(), z.string()]).optional()
const links = z.array(z.tuple([z.string(), z.string()]))

/** Two phrases that the coach declared to mean much the same. */
export type ConceptLink = readonly [term: string, other: string]

/** What word search reads of the library, on any connection. */
export const readWords = (sqlite: SqliteDatabase) => {
  const changes = sqlite.prepare('SELECT total_changes()').pluck()
  const passages = sqlite
    .prepare('SELECT seq FROM chunks INDEXED BY chunks_document WHERE document_id = ? AND content_version = ?')
    .pluck()
  const passage = sqlite.prepare('SELECT title, heading_path, text FROM chunks WHERE seq = ?').raw()
  const conceptLinks = sqlite.prepare('SELECT term, other FROM concept_links ORDER BY id').raw()

  return {
    ...readServed(sqlite),
    /** Another text whenever anything was committed, by this connection or another. */
    version: (): string => `${number.parse(sqlite.pragma('data_version', { simple: true }))} ${changes.get()}`,
    passagesOf: ({ id, version }: ServedDocument): number[] => seqs.parse(passages.all(id, version)),
    /** Title, path of headings and text; null where the passage is gone. */
    fieldsOf: (chunkSeq: number): readonly string[] | null => fields.parse(passage.get(chunkSeq)) ?? null,
    links: (): ConceptLink[] => links.parse(conceptLinks.all()),
  }
}
