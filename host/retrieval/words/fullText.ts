import { z } from 'zod'
import type { SqliteDatabase } from '../../../db/sqlite.ts'
import type { WordSearch } from '../passageSearch.ts'
import { readCharacters } from './question.ts'
import { stopWordsIn } from './stopWords.ts'
import { fold, plainWordsOf } from './tokens.ts'

const rows = z.array(z.tuple([z.number(), z.number()]))
const mostWords = 24

// Quoted, so that none of it is syntax; a zero character would end the text for SQLite.
const quoted = (word: string): string => `"${word.replaceAll('"', '""').replaceAll('\0', '')}"`

/** An FTS5 query for any of a question's words, without those that say nothing; null where there are none. */
export const anyWordOf = (question: string): string | null => {
  const words = [...new Set(plainWordsOf(question.slice(0, readCharacters)).map((word) => word.toLowerCase()))]
  const stopped = stopWordsIn(words.map(fold))
  // Longer words are rarer as a rule, and of a long question the rare ones tell most.
  const telling = words.filter((word) => !stopped.has(fold(word))).sort((a, b) => b.length - a.length)
  return telling.length === 0 ? null : telling.slice(0, mostWords).map(quoted).join(' OR ')
}

/** Passages that hold any of a question's words, by FTS5 alone: slower and plainer than the index in memory. */
export const createFullTextSearch = (sqlite: SqliteDatabase): WordSearch => {
  const find = sqlite
    .prepare(
      `SELECT w.rowid, -w.rank FROM chunk_words w
       JOIN chunks c ON c.seq = w.rowid
       JOIN documents d ON d.id = c.document_id AND d.content_version = c.content_version
       WHERE chunk_words MATCH $match AND d.content_version > 0
         AND ($client IS NULL OR d.client_id IS NULL OR d.client_id = $client)
         AND ($documents IS NULL OR d.id IN (SELECT value FROM json_each($documents)))
         AND ($tags IS NULL OR d.id IN
           (SELECT document_id FROM document_tags WHERE tag IN (SELECT value FROM json_each($tags))))
       ORDER BY w.rank LIMIT $limit`,
    )
    .raw()
  return (question, { reader, documentIds, tags }, limit) => {
    const match = anyWordOf(question)
    if (match === null) return []
    const found = find.all({
      match,
      client: reader.kind === 'client' ? reader.clientId : null,
      documents: documentIds ? JSON.stringify(documentIds) : null,
      tags: tags ? JSON.stringify(tags) : null,
      limit,
    })
    return rows.parse(found).map(([chunkSeq, score]) => ({ chunkSeq, score }))
  }
}
