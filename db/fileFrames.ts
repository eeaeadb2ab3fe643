import { createCipheriv, createDecipheriv } from 'node:crypto'
import { Problem } from '../shared/problem.ts'

/** Plain bytes in every frame but the last, which holds what is left. */
export const frameLength = 64 * 1024
const tagLength = 16
const magic = Buffer.from('OCF1')

export const headerLength = magic.length
/** Encrypted bytes of a whole frame. */
export const sealedFrameLength = frameLength + tagLength

export const frameCount = (size: number): number => Math.max(1, Math.ceil(size / frameLength))
/** Bytes on disk of a file with `size` plain bytes. */
export const sealedSize = (size: number): number => headerLength + size + frameCount(size) * tagLength

export const fileHeader = (): Buffer => Buffer.from(magic)
export const isFileHeader = (bytes: Uint8Array): boolean => magic.equals(bytes)

/** Damage that only an earlier backup can undo. */
export const damagedFile = (): Problem =>
  new Problem('DATABASE_DAMAGED', 'This file is damaged or missing and cannot be opened. A backup may still hold it.')

// Counting frames and marking the last makes cutting, swapping and repeating them show; the key serves one file only.
const nonceOf = (index: number, last: boolean): Buffer => {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(index, 7)
  nonce.writeUInt8(last ? 1 : 0, 11)
  return nonce
}

/** Encrypts one frame: ciphertext, then its tag. */
export const sealFrame = (key: Uint8Array, id: string, index: number, last: boolean, plain: Uint8Array): Buffer => {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index, last))
  cipher.setAAD(Buffer.from(id))
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Decrypts one frame; throws DATABASE_DAMAGED where a bit, its place or its being last is another. */
export const openFrame = (key: Uint8Array, id: string, index: number, last: boolean, sealed: Uint8Array): Buffer => {
  if (sealed.length < tagLength) throw damagedFile()
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index, last))
  decipher.setAAD(Buffer.from(id))
  decipher.setAuthTag(sealed.subarray(sealed.length - tagLength))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - tagLength)), decipher.final()])
  } catch {
    throw damagedFile()
  }
}
