import { crc32, inflateRawSync } from 'node:zlib'
import { type Entry, fromBufferPromise, getFileNameLowLevel, validateFileName, type ZipFile } from 'yauzl'
import { declaredEncoding, decodeText } from './decodeText.ts'
import { looksZipped } from './marks.ts'
import { ReadingProblem } from './problem.ts'

/** A zip archive whose parts are unpacked one by one, in memory, as they are asked for. */
export interface Archive {
  readonly names: readonly string[]
  readonly has: (name: string) => boolean
  /** The part's bytes. Throws a ReadingProblem where it is missing, damaged, or more than may be unpacked. */
  readonly bytes: (name: string) => Promise<Uint8Array>
  /** The part's text; null where there is no such part. */
  readonly text: (name: string) => Promise<string | null>
}

const mostEntries = 20_000
const stored = 0
const deflated = 8

const problemOf = (error: unknown): ReadingProblem => {
  if (error instanceof ReadingProblem) return error
  const isEncrypted = error instanceof Error && /encrypt/iu.test(error.message)
  return new ReadingProblem(isEncrypted ? 'encrypted' : 'damaged', { cause: error })
}

// Names are labels only and never reach a disk; those that point out of the archive are left out.
const listEntries = async (zip: ZipFile): Promise<Map<string, Entry>> => {
  if (zip.entryCount > mostEntries) throw new ReadingProblem('unpacks_too_large')
  const entries = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) throw new ReadingProblem('encrypted')
    const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false)
    if (validateFileName(name) === null && !name.endsWith('/') && !entries.has(name)) entries.set(name, entry)
  }
  return entries
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'

const unpackEntry = (packed: Uint8Array, entry: Entry, mostBytes: number): Uint8Array => {
  if (entry.compressionMethod === stored && packed.length > mostBytes) throw new ReadingProblem('unpacks_too_large')
  if (entry.compressionMethod === stored) return packed
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, mostBytes) })
  } catch (error) {
    throw new ReadingProblem(isTooLarge(error) ? 'unpacks_too_large' : 'damaged', { cause: error })
  }
}

/**
 * Opens a zip archive in memory. What its parts unpack to is counted while they unpack, whatever their headers say, and
 * stops at `maxUnpackedBytes` over all of them. Nothing is written anywhere, archives within it stay closed.
 */
export const openArchive = async (bytes: Uint8Array, maxUnpackedBytes: number): Promise<Archive> => {
  if (!looksZipped(bytes)) throw new ReadingProblem('not_that_kind')
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const zip = await fromBufferPromise(buffer, {
      lazyEntries: true,
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: false,
    })
    const entries = await listEntries(zip)
    let left = maxUnpackedBytes

    const read = async (name: string): Promise<Uint8Array> => {
      const entry = entries.get(name)
      if (!entry) throw new ReadingProblem('damaged')
      if (entry.compressionMethod !== stored && entry.compressionMethod !== deflated)
        throw new ReadingProblem('damaged')
      const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
      const end = fileDataStart + entry.compressedSize
      if (end > bytes.length) throw new ReadingProblem('damaged')
      const part = unpackEntry(bytes.subarray(fileDataStart, end), entry, left)
      left -= part.length
      if (left < 0) throw new ReadingProblem('unpacks_too_large')
      if (crc32(part) !== entry.crc32) throw new ReadingProblem('damaged')
      return part
    }
    const readSafely = async (name: string): Promise<Uint8Array> => {
      try {
        return await read(name)
      } catch (error) {
        throw problemOf(error)
      }
    }
    return {
      names: [...entries.keys()],
      has: (name) => entries.has(name),
      bytes: readSafely,
      text: async (name) => {
        if (!entries.has(name)) return null
        const part = await readSafely(name)
        return decodeText(part, declaredEncoding(part))
      },
    }
  } catch (error) {
    throw problemOf(error)
  }
}
