import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { FileStore } from '../../../db/fileStore.ts'
import { files as fileRows } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { Write } from '../../../db/write.ts'
import { Problem } from '../../../shared/problem.ts'
import { PastProblem } from './problem.ts'

/** Nothing larger is read. */
export const largestPastBytes = 500 * 1_000 * 1_000
/** So many files lie here at once, waiting for the coach to decide. */
const mostHeld = 4

export interface HeldFile {
  readonly fileName: string
  readonly contentHash: string
}

interface Parts {
  readonly write: Write
  readonly queries: Queries
  readonly files: FileStore
}

/**
 * Files of past conversations that the coach chose and has not decided on: encrypted on the disk, and gone once taken
 * in or dropped, at the latest at the next start.
 */
export const createHeldFiles = ({ write, queries, files }: Parts) => {
  const held = new Map<string, HeldFile>()

  const drop = (fileId: string): void => {
    if (!held.delete(fileId)) return
    write((tx) => {
      if (tx.queries.select({ id: fileRows.id }).from(fileRows).where(eq(fileRows.id, fileId)).get())
        files.drop(tx, fileId)
    })
  }

  const take = async ({ fileName }: { readonly fileName: string }, source: AsyncIterable<Uint8Array>) => {
    const hash = createHash('sha256')
    let bytes = 0
    const watched = async function* () {
      for await (const part of source) {
        bytes += part.length
        if (bytes > largestPastBytes) throw new Problem('INVALID_INPUT', new PastProblem('too_large').message)
        hash.update(part)
        yield part
      }
    }
    const about = { name: fileName, mediaType: 'application/octet-stream' }
    const staged = await files.stageStream(watched(), about, 'temporary')
    for (const oldest of [...held.keys()].slice(0, Math.max(0, held.size - mostHeld + 1))) drop(oldest)
    const fileId = write((tx) => staged.insert(tx))
    held.set(fileId, { fileName, contentHash: hash.digest('hex') })
    return { fileId }
  }

  return {
    take,
    drop,
    /** Throws NOT_FOUND with a sentence. */
    find: (fileId: string): HeldFile => {
      const found = held.get(fileId)
      if (!found) throw new Problem('NOT_FOUND', 'This file is no longer at hand. Choose it again.')
      return found
    },
    sealed: (fileId: string) => files.sealed(queries, fileId),
    dropAll: (): void => {
      for (const fileId of [...held.keys()]) drop(fileId)
    },
  }
}
