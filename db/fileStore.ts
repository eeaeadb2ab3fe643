import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { Problem } from '../shared/problem.ts'
import { fsyncFolder, writeFully } from './durable.ts'
import {
  damagedFile,
  fileHeader,
  frameCount,
  frameLength,
  headerLength,
  isFileHeader,
  openFrame,
  sealedFrameLength,
  sealedSize,
  sealFrame,
} from './fileFrames.ts'
import { newId } from './ids.ts'
import { files, messageFiles } from './schema/index.ts'
import type { Queries } from './sqlite.ts'
import { toStoreProblem } from './storeProblem.ts'
import type { Tx } from './write.ts'

export const filesFolderName = 'files'

export type FilePurpose = (typeof files.$inferSelect)['purpose']

export interface FileAbout {
  readonly name: string
  readonly mediaType: string
}

/** Encrypted bytes on disk that no row names yet; dropped, they are unreadable and the next start sweeps them. */
export interface StagedFile {
  readonly id: string
  /** Names the file in the caller's transaction, with its key; returns its id. */
  insert(tx: Tx, clientId?: string): string
}

export type FileRecord = Omit<typeof files.$inferSelect, 'key'>

interface SealedFile {
  readonly id: string
  readonly key: Buffer
  readonly size: number
}

/** Where a sealed file lies and what opens it. */
export interface SealedSource {
  readonly path: string
  readonly id: string
  readonly key: Uint8Array
  readonly size: number
}

export interface FileStore {
  /** Encrypts bytes to disk. Throws DISK_FULL or READ_ONLY and leaves nothing. */
  stage(file: FileAbout & { readonly bytes: Uint8Array }, purpose: FilePurpose): StagedFile
  /** The same for a source too large for memory. */
  stageStream(source: AsyncIterable<Uint8Array>, about: FileAbout, purpose: FilePurpose): Promise<StagedFile>
  /** Throws NOT_FOUND. */
  describe(queries: Queries, id: string): FileRecord
  /** The whole file. Throws NOT_FOUND, or DATABASE_DAMAGED where a byte on disk changed. */
  read(queries: Queries, id: string): FileAbout & { readonly bytes: Buffer }
  /** The file in frames of at most 64 KiB; each is checked before it is given out. */
  readStream(queries: Queries, id: string): Generator<Buffer, void, undefined>
  /** At most `length` bytes from a position; fewer at the end. Only the frames they lie in are read. */
  readStretch(queries: Queries, id: string, from: number, length: number): Buffer
  /** What a thread of its own needs to read the file with readSealedFile. */
  sealed(queries: Queries, id: string): SealedSource
  /** Removes the row, its key and its links to messages; the bytes go after the commit. */
  drop(tx: Tx, id: string): void
  /** At start: removes bytes no row names and what was temporary; returns how many files went. */
  sweep(tx: Tx): number
}

interface FrameWriter {
  push(bytes: Uint8Array): void
  finish(): SealedFile
  abandon(): void
}

const startWriting = (folder: string): FrameWriter => {
  const id = newId()
  const key = randomBytes(32)
  const temporary = join(folder, `${id}.part`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const handle = openSync(temporary, 'wx', 0o600)
  let waiting = Buffer.alloc(0)
  let index = 0
  let size = 0
  let isOpen = true
  const close = () => {
    if (isOpen) closeSync(handle)
    isOpen = false
  }
  const writeFrame = (plain: Uint8Array, last: boolean) => {
    if (index === 0) writeFully(handle, fileHeader())
    writeFully(handle, sealFrame(key, id, index, last, plain))
    index += 1
  }
  return {
    push: (bytes) => {
      size += bytes.length
      waiting = Buffer.concat([waiting, bytes])
      // A full frame waits until more follows: only then is it known not to be the last.
      while (waiting.length > frameLength) {
        writeFrame(waiting.subarray(0, frameLength), false)
        waiting = waiting.subarray(frameLength)
      }
    },
    finish: () => {
      writeFrame(waiting, true)
      fsyncSync(handle)
      close()
      renameSync(temporary, join(folder, id))
      fsyncFolder(folder)
      return { id, key, size }
    },
    abandon: () => {
      close()
      rmSync(temporary, { force: true })
    },
  }
}

/** A whole sealed file. Throws DATABASE_DAMAGED where a byte on disk changed. */
export const readSealedFile = ({ path, key, ...sealed }: SealedSource): Uint8Array => {
  const { buffer, byteOffset, length } = Buffer.concat([...readFrames(path, { ...sealed, key: Buffer.from(key) })])
  return new Uint8Array(buffer, byteOffset, length)
}

/** The same in frames of at most 64 KiB, each checked before it is given out. */
export const readSealedFrames = ({ path, key, ...sealed }: SealedSource): Generator<Buffer, void, undefined> =>
  readFrames(path, { ...sealed, key: Buffer.from(key) })

interface Frames {
  /** The first frame that is wanted, and the one after the last; all where left out. */
  readonly first?: number
  readonly end?: number
}

/** The frames of a file, decrypted one by one. */
function* readFrames(
  file: string,
  { id, key, size }: SealedFile,
  { first = 0, end = Number.POSITIVE_INFINITY }: Frames = {},
): Generator<Buffer, void, undefined> {
  let handle: number
  try {
    if (statSync(file).size !== sealedSize(size)) throw damagedFile()
    handle = openSync(file, 'r')
  } catch (error) {
    throw error instanceof Problem ? error : damagedFile()
  }
  const readAt = (length: number, position: number): Buffer => {
    const bytes = Buffer.alloc(length)
    let filled = 0
    while (filled < length) {
      const count = readSync(handle, bytes, filled, length - filled, position + filled)
      if (count === 0) throw damagedFile()
      filled += count
    }
    return bytes
  }
  try {
    if (!isFileHeader(readAt(headerLength, 0))) throw damagedFile()
    const frames = frameCount(size)
    for (let index = first; index < Math.min(frames, end); index += 1) {
      const position = headerLength + index * sealedFrameLength
      const last = index === frames - 1
      const length = last ? sealedSize(size) - position : sealedFrameLength
      yield openFrame(key, id, index, last, readAt(length, position))
    }
  } finally {
    closeSync(handle)
  }
}

/** The encrypted files of one data folder; on disk their name is their id and nothing more. */
export const createFileStore = ({ folder, now }: { folder: string; now: () => number }): FileStore => {
  const pathOf = (id: string): string => join(folder, id)

  const find = (queries: Queries, id: string): typeof files.$inferSelect => {
    const row = queries.select().from(files).where(eq(files.id, id)).get()
    if (!row) throw new Problem('NOT_FOUND')
    return row
  }

  const start = (): FrameWriter => {
    try {
      return startWriting(folder)
    } catch (error) {
      throw toStoreProblem(error)
    }
  }

  const staged = (sealed: SealedFile, { name, mediaType }: FileAbout, purpose: FilePurpose): StagedFile => ({
    id: sealed.id,
    insert: (tx, clientId) => {
      const row = { ...sealed, name, mediaType, purpose, clientId: clientId ?? null, createdAt: now() }
      tx.queries.insert(files).values(row).run()
      return sealed.id
    },
  })

  return {
    stage: ({ bytes, ...about }, purpose) => {
      const writer = start()
      try {
        writer.push(bytes)
        return staged(writer.finish(), about, purpose)
      } catch (error) {
        writer.abandon()
        throw toStoreProblem(error)
      }
    },
    stageStream: async (source, about, purpose) => {
      const writer = start()
      try {
        for await (const bytes of source) writer.push(bytes)
        return staged(writer.finish(), about, purpose)
      } catch (error) {
        writer.abandon()
        throw toStoreProblem(error)
      }
    },
    describe: (queries, id) => {
      const { key: _key, ...about } = find(queries, id)
      return about
    },
    read: (queries, id) => {
      const row = find(queries, id)
      return { name: row.name, mediaType: row.mediaType, bytes: Buffer.concat([...readFrames(pathOf(id), row)]) }
    },
    readStream: (queries, id) => readFrames(pathOf(id), find(queries, id)),
    readStretch: (queries, id, from, length) => {
      const first = Math.floor(from / frameLength)
      const end = Math.ceil((from + length) / frameLength)
      const found = Buffer.concat([...readFrames(pathOf(id), find(queries, id), { first, end })])
      return found.subarray(from - first * frameLength, from - first * frameLength + length)
    },
    sealed: (queries, id) => {
      const { key, size } = find(queries, id)
      return { path: pathOf(id), id, key, size }
    },
    drop: (tx, id) => {
      tx.queries.delete(messageFiles).where(eq(messageFiles.fileId, id)).run()
      tx.queries.delete(files).where(eq(files.id, id)).run()
      tx.afterCommit(() => rmSync(pathOf(id), { force: true }))
    },
    sweep: (tx) => {
      tx.queries.delete(files).where(eq(files.purpose, 'temporary')).run()
      const named = new Set(
        tx.queries
          .select({ id: files.id })
          .from(files)
          .all()
          .map((row) => row.id),
      )
      const orphans = existsSync(folder) ? readdirSync(folder).filter((name) => !named.has(name)) : []
      tx.afterCommit(() => {
        for (const name of orphans) rmSync(pathOf(name), { force: true, recursive: true })
      })
      return orphans.length
    },
  }
}
