import { EventEmitter } from 'node:events'
import type { SafeStorage } from 'electron'
import { describe, expect, test } from 'vitest'
import { createKeychain } from '../../../electron/keychain.ts'
import { keychainOverPort } from '../../../host/vault/keychainOverPort.ts'

const mark = 'sealed:'
const storage = ({
  available = true,
  backend = 'gnome_libsecret',
}: {
  available?: boolean
  backend?: ReturnType<SafeStorage['getSelectedStorageBackend']>
} = {}) => ({
  isAsyncEncryptionAvailable: () => Promise.resolve(available),
  getSelectedStorageBackend: () => backend,
  encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(mark + text)),
  decryptStringAsync: (wrapped: Buffer) =>
    wrapped.toString().startsWith(mark)
      ? Promise.resolve({ result: wrapped.toString().slice(mark.length), shouldReEncrypt: false })
      : Promise.reject(new Error('the key of the system has changed')),
})

/** The host's keychain, wired to the shell's as over a port: every message is cloned on the way. */
const wired = (system: ReturnType<typeof storage>, platform: NodeJS.Platform = 'linux') => {
  const toHost = new EventEmitter()
  const answer = createKeychain(system, platform)
  return keychainOverPort({
    send: (request) => void answer(structuredClone(request)).then((message) => toHost.emit('message', message)),
    listen: (listener) => void toHost.on('message', listener),
  })
}

const key = crypto.getRandomValues(new Uint8Array(32))

describe('the keychain, from the host through the shell', () => {
  test('gives back exactly the key that it wrapped', async () => {
    const keychain = wired(storage())
    expect(await keychain.isAvailable()).toBe(true)
    const wrapped = await keychain.wrap(key)
    expect(wrapped).not.toContain(Buffer.from(key).toString('base64'))
    expect(await keychain.unwrap(wrapped)).toEqual(key)
  })

  test('answers many questions at once, each with its own answer', async () => {
    const keychain = wired(storage())
    const keys = Array.from({ length: 20 }, () => crypto.getRandomValues(new Uint8Array(32)))
    const round = await Promise.all(keys.map(async (one) => keychain.unwrap(await keychain.wrap(one))))
    expect(round).toEqual(keys)
  })

  test('fails where the system’s key has changed or is gone', async () => {
    const foreign = Buffer.from('sealed by another machine').toString('base64')
    await expect(wired(storage()).unwrap(foreign)).rejects.toThrow('could not unwrap')
    await expect(wired(storage({ available: false })).wrap(key)).rejects.toThrow('could not wrap')
  })

  test('counts as none where anyone could derive its key', async () => {
    for (const backend of ['basic_text', 'unknown'] as const) {
      expect(await wired(storage({ backend })).isAvailable()).toBe(false)
      await expect(wired(storage({ backend })).wrap(key)).rejects.toThrow()
    }
    expect(await wired(storage({ backend: 'unknown' }), 'darwin').isAvailable()).toBe(true)
  })

  test('counts as none where the system breaks while being asked', async () => {
    const broken = { ...storage(), isAsyncEncryptionAvailable: () => Promise.reject(new Error('no bus')) }
    expect(await wired(broken).isAvailable()).toBe(false)
  })
})
