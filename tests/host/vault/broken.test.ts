import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readKeyFile } from '../../../db/keyFile.ts'
import { latestVersion } from '../../../db/migrate.ts'
import { openDatabase } from '../../../db/open.ts'
import { coaches } from '../../../db/schema/index.ts'
import { filesBelow, problemOf, temporaryFolder } from '../store/folder.ts'
import { coachName, created, hurriedClock, passphrase, reopened, vaultOn } from './vaults.ts'

describe('data that cannot be opened', () => {
  const stateWith = async (first: Awaited<ReturnType<typeof created>>) => {
    const { vault } = await reopenedAfter(first)
    return problemOf(() => vault.unlock({ secret: { passphrase } }))
  }
  const reopenedAfter = async (first: Awaited<ReturnType<typeof created>>) => {
    const next = vaultOn(first.folder)
    await next.vault.start()
    return next
  }

  test('a truncated, a missing and a newer database are told apart and left as they are', async () => {
    const cases = [
      ['DATABASE_DAMAGED', (file: string) => truncateSync(file, statSync(file).size - 4096 * 3)],
      ['DATABASE_DAMAGED', (file: string) => rmSync(file)],
      ['DATABASE_FOREIGN', (file: string) => writeFileSync(file, 'something else '.repeat(999))],
    ] as const
    for (const [code, spoil] of cases) {
      const first = await created()
      await first.vault.close()
      spoil(join(first.folder, 'opencoach.db'))
      const before = filesBelow(first.folder).get('opencoach.db')
      expect(await stateWith(first)).toBe(code)
      expect(filesBelow(first.folder).get('opencoach.db')).toEqual(before)
    }
  })

  test('a newer database is broken from the start where no secret is needed, and says what to do', async () => {
    const folder = temporaryFolder()
    const first = vaultOn(folder)
    await first.vault.start()
    await first.vault.createDemo()
    await first.vault.close()
    const database = openDatabase({ file: join(folder, 'opencoach.db'), key: readKeyFile(folder) })
    database.sqlite.pragma(`user_version = ${latestVersion + 1}`)
    database.close()
    const before = readFileSync(join(folder, 'opencoach.db'))
    const next = vaultOn(folder)
    await next.vault.start()
    expect(await next.vault.status()).toMatchObject({ state: 'broken', problem: { code: 'NEWER_DATABASE' } })
    expect(readFileSync(join(folder, 'opencoach.db')).equals(before)).toBe(true)
  })

  test('is opened by trying again once what was wrong is put right, and not before', async () => {
    const folder = temporaryFolder()
    const first = vaultOn(folder)
    await first.vault.start()
    await first.vault.createDemo()
    await first.vault.close()
    const file = join(folder, 'opencoach.db')
    const whole = readFileSync(file)
    writeFileSync(file, 'something else '.repeat(999))
    const { vault } = vaultOn(folder)
    await vault.start()
    expect((await vault.status()).state).toBe('broken')
    expect(await problemOf(() => vault.retry())).toBe('DATABASE_FOREIGN')
    expect((await vault.status()).state).toBe('broken')
    writeFileSync(file, whole)
    await vault.retry()
    expect(await vault.status()).toMatchObject({ state: 'open', problem: null })
    await vault.retry()
    expect(vault.store().queries.select().from(coaches).all()).toHaveLength(1)
  })

  test('asks for the passphrase again after trying again, where nothing else opens it', async () => {
    const first = await created()
    await first.vault.close()
    const keys = join(first.folder, 'keys.json')
    const whole = readFileSync(keys)
    rmSync(keys)
    const { vault } = await reopenedAfter(first)
    expect(await problemOf(() => vault.retry())).toBe('DATABASE_FOREIGN')
    writeFileSync(keys, whole)
    await vault.retry()
    expect((await vault.status()).state).toBe('locked')
    await vault.unlock({ secret: { passphrase } })
    expect(vault.isOpen()).toBe(true)
  })

  test('a database without its wrapped keys is not mistaken for a new folder', async () => {
    const first = await created()
    await first.vault.close()
    rmSync(join(first.folder, 'keys.json'))
    const { vault } = await reopenedAfter(first)
    expect(await vault.status()).toMatchObject({ state: 'broken', problem: { code: 'DATABASE_FOREIGN' } })
    expect(await problemOf(() => vault.create({ coachName, passphrase }))).toBe('ALREADY_OPEN')
    expect(existsSync(join(first.folder, 'opencoach.db'))).toBe(true)
  })

  test('a part of the console that fails to start leaves the data closed and unharmed', async () => {
    const first = await created()
    const failing = await reopened(first, {
      onOpen: () => {
        throw new Error('the house did not stand')
      },
    })
    expect(await problemOf(() => failing.vault.unlock({ secret: { passphrase } }))).toBe('INTERNAL')
    expect(failing.calls).toEqual(['open', 'close'])
    await failing.vault.close()
    const next = vaultOn(first.folder, { time: hurriedClock() })
    await next.vault.start()
    await next.vault.unlock({ secret: { passphrase } })
    expect(next.vault.isOpen()).toBe(true)
  })
})
