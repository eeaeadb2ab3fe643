import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { invalidBackup, readManifest, stamp } from '../../db/backupFormat.ts'
import { type Envelope, readEnvelope, type ScryptCost, withConfirmedPhrase, withPassphrase } from '../../db/envelope.ts'
import { writeKeyFile } from '../../db/keyFile.ts'
import { incomingFolderName, swapIn } from '../../db/swap.ts'
import type { Secret } from '../../shared/contract/vault.ts'
import { runBackupTask } from '../workers/index.ts'
import type { Keychain } from './keychain.ts'
import { usableKeyFile } from './machineKey.ts'
import { isProblem, openBySecret, requireDailyWay, wrapForMachine } from './secrets.ts'

export interface RestoreInput {
  readonly folder: string
  readonly secret: Secret
  readonly newPassphrase?: string | undefined
}

interface StageOptions extends RestoreInput {
  readonly dataFolder: string
  readonly keychain: Keychain
  readonly scryptCost?: ScryptCost | undefined
}

export interface StagedRestore {
  readonly key: Buffer
  readonly envelope: Envelope
}

const envelopeOf = (folder: string): Envelope => {
  readManifest(folder)
  try {
    const envelope = readEnvelope(folder)
    if (envelope) return envelope
  } catch (error) {
    if (isProblem(error, 'NEWER_DATABASE')) throw error
    throw invalidBackup('The wrapped keys in this backup are damaged.', error)
  }
  throw invalidBackup('The wrapped keys of this backup are missing.')
}

/** Opens a backup with the typed secret, verifies all of it and lays it ready; the present data is untouched. */
export const stageRestore = async (options: StageOptions): Promise<StagedRestore> => {
  const { dataFolder, keychain, secret, newPassphrase, scryptCost } = options
  const folder = resolve(options.folder)
  const found = envelopeOf(folder)
  const key = await openBySecret(found, secret)
  const secured = newPassphrase === undefined ? found : await withPassphrase(found, key, newPassphrase, scryptCost)
  const wrapped = await wrapForMachine(secured, key, keychain, usableKeyFile(dataFolder)?.equals(key) === true)
  requireDailyWay(wrapped)
  const envelope = 'phrase' in secret ? withConfirmedPhrase(wrapped) : wrapped
  await runBackupTask({ kind: 'stage', dataFolder, folder, key, envelope })
  return { key, envelope }
}

/** Puts staged data in the place of the present data, which goes to a folder `before-restore-…` beside it. */
export const exchangeData = (dataFolder: string, now: number, { key, envelope }: StagedRestore): void => {
  if (envelope.wraps.keyFile) writeKeyFile(join(dataFolder, incomingFolderName), key)
  const name = `before-restore-${stamp(now)}`
  let keepIn = name
  for (let count = 2; existsSync(join(dataFolder, keepIn)); count += 1) keepIn = `${name}-${count}`
  swapIn(dataFolder, keepIn)
}
