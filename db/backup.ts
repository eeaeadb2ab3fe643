import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { failureCodes, Problem, tellsFullDisk } from '../shared/problem.ts'
import {
  type BackupManifest,
  type BackupReason,
  backupName,
  checkSeal,
  invalidBackup,
  listBackups,
  manifestName,
  partialPrefixOf,
  readManifest,
  sealedManifest,
  sha256OfFile,
} from './backupFormat.ts'
import { openKeyed } from './cipher.ts'
import { fsyncFile, fsyncFolder } from './durable.ts'
import { envelopeFileName, readEnvelope } from './envelope.ts'
import { filesFolderName } from './fileStore.ts'
import { databaseVersion, latestVersion } from './migrate.ts'
import type { SqliteDatabase } from './sqlite.ts'
import { databaseFileName } from './swap.ts'

export interface BackupOrder {
  readonly dataFolder: string
  /** Where backups lie; each is a folder of its own in it. */
  readonly backupFolder: string
  readonly key: Uint8Array
  readonly reason: BackupReason
  /** Milliseconds UTC. */
  readonly createdAt: number
}

const withDatabase = <T>(file: string, key: Uint8Array, work: (sqlite: SqliteDatabase) => T): T => {
  const sqlite = openKeyed({ file, key, readonly: true, timeoutMs: 10_000 })
  try {
    sqlite.pragma('temp_store = MEMORY')
    return work(sqlite)
  } finally {
    sqlite.close()
  }
}

const hasTable = (sqlite: SqliteDatabase, name: string): boolean =>
  sqlite.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined

// An older schema may lack a table; its backup is none the worse.
const fileIdsIn = (sqlite: SqliteDatabase): string[] =>
  hasTable(sqlite, 'files') ? sqlite.prepare('SELECT id FROM files ORDER BY id').pluck().all().map(String) : []

const messagesIn = (sqlite: SqliteDatabase): number =>
  hasTable(sqlite, 'messages') ? Number(sqlite.prepare('SELECT count(*) FROM messages').pluck().get()) : 0

/** Links a file that never changes again, or copies it where the other folder lies on another disk. */
export const linkOrCopy = (from: string, to: string): void => {
  try {
    linkSync(from, to)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw error
    copyFileSync(from, to)
    fsyncFile(to)
  }
}

/** Throws BACKUP_INVALID where the database of a backup is unreadable or not what its manifest says. */
const checkDatabase = (folder: string, key: Uint8Array, manifest: BackupManifest): void => {
  try {
    withDatabase(join(folder, databaseFileName), key, (sqlite) => {
      const verdict = sqlite.pragma('integrity_check(1)', { simple: true })
      if (verdict !== 'ok') throw invalidBackup('The database in this backup is damaged.')
      if (databaseVersion(sqlite) > latestVersion) throw new Problem('NEWER_DATABASE')
      const listed = new Set(manifest.files.map((file) => file.path))
      const known = new Set(manifest.missingFiles)
      const lost = fileIdsIn(sqlite).some((id) => !listed.has(`${filesFolderName}/${id}`) && !known.has(id))
      if (lost || messagesIn(sqlite) !== manifest.messages || databaseVersion(sqlite) !== manifest.schemaVersion) {
        throw invalidBackup('The database in this backup is not the one that was saved.')
      }
    })
  } catch (error) {
    throw error instanceof Problem ? error : invalidBackup('The database in this backup cannot be read.', error)
  }
}

const checkFiles = (folder: string, files: BackupManifest['files']): void => {
  const paths = new Set(files.map((file) => file.path))
  if (!paths.has(databaseFileName) || !paths.has(envelopeFileName)) throw invalidBackup('This backup is incomplete.')
  for (const { path, size, sha256 } of files) {
    const file = join(folder, path)
    if (!existsSync(file)) throw invalidBackup('A file of this backup is missing.')
    if (statSync(file).size !== size || sha256OfFile(file) !== sha256) {
      throw invalidBackup('A file of this backup is damaged.')
    }
  }
}

/**
 * Reads a backup from start to end: every file by size and hash, the database by its key and its integrity check.
 * Throws BACKUP_INVALID or NEWER_DATABASE. Blocks, so it belongs in a worker.
 */
export const verifyBackup = (folder: string, key: Uint8Array): BackupManifest => {
  const manifest = checkSeal(readManifest(folder), key)
  checkFiles(folder, manifest.files)
  checkDatabase(folder, key, manifest)
  return manifest
}

const entryOf = (folder: string, path: string): BackupManifest['files'][number] => {
  const file = join(folder, path)
  return { path, size: statSync(file).size, sha256: sha256OfFile(file) }
}

const fill = (folder: string, order: BackupOrder, envelopeId: string): void => {
  const { dataFolder, key, reason, createdAt } = order
  copyFileSync(join(dataFolder, envelopeFileName), join(folder, envelopeFileName))
  const target = join(folder, databaseFileName)
  withDatabase(join(dataFolder, databaseFileName), key, (live) => live.prepare('VACUUM INTO ?').run(target))
  const saved = withDatabase(target, key, (sqlite) => ({
    ids: fileIdsIn(sqlite),
    messages: messagesIn(sqlite),
    schemaVersion: databaseVersion(sqlite),
  }))
  mkdirSync(join(folder, filesFolderName), { mode: 0o700 })
  const missingFiles = saved.ids.filter((id) => {
    try {
      linkOrCopy(join(dataFolder, filesFolderName, id), join(folder, filesFolderName, id))
      return false
    } catch (error) {
      // One attachment that is gone, or was dropped a moment ago, must not cost every backup.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return true
      throw error
    }
  })
  fsyncFile(target)
  fsyncFile(join(folder, envelopeFileName))
  fsyncFolder(join(folder, filesFolderName))
  const missing = new Set(missingFiles)
  const paths = saved.ids.filter((id) => !missing.has(id)).map((id) => `${filesFolderName}/${id}`)
  const content = {
    format: 'opencoach-backup',
    version: 1,
    envelopeId,
    createdAt,
    reason,
    schemaVersion: saved.schemaVersion,
    messages: saved.messages,
    files: [databaseFileName, envelopeFileName, ...paths].map((path) => entryOf(folder, path)),
    missingFiles,
  } satisfies Omit<BackupManifest, 'verifiedAt'>
  const manifest = { ...content, verifiedAt: Math.max(Date.now(), createdAt) }
  writeFileSync(join(folder, manifestName), sealedManifest(manifest, key), { mode: 0o600 })
  fsyncFile(join(folder, manifestName))
  fsyncFolder(folder)
}

const freeName = (backupFolder: string, name: string): string => {
  for (let count = 1; ; count += 1) {
    const folder = join(backupFolder, count === 1 ? name : `${name}-${count}`)
    if (!existsSync(folder)) return folder
  }
}

/**
 * Writes an encrypted backup, reads it back and only then gives it its name; on failure nothing of it stays.
 * Blocks, so it belongs in a worker. Throws BACKUP_FAILED or DISK_FULL.
 */
export const writeBackup = (order: BackupOrder): { folder: string; manifest: BackupManifest } => {
  const { backupFolder, createdAt, reason } = order
  const name = backupName(createdAt, reason)
  let partial: string | undefined
  try {
    const envelopeId = readEnvelope(order.dataFolder)?.id
    if (envelopeId === undefined) throw new Problem('BACKUP_FAILED')
    mkdirSync(backupFolder, { recursive: true, mode: 0o700 })
    removePartials(backupFolder, envelopeId)
    partial = join(backupFolder, `${partialPrefixOf(envelopeId)}${name}`)
    mkdirSync(partial, { mode: 0o700 })
    fill(partial, order, envelopeId)
    const manifest = verifyBackup(partial, order.key)
    const folder = freeName(backupFolder, name)
    renameSync(partial, folder)
    fsyncFolder(backupFolder)
    return { folder, manifest }
  } catch (error) {
    try {
      if (partial !== undefined) rmSync(partial, { recursive: true, force: true })
    } catch {
      // The folder cannot be written at all; the first failure says why.
    }
    throw backupProblem(error)
  }
}

const backupProblem = (error: unknown): Problem => {
  if (tellsFullDisk(failureCodes(error))) {
    return new Problem(
      'DISK_FULL',
      'The disk with the backups is full, so no backup was written. The earlier ones are untouched.',
      { cause: error },
    )
  }
  return new Problem('BACKUP_FAILED', undefined, { cause: error })
}

/**
 * Removes what a crash left of unfinished backups of the data with this envelope; other data may be using the same
 * folder right now. Call it only while none is being written.
 */
const removePartials = (backupFolder: string, envelopeId: string): void => {
  if (!existsSync(backupFolder)) return
  for (const name of readdirSync(backupFolder)) {
    if (name.startsWith(partialPrefixOf(envelopeId))) rmSync(join(backupFolder, name), { recursive: true, force: true })
  }
}

/** Removes the oldest daily backups of the data with this envelope beyond `kept`; returns how many went. */
export const rotateDaily = (backupFolder: string, envelopeId: string, kept: number): number => {
  const old = listBackups(backupFolder)
    .filter(({ manifest }) => manifest.reason === 'daily' && manifest.envelopeId === envelopeId)
    .slice(kept)
  for (const { folder } of old) {
    // Renamed first: a crash half-way must not leave something that looks like a backup.
    const leaving = join(backupFolder, `${partialPrefixOf(envelopeId)}${basename(folder)}`)
    renameSync(folder, leaving)
    rmSync(leaving, { recursive: true, force: true })
  }
  return old.length
}
