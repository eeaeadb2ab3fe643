import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { linkOrCopy, verifyBackup } from './backup.ts'
import { type BackupManifest, invalidBackup, sha256OfFile } from './backupFormat.ts'
import { leaveNothingToSend } from './backupQuiet.ts'
import { fsyncFile, fsyncFolder } from './durable.ts'
import { type Envelope, writeEnvelope } from './envelope.ts'
import { filesFolderName } from './fileStore.ts'
import { migrate } from './migrate.ts'
import { openDatabase } from './open.ts'
import { toStoreProblem } from './storeProblem.ts'
import { clearIncoming, databaseFileName, startIncoming } from './swap.ts'

export interface StageOrder {
  readonly dataFolder: string
  /** The backup to restore. */
  readonly folder: string
  readonly key: Uint8Array
  /** The backup's envelope as it shall be on this machine. */
  readonly envelope: Envelope
}

/**
 * Verifies a backup and lays its data ready beside the present data, migrated, encrypted and with nothing left to
 * send by itself; swapIn then takes it. The present data is not touched. Throws BACKUP_INVALID, NEWER_DATABASE or
 * DISK_FULL. Belongs in a worker.
 */
export const stageBackup = ({ dataFolder, folder, key, envelope }: StageOrder): BackupManifest => {
  const manifest = verifyBackup(folder, key)
  try {
    const incoming = startIncoming(dataFolder)
    const database = join(incoming, databaseFileName)
    copyFileSync(join(folder, databaseFileName), database)
    const expected = manifest.files.find((file) => file.path === databaseFileName)
    if (sha256OfFile(database) !== expected?.sha256) throw invalidBackup('The backup changed while it was read.')
    mkdirSync(join(incoming, filesFolderName), { mode: 0o700 })
    for (const { path } of manifest.files) {
      if (path.startsWith(`${filesFolderName}/`)) linkOrCopy(join(folder, path), join(incoming, path))
    }
    bringUpToDate(database, key)
    writeEnvelope(incoming, envelope)
    fsyncFile(database)
    fsyncFolder(join(incoming, filesFolderName))
    fsyncFolder(incoming)
    return manifest
  } catch (error) {
    clearIncoming(dataFolder)
    throw toStoreProblem(error)
  }
}

const bringUpToDate = (file: string, key: Uint8Array): void => {
  const database = openDatabase({ file, key })
  try {
    migrate(database.sqlite)
    database.sqlite.transaction(() => leaveNothingToSend(database.queries, Date.now())).immediate()
  } finally {
    database.close()
  }
}
