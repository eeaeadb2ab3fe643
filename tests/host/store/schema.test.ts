import { join } from 'node:path'
import { is } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { migrate } from '../../../db/migrate.ts'
import { openDatabase } from '../../../db/open.ts'
import * as schema from '../../../db/schema/index.ts'
import * as memorySchema from '../../../db/schema/memory.ts'
import { keyOf, temporaryFolder } from './folder.ts'

const column = z.object({ name: z.string(), type: z.string(), notnull: z.number(), pk: z.number() })

const migrated = () => {
  const { sqlite, close } = openDatabase({ file: join(temporaryFolder(), 'a.db'), key: keyOf(3) })
  migrate(sqlite)
  return { sqlite, close }
}

const tables = (from: Record<string, unknown>) =>
  Object.values(from).flatMap((one) => (is(one, SQLiteTable) ? [getTableConfig(one)] : []))

test('the schema says of every table what the migrated file says', () => {
  const { sqlite, close } = migrated()
  for (const table of tables(schema)) {
    const inFile = z.array(column).parse(sqlite.pragma(`table_info('${table.name}')`))
    const found = inFile.map(
      ({ name, type, notnull, pk }) => `${name} ${type}${notnull === 1 || pk > 0 ? ' not null' : ''}`,
    )
    const keys = new Set(inFile.filter(({ pk }) => pk > 0).map(({ name }) => name))
    const said = table.columns.map(
      (one) => `${one.name} ${one.getSQLType().toUpperCase()}${one.notNull || keys.has(one.name) ? ' not null' : ''}`,
    )
    expect([table.name, ...said.sort()]).toEqual([table.name, ...found.sort()])
  }
  close()
})

test('every table of memory names the client of each row, and every foreign key has an index', () => {
  const { sqlite, close } = migrated()
  for (const { name } of tables(memorySchema)) {
    const columns = z.array(column).parse(sqlite.pragma(`table_info('${name}')`))
    const scope = columns.find((one) => one.name === 'client_id')
    expect([name, scope && (scope.notnull === 1 || scope.pk > 0)]).toEqual([name, true])
    const parents = z.array(z.object({ from: z.string() })).parse(sqlite.pragma(`foreign_key_list('${name}')`))
    const indexes = z.array(z.object({ name: z.string() })).parse(sqlite.pragma(`index_list('${name}')`))
    const leading = indexes.map(
      (index) => z.array(z.object({ name: z.string() })).parse(sqlite.pragma(`index_info('${index.name}')`))[0]?.name,
    )
    const keyed = columns.filter(({ pk }) => pk === 1).map((one) => one.name)
    for (const { from } of parents.filter(({ from: key }) => key === 'client_id'))
      expect([name, [...leading, ...keyed].includes(from)]).toEqual([name, true])
  }
  close()
})

/** Tables whose rows are about no client, or belong to a row that names its client. */
const withoutClient = new Set([
  'alerts',
  'canned_replies',
  'channel_cursors',
  'channel_dedupe',
  'channel_gaps',
  'channel_memory',
  'chunk_bits',
  'chunk_vectors',
  'chunks',
  'clients',
  'coach_style_profiles',
  'coaches',
  'composer_texts',
  'concept_links',
  'document_tags',
  'document_texts',
  'document_updates',
  'documents',
  'ignored_files',
  'message_files',
  'message_parts',
  'message_signals',
  'message_versions',
  'reply_feedback',
  'rule_evidence',
  'settings',
  'spaces',
  'watched_folders',
])

test('a new table says whose rows it holds, or is put on the list of those that need not', () => {
  const { sqlite, close } = migrated()
  const listed = z
    .array(z.object({ schema: z.string(), name: z.string(), type: z.string() }))
    .parse(sqlite.pragma('table_list'))
  const names = listed.filter(
    ({ schema: place, type, name }) => place === 'main' && type === 'table' && !name.startsWith('sqlite_'),
  )
  const unscoped = names.filter(
    ({ name }) =>
      !z
        .array(column)
        .parse(sqlite.pragma(`table_info('${name}')`))
        .some((one) => one.name === 'client_id'),
  )
  expect(unscoped.map(({ name }) => name).filter((name) => !withoutClient.has(name))).toEqual([])
  close()
})
