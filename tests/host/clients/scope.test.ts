import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { clientScopes, scopeOf } from '../../../db/clientScope.ts'
import { migrate } from '../../../db/migrate.ts'
import { openDatabase } from '../../../db/open.ts'
import type { SqliteDatabase } from '../../../db/sqlite.ts'
import { keyOf, temporaryFolder } from '../store/folder.ts'

const migrated = () => {
  const { sqlite, close } = openDatabase({ file: join(temporaryFolder(), 'a.db'), key: keyOf(3) })
  migrate(sqlite)
  return { sqlite, close }
}

const listed = z.array(z.object({ schema: z.string(), name: z.string(), type: z.string() }))

/** Every table that somebody made, virtual ones too; what SQLite and its indexes keep for themselves, and views, which hold no rows, are not among them. */
const tablesIn = (sqlite: SqliteDatabase): string[] =>
  listed
    .parse(sqlite.pragma('table_list'))
    .filter(({ schema, type, name }) => schema === 'main' && type !== 'shadow' && type !== 'view' && !name.startsWith('sqlite_'))
    .map(({ name }) => name)

const unscoped = (sqlite: SqliteDatabase): string[] =>
  tablesIn(sqlite).filter((name) => !clientScopes.some(({ table }) => table === name))

const columnsOf = (sqlite: SqliteDatabase, table: string): string[] =>
  z
    .array(z.object({ name: z.string() }))
    .parse(sqlite.pragma(`table_info('${table}')`))
    .map(({ name }) => name)

test('every table says whose rows it holds, and no list names a table that is not there', () => {
  const { sqlite, close } = migrated()
  expect(unscoped(sqlite)).toEqual([])
  expect(clientScopes.map(({ table }) => table).toSorted()).toEqual(tablesIn(sqlite).toSorted())
  close()
})

test('a new table that forgets to say it is found, a full-text index too', () => {
  const { sqlite, close } = migrated()
  sqlite.exec('CREATE TABLE diary (id TEXT, client_id TEXT)')
  sqlite.exec('CREATE VIRTUAL TABLE diary_words USING fts5(text)')
  expect(unscoped(sqlite).toSorted()).toEqual(['diary', 'diary_words'])
  close()
})

test('a table with a column for a client, a conversation or a message is never nobody’s', () => {
  const { sqlite, close } = migrated()
  const telling = ['client_id', 'conversation_id', 'message_id', 'message_seq', 'execution_id', 'handoff_id']
  const nobodys = clientScopes.filter(({ whose }) => whose.of === 'nobody').map(({ table }) => table)
  const forgotten = nobodys.filter((table) => columnsOf(sqlite, table).some((column) => telling.includes(column)))
  expect(forgotten).toEqual([])
  close()
})

test('columns of a scope exist, and rows can be deleted in the order of the list', () => {
  const { sqlite, close } = migrated()
  const order = clientScopes.map(({ table }) => table)
  for (const { table, whose } of clientScopes) {
    if (whose.of === 'client' || whose.of === 'row') expect(columnsOf(sqlite, table)).toContain(whose.column)
    if (whose.of === 'row') {
      expect(columnsOf(sqlite, whose.parent)).toContain(whose.key)
      expect([table, order.indexOf(table) < order.indexOf(whose.parent)]).toEqual([table, true])
    }
    const parents = z.array(z.object({ table: z.string() })).parse(sqlite.pragma(`foreign_key_list('${table}')`))
    const isDeleted = whose.of === 'client' || whose.of === 'row'
    for (const { table: parent } of parents.filter((one) => isDeleted && one.table !== table)) {
      const parentIsDeleted = ['client', 'row'].includes(scopeOf(parent).whose.of)
      if (parentIsDeleted)
        expect([table, parent, order.indexOf(table) < order.indexOf(parent)]).toEqual([table, parent, true])
    }
  }
  close()
})

test('every table of clients says whether an export holds it, and what a merge does with it', () => {
  for (const { table, whose, exported, merged } of clientScopes) {
    const isTheirs = whose.of === 'client' || whose.of === 'row'
    expect([table, exported !== undefined]).toEqual([table, isTheirs])
    expect([table, merged !== undefined]).toEqual([table, whose.of === 'client'])
  }
})
