import { eq, sql } from 'drizzle-orm'
import { clients, conversations, documents, handoffs } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { ClientHoldings } from '../../shared/contract/clients.ts'
import { Problem } from '../../shared/problem.ts'
import { isUnansweredCrisis } from '../handoff/index.ts'
import { countItems } from '../memory/index.ts'

export type ClientRecord = typeof clients.$inferSelect

/** Throws NOT_FOUND. */
export const clientRecord = (queries: Queries, clientId: string): ClientRecord => {
  const row = queries.select().from(clients).where(eq(clients.id, clientId)).get()
  if (!row) throw new Problem('NOT_FOUND')
  return row
}

/** A safety crisis that nobody has dealt with yet: nothing may be taken away from under it. */
export const isInCrisis = (queries: Queries, clientId: string): boolean =>
  queries.get(sql`SELECT 1 FROM ${conversations} c WHERE c.client_id = ${clientId} AND c.owner = 'locked'
    UNION ALL SELECT 1 FROM ${handoffs} h WHERE h.client_id = ${clientId} AND ${isUnansweredCrisis} LIMIT 1`) !==
  undefined

export const crisisSentence = (name: string): string =>
  `${name} is in a safety crisis that nobody has answered yet. Take over and answer first.`

/** What there is of a client, counted, for the questions before an export, a merge or an erasure. */
export const holdingsOf = (queries: Queries, clientId: string): Omit<ClientHoldings, 'backups'> => {
  const { name } = clientRecord(queries, clientId)
  const counted = queries.get<{ messages: number; attachments: number; notes: number; crises: number }>(sql`SELECT
    (SELECT count(*) FROM messages WHERE client_id = ${clientId}) AS messages,
    (SELECT count(*) FROM files WHERE client_id = ${clientId} AND purpose = 'attachment') AS attachments,
    (SELECT count(*) FROM notes WHERE client_id = ${clientId}) AS notes,
    (SELECT count(*) FROM handoffs WHERE client_id = ${clientId} AND trigger = 'safety_crisis' AND to_owner = 'locked') AS crises`)
  return {
    name,
    messages: counted?.messages ?? 0,
    attachments: counted?.attachments ?? 0,
    crises: counted?.crises ?? 0,
    notes: counted?.notes ?? 0,
    memories: countItems(queries, clientId),
    documents: queries
      .select({ title: documents.title, isWatched: sql<number>`${documents.sourcePath} IS NOT NULL` })
      .from(documents)
      .where(eq(documents.clientId, clientId))
      .all()
      .map((document) => ({ ...document, isWatched: document.isWatched === 1 })),
    refusal: isInCrisis(queries, clientId) ? crisisSentence(name) : null,
  }
}
