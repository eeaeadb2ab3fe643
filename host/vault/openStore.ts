import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import type { BackupReason } from '../../db/backupFormat.ts'
import { createFileStore, type FileStore, filesFolderName } from '../../db/fileStore.ts'
import { type OpenedDatabase, openDatabase, openMigrated } from '../../db/open.ts'
import { rewriteIfMarked } from '../../db/rewrite.ts'
import type { Queries, SqliteDatabase } from '../../db/sqlite.ts'
import { databaseFileName } from '../../db/swap.ts'
import { createWriter } from '../../db/write.ts'
import { Problem, toProblem } from '../../shared/problem.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log/index.ts'
import { runBackupTask, startSearchWorker } from '../workers/index.ts'

/** The open data. The key stays inside; what needs it is offered as a function. */
export interface OpenStore {
  readonly sqlite: SqliteDatabase
  readonly queries: Queries
  readonly files: FileStore
  readonly dataFolder: string
  /** Writes and verifies a backup in a worker; answers with its folder. Throws BACKUP_FAILED or DISK_FULL. */
  writeBackup(order: { backupFolder: string; reason: BackupReason; createdAt: number }): Promise<string>
  /** Starts a thread that searches the library, with a connection of its own; whoever starts it ends it. */
  startSearchWorker(): Worker
  /** A read-only connection beside the host's own, for what reads long; whoever opens it closes it. */
  openReader(): OpenedDatabase
}

export interface StorePlace {
  readonly dataFolder: string
  readonly key: Uint8Array
  readonly clock: Clock
  readonly log: Log
}

/** Opens and migrates the data of a folder, with a backup first, and sweeps files nothing names any more. */
export const openStore = async (place: StorePlace): Promise<{ store: OpenStore; database: OpenedDatabase }> => {
  const { dataFolder, key, clock, log } = place
  const file = join(dataFolder, databaseFileName)
  if (!existsSync(file) || statSync(file).size === 0) {
    throw new Problem('DATABASE_DAMAGED', 'The data file is missing or empty. Restore the newest backup.')
  }
  const writeBackup: OpenStore['writeBackup'] = (order) => runBackupTask({ kind: 'write', dataFolder, key, ...order })
  try {
    if (rewriteIfMarked(file, key)) log('info', 'database_rewritten')
  } catch (error) {
    // The data is as it was, and what keeps it from being opened is said below.
    log('warn', 'database_not_rewritten', { code: toProblem(error).code })
  }
  const onSlowQuery = ({ sql, ms }: { sql: string; ms: number }) => log('warn', 'slow_query', { sql, ms })
  const database = await openMigrated({ file, key, onSlowQuery }, async (version) => {
    const backupFolder = join(dataFolder, 'backups')
    await writeBackup({ backupFolder, reason: 'before_migration', createdAt: clock.now() })
    log('info', 'migration_backup_written', { version })
  })
  const { sqlite, queries } = database
  const files = createFileStore({ folder: join(dataFolder, filesFolderName), now: clock.now })
  try {
    const swept = createWriter(sqlite, queries, () => undefined)((tx) => files.sweep(tx))
    if (swept > 0) log('info', 'files_swept', { count: swept })
    const searchWorker = () => startSearchWorker({ file, key })
    const openReader = () => openDatabase({ file, key, readonly: true })
    const store = { sqlite, queries, files, dataFolder, writeBackup, startSearchWorker: searchWorker, openReader }
    return { store, database }
  } catch (error) {
    database.close()
    throw error
  }
}
