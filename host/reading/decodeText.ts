import { isUtf8 } from 'node:buffer'
import { detect } from 'chardet'
import iconv from 'iconv-lite'
import { markedEncoding } from './marks.ts'

const sampleBytes = 262_144
/** True for UTF-8, also where a letter here or there is damaged or the last one cut off. */
const readsAsUtf8 = (bytes: Uint8Array, from: number): boolean => {
  if (isUtf8(bytes)) return true
  const sample = Buffer.from(bytes.subarray(from, from + sampleBytes)).toString('utf8')
  const damaged = sample.split('\u{fffd}').length - 1
  const beyondAscii = sample.match(/[^\0-\u{7f}]/gu)?.length ?? 0
  return damaged * 10 < beyondAscii
}

// What calls itself Latin-1 is Windows-1252 nearly always, and browsers read it so.
const known = (name: string | null): string | null => {
  if (name === null || /^(?:utf-?(?:16|32)|ucs)/iu.test(name) || !iconv.encodingExists(name)) return null
  return /^(?:iso-?8859-?1|latin-?1|us-ascii|ascii)$/iu.test(name) ? 'windows-1252' : name
}

// Guessed from the lines that hold more than ASCII: English between them would only mislead.
const guessed = (bytes: Uint8Array, from: number): string | null => {
  const lines = Buffer.from(bytes.subarray(from, from + sampleBytes))
    .toString('latin1')
    .split('\n')
  return known(detect(Buffer.from(lines.filter((line) => /[\u{80}-\u{ff}]/u.test(line)).join('\n'), 'latin1')))
}

const declaration = /<\?xml[^>]{1,200}encoding\s*=\s*["']([\w:-]+)|<meta[^>]{1,200}charset\s*=\s*["']?\s*([\w:-]+)/iu
const declarationBytes = 4096

/** The encoding that an XML declaration or a meta tag near the start names, or null. */
export const declaredEncoding = (bytes: Uint8Array): string | null => {
  const start = Buffer.from(bytes.subarray(0, declarationBytes)).toString('latin1')
  const found = declaration.exec(start)
  return found?.[1] ?? found?.[2] ?? null
}

/** By byte order mark, else UTF-8 where it is that, else as declared, else as its letters look. */
export const encodingOf = (bytes: Uint8Array, declared: string | null = null): string => {
  const marked = markedEncoding(bytes)
  if (marked) return marked
  const from = bytes.findIndex((byte) => byte > 0x7f)
  if (from < 0 || readsAsUtf8(bytes, from)) return 'utf-8'
  return known(declared) ?? guessed(bytes, from) ?? 'windows-1252'
}

/** Text from bytes in the encoding that `encodingOf` finds. */
export const decodeText = (bytes: Uint8Array, declared: string | null = null): string =>
  iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encodingOf(bytes, declared))
