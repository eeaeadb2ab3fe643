import { z } from 'zod'
import { documentKinds, readingProblemCodes } from '../../shared/taxonomy/library.ts'

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

const how = {
  documentKind: z.enum(documentKinds),
  options: z.object({
    fileName: z.string(),
    maxPages: z.number(),
    maxUnpackedBytes: z.number(),
    ocrLanguages: z.array(z.string()),
  }),
}

/** What a reading thread is asked, one task at a time. */
export const threadTaskShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('read'), bytes, ...how }),
  /** The same for a file of the encrypted store, which is opened in the thread. */
  z.object({
    kind: z.literal('readSealed'),
    sealed: z.object({ path: z.string(), id: z.string(), key: bytes, size: z.number() }),
    ...how,
  }),
  /** `read`: a ReadDocument as JSON. */
  z.object({ kind: z.literal('chunk'), read: z.string(), title: z.string() }),
])
export type ThreadTask = z.infer<typeof threadTaskShape>

/** What it says meanwhile and in the end; a problem crosses as its code alone, without words of the library's. */
export const threadMessageShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), done: z.number(), total: z.number() }),
  z.object({ kind: z.literal('done'), answer: z.unknown() }),
  z.object({ kind: z.literal('problem'), code: z.enum(readingProblemCodes) }),
])
export type ThreadMessage = z.infer<typeof threadMessageShape>
