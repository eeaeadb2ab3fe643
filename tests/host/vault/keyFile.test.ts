import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../../db/open.ts'
import { problemOf, temporaryFolder } from '../store/folder.ts'
import { coachName, passphrase, vaultOn } from './vaults.ts'

describe('a key file laid ready in a new folder', () => {
  const hex = 'ab'.repeat(32)
  const laid = (content = `${hex}\n`, mode = 0o600): string => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'key'), content, { mode })
    return folder
  }

  test('is the key of the new data, stays where it is, and opens it without a passphrase', async () => {
    const folder = laid()
    const before = statSync(join(folder, 'key'))
    const first = vaultOn(folder)
    await first.vault.start()
    expect(await first.vault.status()).toMatchObject({ state: 'new', wraps: ['key_file'] })
    await first.vault.create({ coachName })
    expect((await first.vault.status()).wraps).toEqual(['key_file', 'phrase'])
    const after = statSync(join(folder, 'key'))
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs])
    expect(readFileSync(join(folder, 'key'), 'utf8')).toBe(`${hex}\n`)
    expect(readdirSync(folder).filter((name) => name.startsWith('before-'))).toEqual([])
    await first.vault.close()
    const key = Buffer.from(hex, 'hex')
    openDatabase({ file: join(folder, 'opencoach.db'), key }).close()
    const next = vaultOn(folder)
    await next.vault.start()
    expect((await next.vault.status()).state).toBe('open')
  })

  test('that is not a key is no way to open anything, and is kept aside', async () => {
    for (const content of ['', hex.slice(2), `${hex}00`, `${hex.slice(2)}zz`]) {
      const folder = laid(content)
      const { vault } = vaultOn(folder)
      await vault.start()
      expect((await vault.status()).wraps).toEqual([])
      expect(await problemOf(() => vault.create({ coachName }))).toBe('NEEDS_PASSPHRASE')
      expect(readFileSync(join(folder, 'key'), 'utf8')).toBe(content)
      await vault.create({ coachName, passphrase })
      const aside = readdirSync(folder).find((name) => name.startsWith('before-setup-')) ?? ''
      expect(readFileSync(join(folder, aside, 'key'), 'utf8')).toBe(content)
    }
  })

  test.runIf(process.platform !== 'win32')('that others can read is not used', async () => {
    const folder = laid(hex, 0o644)
    const { vault } = vaultOn(folder)
    await vault.start()
    expect(await problemOf(() => vault.create({ coachName }))).toBe('NEEDS_PASSPHRASE')
  })
})
