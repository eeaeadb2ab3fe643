import type Database from 'better-sqlite3'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type * as schema from './schema/index.ts'

export type SqliteDatabase = Database.Database
export type Queries = BetterSQLite3Database<typeof schema>
