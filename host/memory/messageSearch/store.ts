import { z } from 'zod'
import type { SqliteDatabase } from '../../../db/sqlite.ts'

const messageRow = z.tuple([z.number(), z.string(), z.number(), z.number(), z.number()])
const messageRows = z.array(messageRow)
const ownedRow = z.tuple([...messageRow.def.items, z.string()]).optional()
const changeRows = z.array(z.tuple([z.number(), z.number()]))
const client = z.tuple([z.string(), z.string().nullable()]).optional()

/** A message as the search reads it. */
export interface SaidMessage {
  readonly seq: number
  readonly text: string
  readonly sentAt: number
  readonly isClient: boolean
  /** It was taken back, or never reached the client. */
  readonly isGone: boolean
}

const toMessage = ([seq, text, sentAt, isClient, isGone]: z.infer<typeof messageRow>): SaidMessage => ({
  seq,
  text,
  sentAt,
  isClient: isClient === 1,
  isGone: isGone === 1,
})

const columns = `seq, content, sent_at, sender_type = 'client',
  removed_at IS NOT NULL OR delivery_status = 'failed'`

/** What message search reads, on any connection. Every statement but the lookup of one changed message names the client. */
export const readMessages = (sqlite: SqliteDatabase) => {
  const page = sqlite
    .prepare(
      `SELECT ${columns} FROM messages INDEXED BY messages_client
       WHERE client_id = ? AND seq > ? AND sender_type <> 'system' ORDER BY seq LIMIT ?`,
    )
    .raw()
  const one = sqlite
    .prepare(`SELECT ${columns}, client_id FROM messages WHERE seq = ? AND sender_type <> 'system'`)
    .raw()
  const lastChange = sqlite.prepare('SELECT coalesce(max(seq), 0) FROM message_changes WHERE client_id = ?').pluck()
  const changes = sqlite
    .prepare('SELECT seq, message_seq FROM message_changes WHERE client_id = ? AND seq > ? ORDER BY seq')
    .raw()
  const person = sqlite.prepare('SELECT name, time_zone FROM clients WHERE id = ?').raw()
  const idOf = sqlite
    .prepare(
      `SELECT id FROM messages
       WHERE seq = ? AND client_id = ? AND removed_at IS NULL AND delivery_status <> 'failed' AND sender_type <> 'system'`,
    )
    .pluck()

  return {
    /** Runs work that must see one state of the data. */
    atOnce: <T>(work: () => T): T => (sqlite.inTransaction ? work() : sqlite.transaction(work).deferred()),
    /** Messages of a client after a seq, oldest first. */
    after: (clientId: string, seq: number, most: number): SaidMessage[] =>
      messageRows.parse(page.all(clientId, seq, most)).map(toMessage),
    /** A message of a client by its seq; null where there is none, or it is another's. */
    ofClient: (clientId: string, seq: number): SaidMessage | null => {
      const row = ownedRow.parse(one.get(seq))
      if (row === undefined || row[5] !== clientId) return null
      const [at, text, sentAt, isClient, isGone] = row
      return toMessage([at, text, sentAt, isClient, isGone])
    },
    /** Up to where changes of a client are known. */
    lastChange: (clientId: string): number => z.number().parse(lastChange.get(clientId)),
    /** Which messages of a client changed after a change, with the number of the newest change. */
    changesAfter: (clientId: string, change: number): { newest: number; seqs: number[] } => {
      const rows = changeRows.parse(changes.all(clientId, change))
      return { newest: rows.at(-1)?.[0] ?? change, seqs: [...new Set(rows.map(([, seq]) => seq))] }
    },
    /** Name and time zone; null where there is no such client. */
    client: (clientId: string): { name: string; timeZone: string | null } | null => {
      const row = client.parse(person.get(clientId))
      return row === undefined ? null : { name: row[0], timeZone: row[1] }
    },
    /** The id of a message that stands and is this client's; null otherwise. */
    idOf: (clientId: string, seq: number): string | null =>
      z.string().optional().parse(idOf.get(seq, clientId)) ?? null,
  }
}
