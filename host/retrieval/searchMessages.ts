import { z } from 'zod'

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
const figures = z.custom<Float32Array>((value) => value instanceof Float32Array)

/** What the search worker is started with. */
export const searchWorkerData = z.object({ file: z.string(), key: bytes })
export type SearchWorkerData = z.infer<typeof searchWorkerData>

const scope = z.object({
  reader: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('coach') }),
    z.object({ kind: z.literal('client'), clientId: z.string() }),
  ]),
  documentIds: z.array(z.string()).readonly().exactOptional(),
  tags: z.array(z.string()).readonly().exactOptional(),
})

/** What the host says to the search worker. */
export const searchOrder = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('search'),
    id: z.int(),
    question: z.object({
      text: z.string(),
      vector: z.object({ spaceId: z.string(), figures }).nullable(),
      scope,
      limit: z.int().min(1).max(1_000),
    }),
  }),
  /** What one client was told or said before. */
  z.object({
    kind: z.literal('recall'),
    id: z.int(),
    question: z.object({
      clientId: z.string(),
      text: z.string(),
      coachName: z.string(),
      now: z.number(),
      limit: z.int().min(1).max(100),
      /** Only messages before this seq. */
      before: z.int().exactOptional(),
    }),
  }),
  /** This client wrote: their messages are read ahead. */
  z.object({ kind: z.literal('warm'), clientId: z.string() }),
  z.object({ kind: z.literal('forget'), clientId: z.string() }),
  z.object({ kind: z.literal('abort'), id: z.int() }),
  /** Something of the library was committed; these documents got or lost vectors. */
  z.object({ kind: z.literal('changed'), documentIds: z.array(z.string()).readonly() }),
  z.object({ kind: z.literal('stop') }),
])
export type SearchOrder = z.infer<typeof searchOrder>
/** Asked of the messages of one client; best first. */
export type RecallQuestion = Extract<SearchOrder, { kind: 'recall' }>['question']

const place = z.int().nullable()

/** What the search worker says to the host. */
export const searchReport = z.discriminatedUnion('kind', [
  /** Everything is in memory; passages that are searched. */
  z.object({ kind: z.literal('ready'), passages: z.int() }),
  z.object({
    kind: z.literal('found'),
    id: z.int(),
    passages: z.object({
      hits: z.array(
        z.object({
          chunkSeq: z.int(),
          documentId: z.string(),
          score: z.number(),
          wordRank: place,
          vectorRank: place,
          cosine: z.number().nullable(),
        }),
      ),
      usedVectors: z.boolean(),
      coverage: z.number().nullable(),
    }),
  }),
  z.object({
    kind: z.literal('recalled'),
    id: z.int(),
    messages: z.array(z.object({ messageId: z.string(), seq: z.int() })),
  }),
  z.object({ kind: z.literal('failed'), id: z.int(), code: z.string() }),
])
export type SearchReport = z.infer<typeof searchReport>
export type Recalled = Extract<SearchReport, { kind: 'recalled' }>['messages']
