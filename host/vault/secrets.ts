import { type Envelope, onMachine, openByPassphrase, openByPhrase } from '../../db/envelope.ts'
import type { ProblemCode } from '../../shared/contract/problems.ts'
import type { Secret } from '../../shared/contract/vault.ts'
import { Problem } from '../../shared/problem.ts'
import type { Keychain } from './keychain.ts'

export const isProblem = (error: unknown, code: ProblemCode): boolean => error instanceof Problem && error.code === code

/** The data key by what the coach typed. Throws WRONG_SECRET or BAD_PHRASE. */
export const openBySecret = async (envelope: Envelope, secret: Secret): Promise<Buffer> =>
  'passphrase' in secret ? openByPassphrase(envelope, secret.passphrase) : openByPhrase(envelope, secret.phrase)

/** The envelope with a wrap by this machine's keychain; without one where there is none or it refuses. */
export const wrapForMachine = async (
  envelope: Envelope,
  key: Uint8Array,
  keychain: Keychain,
  keyFile: boolean,
): Promise<Envelope> => {
  const wrapped = (await keychain.isAvailable()) ? await keychain.wrap(key).catch(() => undefined) : undefined
  return onMachine(envelope, { keychain: wrapped, keyFile })
}

/** Throws NEEDS_PASSPHRASE where only the recovery phrase would open the data in daily use. */
export const requireDailyWay = ({ wraps }: Envelope): void => {
  if (!wraps.passphrase && !wraps.keychain && !wraps.keyFile) throw new Problem('NEEDS_PASSPHRASE')
}

/** Throws BAD_PHRASE where the repeated words, at least three different ones, are not those of the phrase. */
export const checkRepeatedWords = (
  phrase: readonly string[],
  words: readonly { position: number; word: string }[],
): void => {
  const different = new Set(words.map(({ position }) => position)).size
  const right = words.every(({ position, word }) => phrase[position - 1] === word.trim().toLowerCase())
  if (different < 3 || !right) {
    throw new Problem('BAD_PHRASE', 'These words are not the ones of your phrase. Look at what you wrote down.')
  }
}
