import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readKeyFile } from '../../../db/keyFile.ts'
import { latestVersion } from '../../../db/migrate.ts'
import { openDatabase } from '../../../db/open.ts'
import { coaches } from '../../../db/schema/index.ts'
import { filesBelow, problemOf, temporaryFolder } from '../store/folder.ts'
import { hurriedClock, machineKeychain, passphrase, vaultOn } from './vaults.ts'

const coachName = 'Mara'

const created = async (folder = temporaryFolder(), parts: Parameters<typeof vaultOn>[1] = {}) => {
  const opened = vaultOn(folder, parts)
  await opened.vault.start()
  const { phrase } = await opened.vault.create({ coachName, passphrase })
  return { ...opened, folder, phrase }
}

/** The same folder in the next run of the console. */
const reopened = async (before: Awaited<ReturnType<typeof created>>, parts: Parameters<typeof vaultOn>[1] = {}) => {
  await before.vault.close()
  const next = vaultOn(before.folder, parts)
  await next.vault.start()
  return next
}

describe('first run', () => {
  test('a new folder is new, then open with its coach, and says so to the windows', async () => {
    const { vault, calls, changes } = vaultOn(temporaryFolder())
    await vault.start()
    expect((await vault.status()).state).toBe('new')
    expect(await problemOf(() => vault.store())).toBe('LOCKED')
    await vault.create({ coachName, passphrase })
    const status = await vault.status()
    expect(status).toMatchObject({
      state: 'open',
      wraps: ['passphrase', 'phrase'],
      phraseConfirmed: false,
      problem: null,
    })
    expect(vault.store().queries.select({ name: coaches.name }).from(coaches).all()).toEqual([{ name: coachName }])
    expect(calls).toEqual(['open'])
    expect(changes).toContainEqual({ topic: 'vault' })
    expect(await problemOf(() => vault.create({ coachName, passphrase }))).toBe('ALREADY_OPEN')
  })

  test('without a keychain a passphrase is asked for, and nothing is made before', async () => {
    const folder = temporaryFolder()
    const { vault } = vaultOn(folder)
    await vault.start()
    expect(await problemOf(() => vault.create({ coachName }))).toBe('NEEDS_PASSPHRASE')
    expect(readdirSync(folder)).toEqual(['opencoach.lock'])
  })

  test('the phrase counts as written down once three of its words are repeated', async () => {
    const { vault, phrase } = await created()
    const words = [3, 11, 24].map((position) => ({ position, word: ` ${(phrase[position - 1] ?? '').toUpperCase()} ` }))
    const [one, two] = words
    if (!one || !two) throw new Error('unreachable')
    expect(await problemOf(() => vault.confirmPhrase({ words: [one, one, one] }))).toBe('BAD_PHRASE')
    expect(await problemOf(() => vault.confirmPhrase({ words: [one, two, { position: 5, word: 'zebra' }] }))).toBe(
      'BAD_PHRASE',
    )
    expect((await vault.status()).phraseConfirmed).toBe(false)
    await vault.confirmPhrase({ words })
    expect((await vault.status()).phraseConfirmed).toBe(true)
    expect(await problemOf(() => vault.confirmPhrase({ words }))).toBe('CONFLICT')
  })

  test('a folder that cannot be written to is refused with a clear word', async () => {
    const blocked = join(temporaryFolder(), 'data')
    writeFileSync(blocked, 'a file where the folder should be')
    const { vault } = vaultOn(blocked)
    expect(await problemOf(() => vault.start())).toBe('READ_ONLY')
  })

  test('a second console on the same folder is refused', async () => {
    const { folder } = await created()
    const second = vaultOn(folder)
    expect(await problemOf(() => second.vault.start())).toBe('SECOND_INSTANCE')
  })
})

describe('unlocking', () => {
  test('the passphrase opens it, and what was set up is there', async () => {
    const { vault } = await reopened(await created())
    expect((await vault.status()).state).toBe('locked')
    await vault.unlock({ secret: { passphrase } })
    expect((await vault.status()).state).toBe('open')
    expect(vault.store().queries.select().from(coaches).all()).toHaveLength(1)
  })

  test('the phrase opens it, sets a new passphrase at once, and is thereby confirmed', async () => {
    const first = await created()
    const second = await reopened(first)
    await second.vault.unlock({ secret: { phrase: first.phrase.join('\n') }, newPassphrase: 'another long one' })
    expect((await second.vault.status()).phraseConfirmed).toBe(true)
    await second.vault.close()
    const third = vaultOn(first.folder)
    await third.vault.start()
    expect(await problemOf(() => third.vault.unlock({ secret: { passphrase } }))).toBe('WRONG_SECRET')
    await third.vault.unlock({ secret: { passphrase: 'another long one' } })
    expect(third.vault.isOpen()).toBe(true)
  })

  test('wrong secrets are answered ever more slowly, and the right one still opens', async () => {
    const { vault, time } = await reopened(await created())
    for (let index = 0; index < 8; index += 1) {
      expect(await problemOf(() => vault.unlock({ secret: { passphrase: 'not it at all' } }))).toBe('WRONG_SECRET')
    }
    expect(time.waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000])
    await vault.unlock({ secret: { passphrase } })
    expect(vault.isOpen()).toBe(true)
  })

  const threeOf = (phrase: readonly string[]) =>
    [2, 9, 17].map((position) => ({ position, word: phrase[position - 1] ?? '' }))

  test('a new phrase, once confirmed, makes the earlier one useless', async () => {
    const first = await created()
    const { phrase } = await first.vault.newPhrase()
    await first.vault.confirmPhrase({ words: threeOf(phrase) })
    expect((await first.vault.status()).phraseConfirmed).toBe(true)
    const { vault } = await reopened(first)
    expect(await problemOf(() => vault.unlock({ secret: { phrase: first.phrase.join(' ') } }))).toBe('WRONG_SECRET')
    await vault.unlock({ secret: { phrase: phrase.join(' ') } })
    expect(vault.isOpen()).toBe(true)
  })

  test('a new phrase that was shown but never confirmed leaves the earlier one in force', async () => {
    const first = await created()
    await first.vault.confirmPhrase({ words: threeOf(first.phrase) })
    const { phrase } = await first.vault.newPhrase()
    expect(await problemOf(() => first.vault.confirmPhrase({ words: threeOf(first.phrase) }))).toBe('BAD_PHRASE')
    expect((await first.vault.status()).phraseConfirmed).toBe(true)
    const { vault } = await reopened(first)
    expect(await problemOf(() => vault.confirmPhrase({ words: threeOf(phrase) }))).toBe('LOCKED')
    expect(await problemOf(() => vault.unlock({ secret: { phrase: phrase.join(' ') } }))).toBe('WRONG_SECRET')
    await vault.unlock({ secret: { phrase: first.phrase.join(' ') } })
    expect(vault.isOpen()).toBe(true)
  })

  test('a passphrase set while a new phrase waits to be confirmed is kept with it', async () => {
    const first = await created()
    const { phrase } = await first.vault.newPhrase()
    await first.vault.setPassphrase({ passphrase: 'set in the meantime' })
    await first.vault.confirmPhrase({ words: threeOf(phrase) })
    const { vault } = await reopened(first)
    await vault.unlock({ secret: { passphrase: 'set in the meantime' } })
    expect(vault.isOpen()).toBe(true)
  })

  test('setting a passphrase needs open data', async () => {
    const first = await created()
    await first.vault.setPassphrase({ passphrase: 'the third passphrase' })
    const { vault } = await reopened(first)
    expect(await problemOf(() => vault.setPassphrase({ passphrase: 'from outside 1' }))).toBe('LOCKED')
    await vault.unlock({ secret: { passphrase: 'the third passphrase' } })
    expect(vault.isOpen()).toBe(true)
  })
})

describe('the keychain', () => {
  const keychain = machineKeychain(1)

  test('opens the data at start without asking', async () => {
    const folder = temporaryFolder()
    const first = vaultOn(folder, { keychain, shell: 'electron' })
    await first.vault.start()
    await first.vault.create({ coachName })
    await first.vault.close()
    const next = vaultOn(folder, { keychain, shell: 'electron' })
    await next.vault.start()
    expect(await next.vault.status()).toMatchObject({
      state: 'open',
      wraps: ['keychain', 'phrase'],
      keychainAvailable: true,
    })
  })

  test('one that changed locks nobody out: the phrase opens, and the new keychain takes over', async () => {
    const first = await created(temporaryFolder(), { keychain })
    const second = await reopened(first, { keychain: machineKeychain(2) })
    const status = await second.vault.status()
    expect(status.state).toBe('locked')
    expect(status.problem?.message).toContain('keychain')
    await second.vault.unlock({ secret: { phrase: first.phrase.join(' ') } })
    await second.vault.close()
    const third = vaultOn(first.folder, { keychain: machineKeychain(2) })
    await third.vault.start()
    expect(third.vault.isOpen()).toBe(true)
  })

  test('a visit by the browser console leaves its wrap in place', async () => {
    const first = await created(temporaryFolder(), { keychain })
    const browser = await reopened(first)
    await browser.vault.unlock({ secret: { phrase: first.phrase.join(' ') }, newPassphrase: 'for the browser' })
    await browser.vault.close()
    const desktop = vaultOn(first.folder, { keychain })
    await desktop.vault.start()
    expect(desktop.vault.isOpen()).toBe(true)
  })
})

describe('the key file', () => {
  test('a demonstration opens by itself, with a key file for its owner alone', async () => {
    const folder = temporaryFolder()
    const first = vaultOn(folder)
    await first.vault.start()
    await first.vault.createDemo()
    expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600)
    await first.vault.close()
    const next = vaultOn(folder)
    await next.vault.start()
    expect(await next.vault.status()).toMatchObject({
      state: 'open',
      wraps: ['key_file', 'phrase'],
      phraseConfirmed: false,
    })
  })

  test.runIf(process.platform !== 'win32')(
    'one that others can read is refused, and the passphrase still opens',
    async () => {
      const folder = temporaryFolder()
      const first = vaultOn(folder)
      await first.vault.start()
      await first.vault.createDemo()
      await first.vault.setPassphrase({ passphrase })
      await first.vault.close()
      for (const mode of [0o644, 0o640, 0o660, 0o604]) {
        chmodSync(join(folder, 'key'), mode)
        const next = vaultOn(folder)
        await next.vault.start()
        const status = await next.vault.status()
        expect(status.state).toBe('locked')
        expect(status.problem?.message).toContain('key file')
        await next.vault.unlock({ secret: { passphrase } })
        expect(next.vault.isOpen()).toBe(true)
        await next.vault.close()
      }
    },
  )
})

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
