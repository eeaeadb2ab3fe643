import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  type Envelope,
  isKeyOf,
  newEnvelope,
  openByPassphrase,
  openByPhrase,
  proposePhrase,
  readEnvelope,
  withConfirmedPhrase,
  withPassphrase,
  writeEnvelope,
} from '../../../db/envelope.ts'
import { keyOf, problemOf, temporaryFolder } from '../store/folder.ts'
import { passphrase } from './vaults.ts'

const key = keyOf(5)
const cost = { n: 2 ** 10, r: 8, p: 1 }
const made = async () => {
  const { envelope, phrase } = newEnvelope(key, 1)
  return { envelope: await withPassphrase(envelope, key, passphrase, cost), phrase }
}

describe('the envelope of wrapped keys', () => {
  test('opens by the passphrase and by the recovery phrase, each alone', async () => {
    const { envelope, phrase } = await made()
    expect(phrase).toHaveLength(24)
    expect(await openByPassphrase(envelope, passphrase)).toEqual(Buffer.from(key))
    expect(openByPhrase(envelope, phrase.join(' '))).toEqual(Buffer.from(key))
  })

  test('takes the phrase however it is typed', async () => {
    const { envelope, phrase } = await made()
    const typed = [
      phrase.join('\n'),
      `  ${phrase.join('   ').toUpperCase()}\t`,
      phrase.map((word, index) => `${index + 1}. ${word}`).join('\r\n'),
      phrase.join(', '),
    ]
    for (const text of typed) expect(openByPhrase(envelope, text)).toEqual(Buffer.from(key))
  })

  test('takes a passphrase typed on another system, whose accents are built differently', async () => {
    const envelope = await withPassphrase(newEnvelope(key, 1).envelope, key, 'déjà vu encore'.normalize('NFC'), cost)
    expect(await openByPassphrase(envelope, 'déjà vu encore'.normalize('NFD'))).toEqual(Buffer.from(key))
  })

  test('tells a wrong secret from a phrase that is none', async () => {
    const { envelope, phrase } = await made()
    const other = newEnvelope(key, 1).phrase
    const [first, second, ...rest] = phrase
    expect(await problemOf(() => openByPassphrase(envelope, `${passphrase}.`))).toBe('WRONG_SECRET')
    expect(await problemOf(() => openByPhrase(envelope, other.join(' ')))).toBe('WRONG_SECRET')
    expect(await problemOf(() => openByPhrase(envelope, phrase.slice(1).join(' ')))).toBe('BAD_PHRASE')
    expect(await problemOf(() => openByPhrase(envelope, ['harbor', second, ...rest].join(' ')))).toBe('BAD_PHRASE')
    expect(await problemOf(() => openByPhrase(envelope, ''))).toBe('BAD_PHRASE')
    expect(first).toBeDefined()
  })

  test('a new phrase replaces the earlier one once it is confirmed', async () => {
    const { envelope, phrase } = await made()
    const proposed = proposePhrase(envelope, key)
    const replaced = withConfirmedPhrase(envelope, proposed.wrap)
    expect(openByPhrase(replaced, proposed.phrase.join(' '))).toEqual(Buffer.from(key))
    expect(await problemOf(() => openByPhrase(replaced, phrase.join(' ')))).toBe('WRONG_SECRET')
    expect(replaced.phraseConfirmed).toBe(true)
  })

  test('a wrap moved to another envelope or another place in it opens nothing', async () => {
    const { envelope, phrase } = await made()
    const renamed: Envelope = { ...envelope, id: 'another' }
    expect(await problemOf(() => openByPassphrase(renamed, passphrase))).toBe('WRONG_SECRET')
    expect(await problemOf(() => openByPhrase(renamed, phrase.join(' ')))).toBe('WRONG_SECRET')
    expect(isKeyOf(envelope, key)).toBe(true)
    expect(isKeyOf(envelope, keyOf(6))).toBe(false)
  })

  test('its file is for its owner alone and holds the key in no form', async () => {
    const folder = temporaryFolder()
    const { envelope } = await made()
    writeEnvelope(folder, envelope)
    const file = join(folder, 'keys.json')
    expect(readEnvelope(folder)).toEqual(envelope)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const text = readFileSync(file, 'utf8')
    for (const form of ['hex', 'base64'] as const) expect(text).not.toContain(Buffer.from(key).toString(form))
  })

  test('a damaged file is called damaged, not a wrong secret', async () => {
    const folder = temporaryFolder()
    const { envelope } = await made()
    writeEnvelope(folder, envelope)
    const file = join(folder, 'keys.json')
    const text = readFileSync(file, 'utf8')
    const box = envelope.wraps.phrase.box
    const damaged = [
      text.slice(0, 100),
      '',
      text.replace(box, `${box.startsWith('A') ? 'B' : 'A'}${box.slice(1)}`),
      text.replace('"phraseConfirmed": false', '"phraseConfirmed": true'),
      text.replace('"n": 1024', '"n": 1073741824'),
    ]
    for (const content of damaged) {
      writeFileSync(file, content)
      expect(await problemOf(() => readEnvelope(folder))).toBe('DATABASE_DAMAGED')
    }
    writeFileSync(file, text.replace('"version": 1', '"version": 2'))
    expect(await problemOf(() => readEnvelope(folder))).toBe('NEWER_DATABASE')
  })
})
