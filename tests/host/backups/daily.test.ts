import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { jobs } from '../../../db/schema/index.ts'
import { dailyBackupJob } from '../../../host/backups/index.ts'
import { Problem } from '../../../shared/problem.ts'
import { openMemoryDatabase } from '../../fixtures/memoryDatabase.ts'
import { problemOf, temporaryFolder } from '../store/folder.ts'
import { hurriedClock, passphrase } from '../vault/vaults.ts'
import { backupsOn } from './data.ts'

const day = 24 * 3_600_000

describe('a daily backup that fails', () => {
  const blocked = async () => {
    const folder = join(temporaryFolder(), 'on another disk')
    writeFileSync(folder, 'a file where the folder should be')
    return { ...(await backupsOn(temporaryFolder(), { isNew: true, folder })), folder }
  }

  test('is told with its time and reason until a backup is written again', async () => {
    const { backups, folder, time, changes } = await blocked()
    expect((await backups.list()).lastFailure).toBeNull()
    expect(await problemOf(() => backups.runDaily())).toBe('BACKUP_FAILED')
    expect((await backups.list()).lastFailure).toEqual({
      at: time.clock.now(),
      message: expect.stringContaining('could not be written'),
    })
    expect(changes.at(-1)).toEqual({ topic: 'backups' })
    rmSync(folder)
    expect(await backups.runDaily()).toBe(true)
    expect((await backups.list()).lastFailure).toBeNull()
  })

  test('is tried again after six hours, one that worked is looked at again after one', async () => {
    const { sqlite, queries, write } = openMemoryDatabase()
    onTestFinished(() => void sqlite.close())
    const { clock } = hurriedClock()
    const outcomes = [() => Promise.reject(new Problem('DISK_FULL')), () => Promise.resolve(true)]
    const handlers = dailyBackupJob({
      write,
      clock,
      settings: () => ({ dailyBackup: true }),
      backups: () => ({ runDaily: () => outcomes.shift()?.() ?? Promise.resolve(false) }),
    })
    const runsIn = (): number => (queries.select().from(jobs).get()?.runAt ?? 0) - clock.now()
    const run = () =>
      handlers.daily_backup?.({
        id: 'j',
        payload: {},
        attempt: 1,
        isLast: true,
        signal: new AbortController().signal,
      })
    await expect(run()).rejects.toThrow('disk is full')
    expect(runsIn()).toBe(6 * 3_600_000)
    await run()
    expect(runsIn()).toBe(3_600_000)
  })
})

describe('a backup folder that two data folders share', () => {
  test('keeps the daily backups of each apart', async () => {
    const folder = join(temporaryFolder(), 'shared')
    const time = hurriedClock()
    const mine = await backupsOn(temporaryFolder(), { isNew: true, folder, time, kept: 1 })
    const theirs = await backupsOn(temporaryFolder(), { isNew: true, folder, time, kept: 1 })
    expect(await mine.backups.runDaily()).toBe(true)
    expect(await theirs.backups.runDaily()).toBe(true)
    const [first] = (await mine.backups.list()).rows
    time.pass(day)
    expect(await mine.backups.runDaily()).toBe(true)
    expect((await mine.backups.list()).rows).toHaveLength(2)
    expect(existsSync(first?.folder ?? '')).toBe(true)
    await theirs.backups.restore({ folder: first?.folder ?? '', secret: { passphrase } })
  })

  test('loses no unfinished backup of the other to a cleaning up, only its own', async () => {
    const folder = join(temporaryFolder(), 'shared')
    const mine = await backupsOn(temporaryFolder(), { isNew: true, folder })
    const unfinished = (id: string): string => join(folder, `.partial-${id}-opencoach-20310506-070809-daily`)
    for (const id of [mine.vault.envelopeId(), 'another']) mkdirSync(unfinished(id), { recursive: true })
    await mine.backups.create()
    expect(existsSync(unfinished(mine.vault.envelopeId()))).toBe(false)
    expect(existsSync(unfinished('another'))).toBe(true)
  })
})
