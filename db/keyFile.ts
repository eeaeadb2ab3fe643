import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../shared/problem.ts'
import { writeDurably } from './durable.ts'

export const keyFileName = 'key'

export const hasKeyFile = (dataFolder: string): boolean => existsSync(join(dataFolder, keyFileName))

/** The key of the `key` file in the data folder. Throws LOCKED for one that others could read or that is damaged. */
export const readKeyFile = (dataFolder: string): Buffer => {
  const file = join(dataFolder, keyFileName)
  const mode = statSync(file).mode & 0o777
  // Windows knows no such modes; there the folder's own permissions hold.
  if (process.platform !== 'win32' && mode !== 0o600) {
    throw new Problem(
      'LOCKED',
      'The key file was not used, because other people on this computer could read or change it. Give it the permissions 600, or use your passphrase or recovery phrase.',
    )
  }
  const text = readFileSync(file, 'utf8').trim()
  if (!/^[0-9a-f]{64}$/i.test(text)) {
    throw new Problem('LOCKED', 'The key file is damaged. Use your passphrase or recovery phrase instead.')
  }
  return Buffer.from(text, 'hex')
}

/** Lays the key in a file beside the data: for demonstrations and machines nobody sits at. */
export const writeKeyFile = (dataFolder: string, key: Uint8Array): void =>
  writeDurably(join(dataFolder, keyFileName), `${Buffer.from(key).toString('hex')}\n`)
