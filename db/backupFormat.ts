import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Problem } from '../shared/problem.ts'

export const manifestName = 'manifest.json'
/** How the name of an unfinished backup of the data with this envelope begins. */
export const partialPrefixOf = (envelopeId: string): string => `.partial-${envelopeId}-`

export const backupReasons = ['manual', 'daily', 'before_migration', 'before_restore'] as const
export type BackupReason = (typeof backupReasons)[number]

const manifestContent = z.object({
  format: z.literal('opencoach-backup'),
  version: z.literal(1),
  /** The data this is of: other data may keep its backups in the same folder. The first consoles did not say. */
  envelopeId: z.string().min(1).max(64).optional(),
  createdAt: z.int(),
  verifiedAt: z.int(),
  reason: z.enum(backupReasons),
  schemaVersion: z.int().min(0),
  messages: z.int().min(0),
  /** Every file of the backup but this list, by its path with forward slashes. */
  files: z.array(
    z.object({
      path: z.string().regex(/^(opencoach\.db|keys\.json|files\/[0-9a-f-]{1,64})$/),
      size: z.int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  /** Attachments the database names whose bytes were gone already when the backup was written. */
  missingFiles: z.array(z.string()),
})
export type BackupManifest = z.infer<typeof manifestContent>

const storedManifest = manifestContent.extend({ seal: z.string() })
const anyVersion = z.object({ format: z.literal('opencoach-backup'), version: z.int() })

const sealOf = (manifest: BackupManifest, key: Uint8Array): string =>
  createHmac('sha256', key)
    .update('opencoach manifest')
    .update(JSON.stringify(manifestContent.parse(manifest)))
    .digest('hex')

export const invalidBackup = (why: string, cause?: unknown): Problem =>
  new Problem('BACKUP_INVALID', `${why} Nothing was changed.`, { cause })

/** The manifest as text, sealed with the data key so that no figure in it can change unseen. */
export const sealedManifest = (manifest: BackupManifest, key: Uint8Array): string =>
  `${JSON.stringify({ ...manifest, seal: sealOf(manifest, key) }, null, 2)}\n`

/** The manifest of a backup folder, its seal not yet checked. Throws BACKUP_INVALID or NEWER_DATABASE. */
export const readManifest = (folder: string): z.infer<typeof storedManifest> => {
  const file = join(folder, manifestName)
  if (!existsSync(file)) throw invalidBackup('This folder is not a complete OpenCoach backup.')
  try {
    const raw: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const head = anyVersion.safeParse(raw)
    if (head.success && head.data.version > 1) throw new Problem('NEWER_DATABASE')
    return storedManifest.parse(raw)
  } catch (error) {
    throw error instanceof Problem ? error : invalidBackup('The list of contents of this backup is damaged.', error)
  }
}

/** Throws BACKUP_INVALID where the manifest is not as it was written with this key. */
export const checkSeal = ({ seal, ...manifest }: z.infer<typeof storedManifest>, key: Uint8Array): BackupManifest => {
  const found = Buffer.from(seal)
  const expected = Buffer.from(sealOf(manifest, key))
  if (found.length !== expected.length || !timingSafeEqual(found, expected)) {
    throw invalidBackup('The list of contents of this backup was changed.')
  }
  return manifest
}

/** SHA-256 of a file in hex; reads it from start to end and blocks, so it belongs in a worker. */
export const sha256OfFile = (path: string): string => {
  const hash = createHash('sha256')
  const piece = Buffer.alloc(1024 * 1024)
  const handle = openSync(path, 'r')
  try {
    let count = readSync(handle, piece)
    while (count > 0) {
      hash.update(piece.subarray(0, count))
      count = readSync(handle, piece)
    }
  } finally {
    closeSync(handle)
  }
  return hash.digest('hex')
}

/** All bytes of a backup, its list of contents included. */
export const backupBytes = (folder: string, manifest: BackupManifest): number =>
  manifest.files.reduce((sum, file) => sum + file.size, statSync(join(folder, manifestName)).size)

export const stamp = (at: number): string =>
  new Date(at).toISOString().slice(0, 19).replaceAll('-', '').replaceAll(':', '').replace('T', '-')

const namePattern = /^opencoach-\d{8}-\d{6}-(manual|daily|before_migration|before_restore)(-\d+)?$/

export const backupName = (at: number, reason: BackupReason): string => `opencoach-${stamp(at)}-${reason}`

/** The complete backups of a folder, newest first; what is damaged or foreign is left out. */
export const listBackups = (backupFolder: string): { folder: string; manifest: BackupManifest }[] => {
  // The coach may have named a file; writing says so, and what is listed is nothing.
  if (!statSync(backupFolder, { throwIfNoEntry: false })?.isDirectory()) return []
  const found = readdirSync(backupFolder)
    .filter((name) => namePattern.test(name))
    .flatMap((name) => {
      const folder = join(backupFolder, name)
      try {
        return [{ folder, manifest: readManifest(folder) }]
      } catch {
        return []
      }
    })
  return found.sort((a, b) => b.manifest.createdAt - a.manifest.createdAt || (a.folder < b.folder ? 1 : -1))
}
