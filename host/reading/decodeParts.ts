import { TextDecoder } from 'node:util'
import iconv from 'iconv-lite'
import { encodingOf } from './decodeText.ts'
import { markedEncoding } from './marks.ts'

const sampleBytes = 262_144

/** UTF-16 without its mark: nearly every second byte of text in a European language is zero. */
const unmarkedUtf16 = (start: Uint8Array): string | null => {
  const sample = start.subarray(0, 4_096)
  const zeros = (from: 0 | 1): number => sample.filter((byte, index) => index % 2 === from && byte === 0).length
  const [even, odd] = [zeros(0), zeros(1)]
  if (Math.max(even, odd) * 5 < sample.length) return null
  return odd > even ? 'utf-16le' : 'utf-16be'
}

/** The encoding of a text too large for memory: as decodeText finds it, from all of it. */
export const encodingOfParts = (parts: Iterable<Uint8Array>): string => {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let isUtf8 = true
  let sampled = 0
  const sample: Uint8Array[] = []
  let isFirst = true
  for (const part of parts) {
    if (isFirst) {
      const marked = markedEncoding(part) ?? unmarkedUtf16(part)
      if (marked !== null) return marked
      isFirst = false
    }
    if (sampled < sampleBytes && part.some((byte) => byte > 0x7f)) {
      sample.push(part)
      sampled += part.length
    }
    if (isUtf8) isUtf8 = decodes(utf8, part)
    if (!isUtf8 && sampled >= sampleBytes) break
  }
  return isUtf8 && decodes(utf8, null) ? 'utf-8' : encodingOf(Buffer.concat(sample))
}

const decodes = (decoder: TextDecoder, part: Uint8Array | null): boolean => {
  try {
    decoder.decode(part ?? undefined, { stream: part !== null })
    return true
  } catch {
    return false
  }
}

/** The text of parts in this encoding; a letter may lie in two of them. */
export function* decodeParts(parts: Iterable<Uint8Array>, encoding: string): Generator<string, void, undefined> {
  const decoder = iconv.getDecoder(encoding)
  for (const part of parts) yield decoder.write(Buffer.from(part.buffer, part.byteOffset, part.byteLength))
  yield decoder.end() ?? ''
}
