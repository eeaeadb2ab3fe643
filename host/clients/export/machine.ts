import { z } from 'zod'
import { exportedTables, jsonColumnsOf, readRowsOf } from '../../../db/clientRows.ts'
import type { SqliteDatabase } from '../../../db/sqlite.ts'

const value = z.json()
const row = z.record(z.string(), value)

/** The machine form of an export: `data.json` of the archive. */
export const clientExport = z.object({
  format: z.literal('opencoach-client'),
  /** Rises when what is here changes its meaning; new tables and columns do not count. */
  version: z.literal(1),
  /** The version of the database that tables and columns are named after. */
  schemaVersion: z.number().int(),
  /** Milliseconds UTC, like every time in it. */
  exportedAt: z.number().int(),
  clientId: z.string(),
  /** Where the bytes of a row of `files` lie in the archive, by the row's id; null where they could not be read. */
  attachments: z.record(z.string(), z.string().nullable()),
  /** Rows by table, columns as the database names them; texts that hold JSON are JSON here. */
  tables: z.record(z.string(), z.array(row)),
})
export type ClientExport = z.infer<typeof clientExport>

/** What opens the files of the archive's owner, and would open nothing else. */
const neverExported = new Set(['files.key'])
const stored = z.record(z.string(), z.union([z.string(), z.number(), z.null(), z.instanceof(Uint8Array)]))

const exportedRow = (table: string, jsonColumns: ReadonlySet<string>, from: unknown): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(stored.parse(from)).flatMap(([column, held]) => {
      if (neverExported.has(`${table}.${column}`) || held instanceof Uint8Array) return []
      return [[column, typeof held === 'string' && jsonColumns.has(column) ? JSON.parse(held) : held]]
    }),
  )

/** The machine form, written row by row; see clientExport for its shape. */
export function* machineForm(
  sqlite: SqliteDatabase,
  head: Omit<ClientExport, 'format' | 'version' | 'tables'>,
): Generator<string, void> {
  const begin = { format: 'opencoach-client', version: 1, ...head } satisfies Omit<ClientExport, 'tables'>
  yield `${JSON.stringify(begin).slice(0, -1)},"tables":{`
  let isFirstTable = true
  for (const table of exportedTables()) {
    yield `${isFirstTable ? '' : ','}\n${JSON.stringify(table)}:[`
    isFirstTable = false
    let isFirst = true
    const jsonColumns = jsonColumnsOf(sqlite, table)
    for (const one of readRowsOf(sqlite, table, head.clientId)) {
      yield `${isFirst ? '' : ','}\n${JSON.stringify(exportedRow(table, jsonColumns, one))}`
      isFirst = false
    }
    yield ']'
  }
  yield '}}\n'
}
