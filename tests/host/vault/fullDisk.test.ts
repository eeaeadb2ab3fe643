import { existsSync, readdirSync } from 'node:fs'
import { beforeEach, expect, test, vi } from 'vitest'
import { problemOf, temporaryFolder } from '../store/folder.ts'
import { passphrase, vaultOn } from './vaults.ts'

const disk = vi.hoisted(() => ({ writesLeft: Number.POSITIVE_INFINITY }))

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  const full = () => Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  const counted = <A extends unknown[], R>(call: (...args: A) => R) => {
    return (...args: A): R => {
      disk.writesLeft -= 1
      if (disk.writesLeft < 0) throw full()
      return call(...args)
    }
  }
  return { ...fs, fsyncSync: counted(fs.fsyncSync), renameSync: counted(fs.renameSync) }
})

beforeEach(() => {
  disk.writesLeft = Number.POSITIVE_INFINITY
})

test('a disk that fills up anywhere during first run leaves nothing half-made, and trying again works', async () => {
  let failures = 0
  for (let writes = 0; ; writes += 1) {
    const folder = temporaryFolder()
    const { vault } = vaultOn(folder)
    await vault.start()
    disk.writesLeft = writes
    const code = await problemOf(() => vault.create({ coachName: 'Mara', passphrase }))
    disk.writesLeft = Number.POSITIVE_INFINITY
    await vault.close()
    if (code === 'no problem') break
    expect(code).toBe('DISK_FULL')
    failures += 1

    const again = vaultOn(folder)
    await again.vault.start()
    const { state } = await again.vault.status()
    if (state === 'new') {
      expect(readdirSync(folder)).toEqual(['opencoach.lock'])
      await again.vault.create({ coachName: 'Mara', passphrase })
    } else {
      // The data had been made whole when the disk filled up; the passphrase just chosen opens it.
      await again.vault.unlock({ secret: { passphrase } })
    }
    expect(again.vault.isOpen()).toBe(true)
    await again.vault.close()
  }
  expect(failures).toBeGreaterThan(5)
})

test('a new passphrase that cannot be saved leaves the earlier one in force', async () => {
  const folder = temporaryFolder()
  const { vault } = vaultOn(folder)
  await vault.start()
  await vault.create({ coachName: 'Mara', passphrase })
  disk.writesLeft = 0
  expect(await problemOf(() => vault.setPassphrase({ passphrase: 'never to be saved' }))).toBe('DISK_FULL')
  disk.writesLeft = Number.POSITIVE_INFINITY
  expect(existsSync(`${folder}/keys.json.part`)).toBe(false)
  await vault.close()
  const next = vaultOn(folder)
  await next.vault.start()
  await next.vault.unlock({ secret: { passphrase } })
  expect(next.vault.isOpen()).toBe(true)
})
