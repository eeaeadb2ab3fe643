import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { createReadingThreads, readDocumentShape } from '../reading/index.ts'
import type { ReadingRoom } from './ingest.ts'

const chunkShape = z.object({
  position: z.number().int(),
  title: z.string(),
  headingPath: z.string(),
  text: z.string(),
  tokens: z.number().int(),
  pageFrom: z.number().int().nullable(),
  pageTo: z.number().int().nullable(),
  seconds: z.number().int().nullable(),
  charFrom: z.number().int(),
  charTo: z.number().int(),
  contentHash: z.string(),
})

const chunkedShape = z.object({
  about: readDocumentShape.pick({ title: true, pages: true, pageLabels: true, notes: true }),
  chunks: z.array(chunkShape),
})

const memoryMb = 1_536
const timeLimitMs = 30 * 60_000
const silenceLimitMs = 3 * 60_000
const idleMs = 30_000

/** Threads that read and cut documents, one fewer than the machine has cores, so that the console stays quick. */
export const createReadingRoom = (places = Math.max(1, availableParallelism() - 1)): ReadingRoom => {
  const threads = createReadingThreads({ places, memoryMb, timeLimitMs, silenceLimitMs, idleMs })
  return {
    places,
    read: async (sealed, documentKind, { onProgress, ...options }, signal) => {
      const task = {
        kind: 'readSealed' as const,
        sealed,
        documentKind,
        options: { ...options, ocrLanguages: [...options.ocrLanguages] },
      }
      return readDocumentShape.parse(await threads.run(task, onProgress, signal))
    },
    chunk: async (read, title, signal) =>
      chunkedShape.parse(await threads.run({ kind: 'chunk', read, title }, () => undefined, signal)),
    stop: () => threads.stop(),
  }
}
