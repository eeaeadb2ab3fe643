export { type ClientData, createClientData } from './data.ts'
export { remainsJob } from './erase.ts'

import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { clients, conversations, messages } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx } from '../../db/write.ts'
import { type Client, client } from '../../shared/contract/clients.ts'
import type { SettingsValues } from '../../shared/contract/settings.ts'
import { Problem } from '../../shared/problem.ts'
import type { ReplyMode } from '../../shared/taxonomy/conversation.ts'
import { regionOfTimeZone } from '../handoff/index.ts'
import { answerWhatIsOpen } from '../replies/index.ts'

const stored = client
  .omit({ messageCount: true, about: true, guessedRegion: true })
  .extend({ isSensitive: z.coerce.boolean(), isPractice: z.coerce.boolean() })

const columns = sql`
  SELECT cl.id, cl.name, cl.time_zone AS timeZone, cl.region, cl.reply_mode AS replyMode, cl.is_sensitive AS isSensitive,
         cl.is_practice AS isPractice, cl.created_at AS createdAt, c.id AS conversationId, c.owner, c.acceptance, c.last_message_at AS lastMessageAt
  FROM clients cl LEFT JOIN conversations c ON c.id = (
    SELECT id FROM conversations WHERE client_id = cl.id ORDER BY last_seq DESC LIMIT 1)`

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Clients by name, as the coach's language sorts them; `after` is the `next` of the page before. */
export const listClients = (
  queries: Queries,
  { search, after, limit }: { search: string; after?: string | undefined; limit: number },
): { rows: z.infer<typeof stored>[]; next: string | null } => {
  // A few hundred at most: sorted and searched here, where every alphabet is known.
  const found = z
    .array(stored)
    .parse(queries.all(columns))
    .filter((row) => folded(row.name).includes(folded(search)))
    .toSorted((one, other) => one.name.localeCompare(other.name) || one.id.localeCompare(other.id))
  const start = after === undefined ? 0 : found.findIndex((row) => row.id === after) + 1
  const rows = found.slice(start, start + limit)
  return { rows, next: start + limit < found.length ? (rows.at(-1)?.id ?? null) : null }
}

/** One client; throws NOT_FOUND. */
export const getClient = (queries: Queries, clientId: string): Client => {
  const row = queries.get(sql`${columns} WHERE cl.id = ${clientId}`)
  const extra = queries.select({ about: clients.about }).from(clients).where(eq(clients.id, clientId)).get()
  if (!row || !extra) throw new Problem('NOT_FOUND')
  const count = queries
    .select({ count: sql<number>`count(*)` })
    .from(messages)
    .where(eq(messages.clientId, clientId))
    .get()?.count
  const known = stored.parse(row)
  const guessedRegion = known.region === null ? regionOfTimeZone(known.timeZone) : null
  return { ...known, guessedRegion, about: extra.about, messageCount: count ?? 0 }
}

export interface ClientChanges {
  readonly name?: string | undefined
  readonly timeZone?: string | null | undefined
  readonly region?: string | null | undefined
  readonly replyMode?: ReplyMode | null | undefined
  readonly isSensitive?: boolean | undefined
  readonly about?: string | undefined
}

/** Changes what the coach gave; after a new reply mode or mark of sensitivity the clone thinks anew about what is open. */
export const updateClient = (
  tx: Tx,
  clientId: string,
  changes: ClientChanges,
  settings: SettingsValues,
  now: number,
): void => {
  const { name, timeZone, region, replyMode, isSensitive, about } = changes
  if (timeZone && !isTimeZone(timeZone))
    throw new Problem('INVALID_INPUT', 'This time zone is not known. Choose one like Europe/Lisbon.')
  const values = {
    ...(name === undefined ? {} : { name }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(region === undefined ? {} : { region: region?.toUpperCase() ?? null }),
    ...(replyMode === undefined ? {} : { replyMode }),
    ...(isSensitive === undefined ? {} : { isSensitive }),
    ...(about === undefined ? {} : { about }),
  }
  const changed = tx.queries
    .update(clients)
    .set({ ...values, updatedAt: now })
    .where(eq(clients.id, clientId))
    .run()
  if (changed.changes === 0) throw new Problem('NOT_FOUND')
  const concerned = tx.queries
    .select({ id: conversations.id })
    .from(conversations)
    .where(eq(conversations.clientId, clientId))
    .all()
  for (const { id } of concerned) {
    if (replyMode !== undefined || isSensitive !== undefined) {
      tx.queries
        .update(conversations)
        .set({ epoch: sql`${conversations.epoch} + 1` })
        .where(and(eq(conversations.id, id), eq(conversations.owner, 'ai')))
        .run()
      answerWhatIsOpen(tx, id, settings, now)
    }
    tx.changed('conversation', id)
  }
  tx.changed('clients')
  tx.changed('inbox')
}

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
