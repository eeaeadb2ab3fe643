import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Queries } from '../../db/sqlite.ts'
import { type SearchHit, searchHit } from '../../shared/contract/inbox.ts'
import { fullTextQuery, snippetOf } from './words.ts'

export interface SearchInput {
  readonly query: string
  readonly clientId?: string | undefined
  /** The seq to page on from, not included. */
  readonly before?: number | undefined
  readonly limit: number
}

const found = searchHit.omit({ snippet: true, marks: true }).extend({ content: z.string() })

/** Messages in which every word occurs (the last one as a beginning), newest first; of one client where given. */
export const searchMessages = (
  queries: Queries,
  { query, clientId, before, limit }: SearchInput,
): { rows: SearchHit[]; next: number | null } => {
  const match = fullTextQuery(query, clientId)
  if (match === null) return { rows: [], next: null }
  // The client stands in the full-text query for speed; the second condition is what keeps clients apart for certain.
  const isOfClient = clientId === undefined ? sql`` : sql`WHERE m.client_id = ${clientId}`
  const rows = z.array(found).parse(
    queries.all(sql`
      SELECT m.id AS messageId, m.seq, m.conversation_id AS conversationId, m.client_id AS clientId,
        cl.name AS clientName, m.sender_type AS senderType, m.sent_at AS sentAt, m.content
      FROM (SELECT rowid AS seq FROM messages_fts WHERE messages_fts MATCH ${match}
              AND rowid < ${before ?? Number.MAX_SAFE_INTEGER} ORDER BY rowid DESC LIMIT ${limit + 1}) hit
        JOIN messages m ON m.seq = hit.seq JOIN clients cl ON cl.id = m.client_id ${isOfClient}
      ORDER BY m.seq DESC`),
  )
  const page = rows.slice(0, limit)
  return {
    rows: page.map(({ content, ...hit }) => ({ ...hit, ...snippetOf(content, query) })),
    next: rows.length > limit ? (page.at(-1)?.seq ?? null) : null,
  }
}
