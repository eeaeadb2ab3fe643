import { type Envelope, isKeyOf } from '../../db/envelope.ts'
import { hasKeyFile, readKeyFile } from '../../db/keyFile.ts'
import { toStoreProblem } from '../../db/storeProblem.ts'
import { Problem } from '../../shared/problem.ts'
import type { Keychain } from './keychain.ts'

export interface MachineKeyParts {
  readonly dataFolder: string
  readonly envelope: Envelope
  readonly keychain: Keychain
  readonly shell: 'electron' | 'browser'
}

const keyOfFile = (dataFolder: string, envelope: Envelope): Buffer | Problem | null => {
  if (!hasKeyFile(dataFolder)) return null
  try {
    const key = readKeyFile(dataFolder)
    if (isKeyOf(envelope, key)) return key
    return new Problem('LOCKED', 'The key file belongs to other data. Use your passphrase or your recovery phrase.')
  } catch (error) {
    return toStoreProblem(error)
  }
}

/** The key of the key file, whatever data it is for; null where there is none that may be used. */
export const usableKeyFile = (dataFolder: string): Buffer | null => {
  try {
    return hasKeyFile(dataFolder) ? readKeyFile(dataFolder) : null
  } catch {
    return null
  }
}

const keyOfKeychain = async ({ envelope, keychain, shell }: MachineKeyParts): Promise<Buffer | Problem | null> => {
  const wrapped = envelope.wraps.keychain?.wrapped
  if (wrapped === undefined) return null
  if (!(await keychain.isAvailable())) {
    if (envelope.wraps.passphrase) return null
    return new Problem(
      'LOCKED',
      shell === 'browser'
        ? 'This data is opened by the desktop app, whose keychain a browser cannot reach. Open it there, or use your recovery phrase here.'
        : "This computer's keychain cannot be reached. Use your recovery phrase.",
    )
  }
  const key = await keychain.unwrap(wrapped).then(
    (bytes) => Buffer.from(bytes),
    () => null,
  )
  if (key && isKeyOf(envelope, key)) return key
  return new Problem(
    'LOCKED',
    "This computer's keychain no longer opens the data. Use your passphrase or your recovery phrase.",
  )
}

/** The key without asking anyone: from the key file, else from the keychain. A Problem says why there is none. */
export const keyOfMachine = async (parts: MachineKeyParts): Promise<Buffer | Problem | null> => {
  const fromFile = keyOfFile(parts.dataFolder, parts.envelope)
  if (fromFile instanceof Buffer) return fromFile
  const fromKeychain = await keyOfKeychain(parts)
  return fromKeychain instanceof Buffer ? fromKeychain : (fromFile ?? fromKeychain)
}
