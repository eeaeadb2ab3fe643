import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Envelope,
  isKeyOf,
  newEnvelope,
  readEnvelope,
  replacePhrase,
  type ScryptCost,
  withConfirmedPhrase,
  withPassphrase,
  writeEnvelope,
} from '../../db/envelope.ts'
import { takeInstanceLock } from '../../db/instanceLock.ts'
import type { OpenedDatabase } from '../../db/open.ts'
import { toStoreProblem } from '../../db/storeProblem.ts'
import { databaseFileName, recoverSwap } from '../../db/swap.ts'
import type { Change } from '../../shared/contract/events.ts'
import type { Secret, VaultStatus } from '../../shared/contract/vault.ts'
import { Problem } from '../../shared/problem.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log/index.ts'
import { stopWorkers } from '../workers/index.ts'
import { createAttempts } from './attempts.ts'
import type { Keychain } from './keychain.ts'
import { keyOfMachine } from './machineKey.ts'
import { createData } from './newData.ts'
import { type OpenStore, openStore } from './openStore.ts'
import { exchangeData, type RestoreInput, stageRestore } from './restore.ts'
import { checkRepeatedWords, openBySecret, requireDailyWay, wrapForMachine } from './secrets.ts'

export interface VaultOptions {
  readonly dataFolder: string
  readonly shell: 'electron' | 'browser'
  readonly keychain: Keychain
  readonly clock: Clock
  readonly log: Log
  /** Starts what works on the data. Awaited before the vault counts as open. */
  onOpen(store: OpenStore): void | Promise<void>
  /** Stops what works on the data. Awaited before it is closed. */
  beforeClose(): void | Promise<void>
  publish(changes: Change[]): void
  /** For tests, which cannot wait for the real one. */
  readonly scryptCost?: ScryptCost
}

type State =
  | { readonly kind: 'new' }
  | { readonly kind: 'locked'; readonly envelope: Envelope; readonly problem: Problem | null }
  | { readonly kind: 'broken'; readonly envelope: Envelope | null; readonly problem: Problem }
  | {
      readonly kind: 'open'
      readonly envelope: Envelope
      readonly key: Buffer
      readonly store: OpenStore
      readonly database: OpenedDatabase
    }

export type Vault = ReturnType<typeof createVault>

/** Keeps the key and the database of one data folder: first run, locking, unlocking, restoring. */
export const createVault = (options: VaultOptions) => {
  const { dataFolder, keychain, clock, log } = options
  const databaseFile = join(dataFolder, databaseFileName)
  const attempt = createAttempts(clock)
  let state: State = { kind: 'new' }
  let unconfirmedPhrase: string[] | null = null
  let releaseLock: (() => void) | null = null
  let last: Promise<unknown> = Promise.resolve()

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }

  const enter = (next: State): void => {
    state = next
    if (next.kind === 'broken') log('error', 'vault_broken', { code: next.problem.code })
    else log('info', 'vault_state', { state: next.kind })
    options.publish([{ topic: 'vault' }])
  }

  const requireOpen = () => {
    if (state.kind !== 'open') throw new Problem('LOCKED')
    return state
  }

  const saveEnvelope = (envelope: Envelope): void => {
    const open = requireOpen()
    try {
      writeEnvelope(dataFolder, envelope)
    } catch (error) {
      throw toStoreProblem(error)
    }
    enter({ ...open, envelope })
  }

  /** Opens the data and hands it on; where that fails the vault is broken and says why. */
  const open = async (key: Buffer, envelope: Envelope): Promise<void> => {
    let database: OpenedDatabase | undefined
    try {
      const opened = await openStore({ dataFolder, key, clock, log })
      database = opened.database
      state = { kind: 'open', envelope, key, ...opened }
      await options.onOpen(opened.store)
    } catch (error) {
      if (state.kind === 'open') await (async () => options.beforeClose())().catch(() => undefined)
      database?.close()
      const problem = toStoreProblem(error)
      enter({ kind: 'broken', envelope, problem })
      throw problem
    }
    enter(state)
  }

  const closeStore = async (): Promise<void> => {
    if (state.kind !== 'open') return
    await options.beforeClose()
    state.database.close()
    state = { kind: 'locked', envelope: state.envelope, problem: null }
  }

  const firstState = (): State => {
    const envelope = readEnvelope(dataFolder)
    if (envelope) return { kind: 'locked', envelope, problem: null }
    if (!existsSync(databaseFile)) return { kind: 'new' }
    const sentence =
      'There is a data file, but the file with its wrapped keys (keys.json) is missing. Restore a backup.'
    return { kind: 'broken', envelope: null, problem: new Problem('DATABASE_FOREIGN', sentence) }
  }

  const createWith = async (key: Buffer, envelope: Envelope, coachName: string): Promise<void> => {
    createData({ dataFolder, key, envelope, coachName, now: clock.now() })
    await open(key, envelope)
  }

  return {
    dataFolder,
    /** Takes the data folder and opens it where no secret has to be typed. Throws SECOND_INSTANCE, READ_ONLY or DISK_FULL. */
    start: (): Promise<void> =>
      inTurn(async () => {
        try {
          mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
        } catch (error) {
          throw toStoreProblem(error)
        }
        releaseLock = takeInstanceLock(dataFolder)
        try {
          recoverSwap(dataFolder)
          state = firstState()
        } catch (error) {
          enter({ kind: 'broken', envelope: null, problem: toStoreProblem(error) })
          return
        }
        if (state.kind !== 'locked') return enter(state)
        const found = await keyOfMachine({ dataFolder, envelope: state.envelope, keychain, shell: options.shell })
        if (found === null || found instanceof Problem) return enter({ ...state, problem: found })
        await open(found, state.envelope).catch((error: unknown) => log('error', 'open_failed', toStoreProblem(error)))
      }),

    status: async (): Promise<VaultStatus> => {
      const envelope = state.kind === 'new' ? null : state.envelope
      const problem = state.kind === 'locked' || state.kind === 'broken' ? state.problem : null
      const wraps: VaultStatus['wraps'] = []
      if (envelope?.wraps.keychain) wraps.push('keychain')
      if (envelope?.wraps.passphrase) wraps.push('passphrase')
      if (envelope?.wraps.keyFile) wraps.push('key_file')
      if (envelope) wraps.push('phrase')
      return {
        state: state.kind,
        wraps,
        phraseConfirmed: envelope?.phraseConfirmed ?? false,
        keychainAvailable: await keychain.isAvailable(),
        dataFolder,
        problem: problem ? { code: problem.code, message: problem.message } : null,
      }
    },

    create: ({ coachName, passphrase }: { coachName: string; passphrase?: string | undefined }) =>
      inTurn(async () => {
        if (state.kind !== 'new') throw new Problem('ALREADY_OPEN')
        const key = randomBytes(32)
        const { envelope: bare, phrase } = newEnvelope(key, clock.now())
        const secured =
          passphrase === undefined ? bare : await withPassphrase(bare, key, passphrase, options.scryptCost)
        const envelope = await wrapForMachine(secured, key, keychain, false)
        requireDailyWay(envelope)
        await createWith(key, envelope, coachName)
        unconfirmedPhrase = phrase
        return { phrase }
      }),

    /** Makes data whose key lies beside it, for demonstrations; its recovery phrase is shown to nobody. */
    createDemo: (coachName = 'Demo coach'): Promise<void> =>
      inTurn(async () => {
        if (state.kind !== 'new') throw new Problem('ALREADY_OPEN')
        const key = randomBytes(32)
        const { envelope } = newEnvelope(key, clock.now())
        await createWith(key, { ...envelope, wraps: { ...envelope.wraps, keyFile: {} } }, coachName)
      }),

    newPhrase: () =>
      inTurn(async () => {
        const { envelope, key } = requireOpen()
        const replaced = replacePhrase(envelope, key)
        saveEnvelope(replaced.envelope)
        unconfirmedPhrase = replaced.phrase
        return { phrase: replaced.phrase }
      }),

    confirmPhrase: ({ words }: { words: { position: number; word: string }[] }) =>
      inTurn(async () => {
        const { envelope } = requireOpen()
        if (!unconfirmedPhrase) {
          throw new Problem('CONFLICT', 'Make a new recovery phrase first: the earlier one is not kept anywhere.')
        }
        checkRepeatedWords(unconfirmedPhrase, words)
        saveEnvelope(withConfirmedPhrase(envelope))
        unconfirmedPhrase = null
        return {}
      }),

    unlock: ({ secret, newPassphrase }: { secret: Secret; newPassphrase?: string | undefined }) =>
      attempt(async () => {
        const lockedEnvelope = (): Envelope => {
          if (state.kind === 'open') throw new Problem('ALREADY_OPEN')
          if (state.kind === 'new') throw new Problem('NOT_FOUND', 'There is no data here yet.')
          if (!state.envelope) throw state.problem
          return state.envelope
        }
        const key = await openBySecret(lockedEnvelope(), secret)
        await inTurn(async () => {
          const envelope = lockedEnvelope()
          if (!isKeyOf(envelope, key)) throw new Problem('CONFLICT')
          await open(key, envelope)
          // Without a keychain here, the wrap by the desktop app's keychain stays for the next time it is used.
          const secured =
            newPassphrase === undefined
              ? envelope
              : await withPassphrase(envelope, key, newPassphrase, options.scryptCost)
          const wrapped = (await keychain.isAvailable())
            ? await wrapForMachine(secured, key, keychain, envelope.wraps.keyFile !== undefined)
            : secured
          const confirmed = 'phrase' in secret && !wrapped.phraseConfirmed ? withConfirmedPhrase(wrapped) : wrapped
          if (confirmed !== envelope) saveEnvelope(confirmed)
        })
        return {}
      }),

    setPassphrase: ({ passphrase }: { passphrase: string }) =>
      inTurn(async () => {
        const { envelope, key } = requireOpen()
        saveEnvelope(await withPassphrase(envelope, key, passphrase, options.scryptCost))
        return {}
      }),

    /**
     * Replaces the data by a backup; the present data is kept beside it. `beforeExchange` runs once the backup is
     * verified, where data is open. Throws with nothing changed.
     */
    restore: (input: RestoreInput, beforeExchange: () => Promise<unknown>): Promise<void> =>
      attempt(async () => {
        const staged = await stageRestore({ ...input, dataFolder, keychain, scryptCost: options.scryptCost })
        if (state.kind === 'open') await beforeExchange()
        await inTurn(async () => {
          const before = state
          await closeStore()
          try {
            exchangeData(dataFolder, clock.now(), staged)
          } catch (error) {
            // Where this fails too, the vault says so, and the next start finishes what was decided.
            if (before.kind === 'open') await open(before.key, before.envelope).catch(() => undefined)
            throw toStoreProblem(error)
          }
          unconfirmedPhrase = null
          await open(staged.key, staged.envelope)
        })
      }),

    /** The open data. Throws LOCKED. */
    store: (): OpenStore => requireOpen().store,
    isOpen: (): boolean => state.kind === 'open',

    /** Closes the data and lets the folder go. */
    close: (): Promise<void> =>
      inTurn(async () => {
        await closeStore()
        await stopWorkers()
        releaseLock?.()
        releaseLock = null
      }),
  }
}
