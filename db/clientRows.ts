import { type SQL, sql } from 'drizzle-orm'
import { clientScopes, scopeOf } from './clientScope.ts'
import type { SqliteDatabase } from './sqlite.ts'
import type { Tx } from './write.ts'

/** The condition that picks a client's rows of a table, with the client's id as its only value. */
const rowsOf = (table: string, clientId: string): SQL => {
  const { whose } = scopeOf(table)
  if (whose.of === 'client') {
    const own = sql`${sql.raw(whose.column)} = ${clientId}`
    return whose.or === undefined ? own : sql`(${own} OR ${sql.raw(whose.or)}${clientId}))`
  }
  if (whose.of === 'row') {
    const { column, key, parent } = whose
    return sql`${sql.raw(column)} IN (SELECT ${sql.raw(`${key} FROM ${parent}`)} WHERE ${rowsOf(parent, clientId)})`
  }
  throw new Error(`No row of ${table} belongs to a client.`)
}

const isOfClients = ({ whose }: (typeof clientScopes)[number]): boolean => whose.of === 'client' || whose.of === 'row'

/** Deletes every row of a client, in the caller's transaction; indexes follow by their triggers. */
export const deleteRowsOf = (tx: Tx, clientId: string): void => {
  for (const { table } of clientScopes.filter(isOfClients))
    tx.queries.run(sql`DELETE FROM ${sql.raw(table)} WHERE ${rowsOf(table, clientId)}`)
}

/** Makes the rows of one client another's, but for those of memory, which are combined there. */
export const moveRowsTo = (tx: Tx, from: string, to: string): void => {
  for (const { table, whose, merged } of clientScopes) {
    if (whose.of !== 'client' || merged !== 'moves') continue
    const column = sql.raw(whose.column)
    tx.queries.run(sql`UPDATE ${sql.raw(table)} SET ${column} = ${to} WHERE ${column} = ${from}`)
  }
  tx.queries.run(
    sql`UPDATE messages SET sender_id = ${to} WHERE client_id = ${to} AND sender_type = 'client' AND sender_id = ${from}`,
  )
}

/** What nobody needs any more once everything of a client was moved: the client, and notes of the machine about them. */
export const dropMovedClient = (tx: Tx, clientId: string): void => {
  for (const { table, whose, merged } of clientScopes) {
    if (whose.of === 'client' && merged === 'dropped')
      tx.queries.run(sql`DELETE FROM ${sql.raw(table)} WHERE ${rowsOf(table, clientId)}`)
  }
}

/** Tables whose rows an export holds, by name. */
export const exportedTables = (): string[] =>
  clientScopes.filter(({ exported }) => exported === true).map(({ table }) => table)

const exportedText = (table: string): string => {
  const { whose } = scopeOf(table)
  if (whose.of === 'client') return `${whose.column} = @client`
  if (whose.of === 'row')
    return `${whose.column} IN (SELECT ${whose.key} FROM ${whose.parent} WHERE ${exportedText(whose.parent)})`
  throw new Error(`No row of ${table} belongs to a client.`)
}

/** The rows of a client in one table, one after the other, on a connection that does nothing else meanwhile. */
export const readRowsOf = (sqlite: SqliteDatabase, table: string, clientId: string): IterableIterator<unknown> =>
  sqlite.prepare(`SELECT * FROM ${table} WHERE ${exportedText(table)} ORDER BY 1`).iterate({ client: clientId })

/** Columns of a table that the database takes only JSON in. */
export const jsonColumnsOf = (sqlite: SqliteDatabase, table: string): ReadonlySet<string> => {
  const made = String(sqlite.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(table))
  return new Set([...made.matchAll(/json_valid\((\w+)\)/gu)].map(([, column]) => column ?? ''))
}
