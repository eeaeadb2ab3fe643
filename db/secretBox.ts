import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const nonceLength = 12
const tagLength = 16

/** AES-256-GCM of a small secret: nonce, ciphertext and tag in one piece. `context` is bound, not stored. */
export const seal = (key: Uint8Array, secret: Uint8Array, context: string): Buffer => {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(context))
  return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
}

/** Opens what seal made; null where the key, the context or a byte is another. */
export const unseal = (key: Uint8Array, box: Uint8Array, context: string): Buffer | null => {
  if (box.length < nonceLength + tagLength) return null
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, nonceLength))
  decipher.setAAD(Buffer.from(context))
  decipher.setAuthTag(box.subarray(box.length - tagLength))
  try {
    return Buffer.concat([decipher.update(box.subarray(nonceLength, box.length - tagLength)), decipher.final()])
  } catch {
    return null
  }
}
