import { onTestFinished } from 'vitest'
import { seal, unseal } from '../../../db/secretBox.ts'
import type { Clock } from '../../../host/clock.ts'
import { silentLog } from '../../../host/log/index.ts'
import { createVault, type Keychain, noKeychain, type OpenStore } from '../../../host/vault/index.ts'
import type { Change } from '../../../shared/contract/events.ts'
import { temporaryFolder } from '../store/folder.ts'

export const passphrase = 'a quiet harbour 42'

/** A keychain like the system's: what one machine wraps, another cannot open. */
export const machineKeychain = (machine: number): Keychain => {
  const secret = new Uint8Array(32).fill(machine)
  return {
    isAvailable: () => Promise.resolve(true),
    wrap: (key) => Promise.resolve(seal(secret, key, 'machine').toString('base64')),
    unwrap: (wrapped) => {
      const key = unseal(secret, Buffer.from(wrapped, 'base64'), 'machine')
      return key ? Promise.resolve(key) : Promise.reject(new Error('The key of this machine has changed.'))
    },
  }
}

/** Time that passes at once when someone waits for it. */
export const hurriedClock = (start = Date.UTC(2031, 4, 6, 7, 8, 9)) => {
  const waits: number[] = []
  let now = start
  const clock: Clock = {
    now: () => now,
    after: (ms, action) => {
      waits.push(ms)
      now += ms
      queueMicrotask(action)
      return () => undefined
    },
  }
  return { clock, waits, pass: (ms: number) => (now += ms) }
}

interface Parts {
  readonly keychain?: Keychain
  readonly shell?: 'electron' | 'browser'
  readonly time?: ReturnType<typeof hurriedClock>
  readonly onOpen?: (store: OpenStore) => void
}

/** A vault on a folder, with a scrypt cheap enough for tests; closed when the test ends. */
export const vaultOn = (
  dataFolder: string,
  { keychain = noKeychain, shell = 'browser', time = hurriedClock(), onOpen }: Parts = {},
) => {
  const calls: string[] = []
  const changes: Change[] = []
  const vault = createVault({
    dataFolder,
    shell,
    keychain,
    clock: time.clock,
    log: silentLog,
    scryptCost: { n: 2 ** 10, r: 8, p: 1 },
    onOpen: (store) => {
      calls.push('open')
      onOpen?.(store)
    },
    beforeClose: () => void calls.push('close'),
    publish: (batch) => void changes.push(...batch),
  })
  onTestFinished(() => vault.close())
  return { vault, calls, changes, time }
}

export const coachName = 'Mara'

/** A new folder with data in it, open. */
export const created = async (folder = temporaryFolder(), parts: Parameters<typeof vaultOn>[1] = {}) => {
  const opened = vaultOn(folder, parts)
  await opened.vault.start()
  const { phrase } = await opened.vault.create({ coachName, passphrase })
  return { ...opened, folder, phrase }
}

/** The same folder in the next run of the console. */
export const reopened = async (
  before: Awaited<ReturnType<typeof created>>,
  parts: Parameters<typeof vaultOn>[1] = {},
) => {
  await before.vault.close()
  const next = vaultOn(before.folder, parts)
  await next.vault.start()
  return next
}
