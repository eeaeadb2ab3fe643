import { createHash, createHmac, hkdfSync, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Problem } from '../shared/problem.ts'
import { writeDurably } from './durable.ts'
import { newId } from './ids.ts'
import { newRecoveryPhrase, phraseEntropy } from './recoveryPhrase.ts'
import { seal, unseal } from './secretBox.ts'
import { toStoreProblem } from './storeProblem.ts'

export const envelopeFileName = 'keys.json'
const envelopeVersion = 1

// Bounds keep a foreign envelope from asking for all memory or for no work at all.
const scryptCost = z.object({
  n: z
    .int()
    .min(2 ** 10)
    .max(2 ** 20),
  r: z.int().min(1).max(16),
  p: z.int().min(1).max(4),
})
export type ScryptCost = z.infer<typeof scryptCost>
export const defaultScryptCost: ScryptCost = { n: 2 ** 17, r: 8, p: 1 }

const base64 = z.base64().max(10_000)
const wraps = z.object({
  passphrase: z.object({ cost: scryptCost, salt: base64, box: base64 }).optional(),
  phrase: z.object({ salt: base64, box: base64 }),
  keychain: z.object({ wrapped: z.string().max(20_000) }).optional(),
  /** The key lies beside the data, in a file of its own. */
  keyFile: z.object({}).optional(),
})

const content = z.object({
  format: z.literal('opencoach-keys'),
  version: z.literal(envelopeVersion),
  id: z.string().min(1).max(64),
  createdAt: z.int(),
  keyCheck: base64,
  phraseConfirmed: z.boolean(),
  wraps,
})
/** The data key, wrapped in several ways; each alone opens it. Holds nothing secret by itself. */
export type Envelope = z.infer<typeof content>

/** An envelope that another thread hands over. */
export const parseEnvelope = (raw: unknown): Envelope => content.parse(raw)

/** The envelope after the coach has shown that the phrase of this wrap is written down; any other opens nothing more. */
export const withConfirmedPhrase = (envelope: Envelope, phrase = envelope.wraps.phrase): Envelope => ({
  ...envelope,
  phraseConfirmed: true,
  wraps: { ...envelope.wraps, phrase },
})

const stored = content.extend({ checksum: z.string() })
const anyVersion = z.object({ format: z.literal('opencoach-keys'), version: z.int() })

const context = (envelopeId: string, kind: string): string => `opencoach:${envelopeId}:${kind}`
const checkOf = (key: Uint8Array, envelopeId: string): Buffer =>
  createHmac('sha256', key).update(context(envelopeId, 'check')).digest()
const checksumOf = (envelope: Envelope): string =>
  createHash('sha256')
    .update(JSON.stringify(content.parse(envelope)))
    .digest('hex')

/** True where a key is the one this envelope holds. */
export const isKeyOf = (envelope: Envelope, key: Uint8Array): boolean => {
  const expected = Buffer.from(envelope.keyCheck, 'base64')
  const found = checkOf(key, envelope.id)
  return expected.length === found.length && timingSafeEqual(expected, found)
}

const passphraseKey = (passphrase: string, salt: Buffer, { n, r, p }: ScryptCost): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { N: n, r, p, maxmem: 160 * n * r }
    scrypt(passphrase.normalize('NFKC'), salt, 32, options, (error, key) => (error ? reject(error) : resolve(key)))
  })

const phraseKey = (typed: string, salt: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', phraseEntropy(typed), salt, 'opencoach recovery phrase', 32))

/** A new envelope for a data key, opened by a new recovery phrase alone until more ways are added. */
export const newEnvelope = (key: Uint8Array, now: number): { envelope: Envelope; phrase: string[] } => {
  const id = newId(now)
  const bare: Omit<Envelope, 'wraps'> = {
    format: 'opencoach-keys',
    version: envelopeVersion,
    id,
    createdAt: now,
    keyCheck: checkOf(key, id).toString('base64'),
    phraseConfirmed: false,
  }
  const { wrap, phrase } = wrapByNewPhrase(id, key)
  return { envelope: { ...bare, wraps: { phrase: wrap } }, phrase }
}

type PhraseWrap = Envelope['wraps']['phrase']
const wrapByNewPhrase = (envelopeId: string, key: Uint8Array): { wrap: PhraseWrap; phrase: string[] } => {
  const phrase = newRecoveryPhrase()
  const salt = randomBytes(16)
  const box = seal(phraseKey(phrase.join(' '), salt), key, context(envelopeId, 'phrase'))
  return { phrase, wrap: { salt: salt.toString('base64'), box: box.toString('base64') } }
}

/** A recovery phrase that the coach has seen but not yet shown to be written down, and the wrap it opens. */
export interface ProposedPhrase {
  readonly phrase: readonly string[]
  readonly wrap: PhraseWrap
}

/** Another recovery phrase for this envelope, which stays as it is until `withConfirmedPhrase` takes the wrap. */
export const proposePhrase = (envelope: Envelope, key: Uint8Array): { wrap: PhraseWrap; phrase: string[] } =>
  wrapByNewPhrase(envelope.id, key)

/** The envelope with this passphrase in place of any earlier one. */
export const withPassphrase = async (
  envelope: Envelope,
  key: Uint8Array,
  passphrase: string,
  cost: ScryptCost = defaultScryptCost,
): Promise<Envelope> => {
  const salt = randomBytes(16)
  const box = seal(await passphraseKey(passphrase, salt, cost), key, context(envelope.id, 'passphrase'))
  const wrap = { cost, salt: salt.toString('base64'), box: box.toString('base64') }
  return { ...envelope, wraps: { ...envelope.wraps, passphrase: wrap } }
}

/** The envelope with, or without, the ways that belong to one machine. */
export const onMachine = (
  envelope: Envelope,
  { keychain, keyFile }: { keychain?: string | undefined; keyFile: boolean },
): Envelope => {
  const { passphrase, phrase } = envelope.wraps
  return {
    ...envelope,
    wraps: {
      ...(passphrase ? { passphrase } : {}),
      phrase,
      ...(keychain === undefined ? {} : { keychain: { wrapped: keychain } }),
      ...(keyFile ? { keyFile: {} } : {}),
    },
  }
}

const unwrapped = (envelope: Envelope, key: Buffer | null): Buffer => {
  if (!key) throw new Problem('WRONG_SECRET')
  if (!isKeyOf(envelope, key)) throw new Problem('DATABASE_DAMAGED', damagedEnvelope)
  return key
}
const damagedEnvelope = 'The file with the wrapped keys (keys.json) is damaged. Restore the newest backup.'

/** The data key by passphrase. Throws WRONG_SECRET, also where no passphrase was ever set. */
export const openByPassphrase = async (envelope: Envelope, passphrase: string): Promise<Buffer> => {
  const wrap = envelope.wraps.passphrase
  if (!wrap) throw new Problem('WRONG_SECRET', 'This data has no passphrase. Use its recovery phrase.')
  const wrapKey = await passphraseKey(passphrase, Buffer.from(wrap.salt, 'base64'), wrap.cost)
  return unwrapped(envelope, unseal(wrapKey, Buffer.from(wrap.box, 'base64'), context(envelope.id, 'passphrase')))
}

/** The data key by the 24 words. Throws BAD_PHRASE for what is no phrase at all, WRONG_SECRET for another one. */
export const openByPhrase = (envelope: Envelope, typed: string): Buffer => {
  const { salt, box } = envelope.wraps.phrase
  const wrapKey = phraseKey(typed, Buffer.from(salt, 'base64'))
  return unwrapped(envelope, unseal(wrapKey, Buffer.from(box, 'base64'), context(envelope.id, 'phrase')))
}

/** The envelope of a folder; null where there is none. Throws DATABASE_DAMAGED or NEWER_DATABASE. */
export const readEnvelope = (folder: string): Envelope | null => {
  const file = join(folder, envelopeFileName)
  if (!existsSync(file)) return null
  try {
    const raw: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const head = anyVersion.safeParse(raw)
    if (head.success && head.data.version > envelopeVersion) throw new Problem('NEWER_DATABASE')
    const { checksum, ...envelope } = stored.parse(raw)
    if (checksum !== checksumOf(envelope)) throw new Error('The checksum differs.')
    return envelope
  } catch (error) {
    if (error instanceof SyntaxError || !(error instanceof Error && 'code' in error)) {
      throw new Problem('DATABASE_DAMAGED', damagedEnvelope, { cause: error })
    }
    throw toStoreProblem(error)
  }
}

/** Writes the envelope in one step, readable by its owner only. */
export const writeEnvelope = (folder: string, envelope: Envelope): void =>
  writeDurably(
    join(folder, envelopeFileName),
    `${JSON.stringify({ ...envelope, checksum: checksumOf(envelope) }, null, 2)}\n`,
  )
