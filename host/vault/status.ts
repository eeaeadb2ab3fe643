import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Envelope, readEnvelope } from '../../db/envelope.ts'
import { databaseFileName } from '../../db/swap.ts'
import type { VaultStatus } from '../../shared/contract/vault.ts'
import { Problem } from '../../shared/problem.ts'
import { usableKeyFile } from './machineKey.ts'

/** The ways that open the data; before there is any, a key file laid ready is the one that will. */
export const waysToOpen = (dataFolder: string, envelope: Envelope | null): VaultStatus['wraps'] => {
  if (!envelope) return usableKeyFile(dataFolder) ? ['key_file'] : []
  const wraps: VaultStatus['wraps'] = []
  if (envelope.wraps.keychain) wraps.push('keychain')
  if (envelope.wraps.passphrase) wraps.push('passphrase')
  if (envelope.wraps.keyFile) wraps.push('key_file')
  return [...wraps, 'phrase']
}

/** The envelope of the data in a folder; null where there is no data. Throws DATABASE_FOREIGN for data without its envelope. */
export const envelopeOfData = (dataFolder: string): Envelope | null => {
  const envelope = readEnvelope(dataFolder)
  if (envelope || !existsSync(join(dataFolder, databaseFileName))) return envelope
  const sentence = 'There is a data file, but the file with its wrapped keys (keys.json) is missing. Restore a backup.'
  throw new Problem('DATABASE_FOREIGN', sentence)
}
