import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { coaches } from '../../../db/schema/index.ts'
import { problemOf, temporaryFolder } from '../store/folder.ts'
import { coachName, created, machineKeychain, passphrase, reopened, vaultOn } from './vaults.ts'

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
