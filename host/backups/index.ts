export { dailyBackupJob } from './dailyJob.ts'

import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { rotateDaily } from '../../db/backup.ts'
import { type BackupReason, backupBytes, listBackups, readManifest } from '../../db/backupFormat.ts'
import type { Backup } from '../../shared/contract/backups.ts'
import type { Change } from '../../shared/contract/events.ts'
import { toProblem } from '../../shared/problem.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log/index.ts'
import type { RestoreInput, Vault } from '../vault/index.ts'

export interface BackupsOptions {
  readonly vault: Vault
  readonly clock: Clock
  readonly log: Log
  publish(changes: Change[]): void
  /** The folder the coach chose, empty for the one in the data folder, and how many daily backups stay. */
  settings(): { readonly folder: string; readonly kept: number }
}

/** What a restore or a new set-up puts the data into that was there (host/vault). */
const putAside = /^before-(?:restore|setup)-/u
const almostADayMs = 20 * 60 * 60 * 1000

export type Backups = ReturnType<typeof createBackups>

/** Encrypted backups: by hand, daily with rotation, and back again. One is written at a time. */
export const createBackups = (options: BackupsOptions) => {
  const { vault, clock, log } = options
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
  let lastFailure: { at: number; message: string } | null = null
  const backupFolder = (): string => options.settings().folder || join(vault.dataFolder, 'backups')

  const describe = (folder: string): Backup => {
    const manifest = readManifest(folder)
    const { createdAt, reason, messages, verifiedAt } = manifest
    return { folder, createdAt, reason, messages, verifiedAt, bytes: backupBytes(folder, manifest) }
  }

  const list = (): Backup[] => listBackups(backupFolder()).map(({ folder }) => describe(folder))

  /** Folders that still hold what was there at a time since `since`: backups, and data that a restore put aside. */
  const holding = (since: number): { name: string; createdAt: number | null }[] => {
    const envelopeId = vault.envelopeId()
    const backups = listBackups(backupFolder())
      .filter(({ manifest }) => manifest.createdAt >= since && (manifest.envelopeId ?? envelopeId) === envelopeId)
      .map(({ folder, manifest }) => ({ name: basename(folder), createdAt: manifest.createdAt }))
    const aside = readdirSync(vault.dataFolder).filter((name) => putAside.test(name))
    return [...backups, ...aside.map((name) => ({ name, createdAt: null }))]
  }

  const hasRecentDaily = (): boolean => {
    const now = clock.now()
    const envelopeId = vault.envelopeId()
    return listBackups(backupFolder()).some(
      ({ manifest }) =>
        manifest.reason === 'daily' &&
        manifest.envelopeId === envelopeId &&
        manifest.createdAt <= now &&
        now - manifest.createdAt < almostADayMs,
    )
  }

  const write = async (reason: BackupReason): Promise<Backup> => {
    const start = performance.now()
    const folder = await vault.store().writeBackup({ backupFolder: backupFolder(), reason, createdAt: clock.now() })
    const backup = describe(folder)
    lastFailure = null
    log('info', 'backup_written', { kind: reason, bytes: backup.bytes, ms: Math.round(performance.now() - start) })
    options.publish([{ topic: 'backups' }])
    return backup
  }

  return {
    list: async () => ({ rows: list(), lastFailure }),
    holding,
    create: () => inTurn(() => write('manual')),
    restore: (input: RestoreInput) =>
      inTurn(async () => {
        // The data is kept beside the restored one anyway; this only makes going back as easy as any restore.
        await vault.restore(input, () =>
          write('before_restore').catch((error: unknown) =>
            log('warn', 'backup_before_restore_failed', { code: toProblem(error).code }),
          ),
        )
        lastFailure = null
        options.publish([{ topic: 'backups' }])
        return {}
      }),
    /**
     * Writes today's backup, unless there is one, and removes the oldest daily ones; answers whether it wrote.
     * A failure is kept for `list` until a backup is written.
     */
    runDaily: () =>
      inTurn(async () => {
        try {
          if (hasRecentDaily()) return false
          await write('daily')
          const removed = rotateDaily(backupFolder(), vault.envelopeId(), options.settings().kept)
          if (removed > 0) log('info', 'backups_rotated', { count: removed })
          return true
        } catch (error) {
          const { code, message } = toProblem(error)
          // Data that is closing is no failure of the backup.
          if (code !== 'LOCKED') {
            lastFailure = { at: clock.now(), message }
            options.publish([{ topic: 'backups' }])
          }
          throw error
        }
      }),
  }
}
