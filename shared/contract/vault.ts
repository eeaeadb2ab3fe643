import { z } from 'zod'
import { minPassphraseLength } from '../limits.ts'
import { done, procedure } from './base.ts'
import { problemCodes } from './problems.ts'

/** Where the key is wrapped: any one of these opens the data. */
export const wrapKinds = ['keychain', 'passphrase', 'key_file', 'phrase'] as const

export const passphrase = z.string().min(minPassphraseLength).max(1024)

export const vaultStatus = z.object({
  /** new: no data yet; locked: needs a secret; open: in use; broken: see problem. */
  state: z.enum(['new', 'locked', 'open', 'broken']),
  /** Before there is any data, `key_file` says that one lies ready for it. */
  wraps: z.array(z.enum(wrapKinds)),
  /** False until the coach has repeated words of the recovery phrase. */
  phraseConfirmed: z.boolean(),
  keychainAvailable: z.boolean(),
  dataFolder: z.string(),
  problem: z.object({ code: z.enum(problemCodes), message: z.string() }).nullable(),
})
export type VaultStatus = z.infer<typeof vaultStatus>

/** A secret the coach types. */
export const secret = z.union([z.object({ passphrase: z.string().min(1) }), z.object({ phrase: z.string().min(1) })])
export type Secret = z.infer<typeof secret>

export const vault = {
  status: procedure.output(vaultStatus),
  /** Makes a new encrypted database. A passphrase is required where there is no keychain. */
  create: procedure
    .input(z.object({ coachName: z.string().trim().min(1).max(80), passphrase: passphrase.optional() }))
    .output(z.object({ phrase: z.array(z.string()).length(24) })),
  /** Offers a new recovery phrase, to be confirmed like the first; until then the earlier one holds. */
  newPhrase: procedure.output(z.object({ phrase: z.array(z.string()).length(24) })),
  /** The coach repeats three words (positions count from 1) to show that the phrase is written down. */
  confirmPhrase: procedure
    .input(
      z.object({ words: z.array(z.object({ position: z.number().int().min(1).max(24), word: z.string() })).min(3) }),
    )
    .output(done),
  /** Opens the data. With the phrase, a new passphrase may be set at once. */
  unlock: procedure.input(z.object({ secret, newPassphrase: passphrase.optional() })).output(done),
  /** Tries once more to open data that is broken; does nothing where it is not. */
  retry: procedure.output(done),
  setPassphrase: procedure.input(z.object({ passphrase })).output(done),
}
