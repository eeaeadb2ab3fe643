import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import {
  type Envelope,
  isKeyOf,
  newEnvelope,
  type ProposedPhrase,
  proposePhrase,
  type ScryptCost,
  withConfirmedPhrase,
  withPassphrase,
  writeEnvelope,
} from '../../db/envelope.ts'
import { takeInstanceLock } from '../../db/instanceLock.ts'
import type { OpenedDatabase } from '../../db/open.ts'
import { toStoreProblem } from '../../db/storeProblem.ts'
import { recoverSwap } from '../../db/swap.ts'
import type { Change } from '../../shared/contract/events.ts'
import type { Secret, VaultStatus } from '../../shared/contract/vault.ts'
import { Problem } from '../../shared/problem.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log/index.ts'
import { stopWorkers } from '../workers/index.ts'
import { createAttempts } from './attempts.ts'
import type { Keychain } from './keychain.ts'
import { keyOfMachine, usableKeyFile } from './machineKey.ts'
import { createData } from './newData.ts'
import { type OpenStore, openStore } from './openStore.ts'
import { exchangeData, type RestoreInput, stageRestore } from './restore.ts'
import { checkRepeatedWords, openBySecret, requireDailyWay, wrapForMachine } from './secrets.ts'
import { envelopeOfData, waysToOpen } from './status.ts'

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
  const attempt = createAttempts(clock)
  let state: State = { kind: 'new' }
  let unconfirmedPhrase: ProposedPhrase | null = null
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

  const createWith = async (key: Buffer, envelope: Envelope, coachName: string): Promise<void> => {
    createData({ dataFolder, key, envelope, coachName, now: clock.now() })
    await open(key, envelope)
  }

  /** Looks at the data folder and opens it where no secret has to be typed. Throws what keeps it from being used. */
  const lookAgain = async (): Promise<void> => {
    let envelope: Envelope | null
    try {
      recoverSwap(dataFolder)
      envelope = envelopeOfData(dataFolder)
    } catch (error) {
      const problem = toStoreProblem(error)
      enter({ kind: 'broken', envelope: null, problem })
      throw problem
    }
    if (!envelope) return enter({ kind: 'new' })
    const found = await keyOfMachine({ dataFolder, envelope, keychain, shell: options.shell })
    if (found === null || found instanceof Problem) return enter({ kind: 'locked', envelope, problem: found })
    await open(found, envelope)
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
        await lookAgain().catch((error: unknown) => log('error', 'open_failed', { code: toStoreProblem(error).code }))
      }),

    /** Tries once more what broke, on the files as they are now. Throws why it still cannot be opened. */
    retry: () =>
      inTurn(async () => {
        if (state.kind === 'broken') await lookAgain()
        return {}
      }),

    status: async (): Promise<VaultStatus> => {
      const envelope = state.kind === 'new' ? null : state.envelope
      const problem = state.kind === 'locked' || state.kind === 'broken' ? state.problem : null
      return {
        state: state.kind,
        wraps: waysToOpen(dataFolder, envelope),
        phraseConfirmed: envelope?.phraseConfirmed ?? false,
        keychainAvailable: await keychain.isAvailable(),
        dataFolder,
        problem: problem ? { code: problem.code, message: problem.message } : null,
      }
    },

    create: ({ coachName, passphrase }: { coachName: string; passphrase?: string | undefined }) =>
      inTurn(async () => {
        if (state.kind !== 'new') throw new Problem('ALREADY_OPEN')
        const laidReady = usableKeyFile(dataFolder)
        const key = laidReady ?? randomBytes(32)
        const { envelope: bare, phrase } = newEnvelope(key, clock.now())
        const secured =
          passphrase === undefined ? bare : await withPassphrase(bare, key, passphrase, options.scryptCost)
        const envelope = await wrapForMachine(secured, key, keychain, laidReady !== null)
        requireDailyWay(envelope)
        await createWith(key, envelope, coachName)
        unconfirmedPhrase = { phrase, wrap: envelope.wraps.phrase }
        return { phrase }
      }),

    /** Makes data whose key lies beside it, for demonstrations; its recovery phrase is shown to nobody. */
    createDemo: (coachName = 'Demo coach'): Promise<void> =>
      inTurn(async () => {
        if (state.kind !== 'new') throw new Problem('ALREADY_OPEN')
        const key = usableKeyFile(dataFolder) ?? randomBytes(32)
        const { envelope } = newEnvelope(key, clock.now())
        await createWith(key, { ...envelope, wraps: { ...envelope.wraps, keyFile: {} } }, coachName)
      }),

    /** Offers another recovery phrase; the earlier one holds until this one is confirmed. */
    newPhrase: () =>
      inTurn(async () => {
        const { envelope, key } = requireOpen()
        const proposed = proposePhrase(envelope, key)
        unconfirmedPhrase = proposed
        return { phrase: proposed.phrase }
      }),

    confirmPhrase: ({ words }: { words: { position: number; word: string }[] }) =>
      inTurn(async () => {
        const { envelope } = requireOpen()
        if (!unconfirmedPhrase) {
          throw new Problem('CONFLICT', 'Make a new recovery phrase first: the earlier one is not kept anywhere.')
        }
        checkRepeatedWords(unconfirmedPhrase.phrase, words)
        saveEnvelope(withConfirmedPhrase(envelope, unconfirmedPhrase.wrap))
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
    /** What names the open data and its backups, wherever they go. Throws LOCKED. */
    envelopeId: (): string => requireOpen().envelope.id,
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
