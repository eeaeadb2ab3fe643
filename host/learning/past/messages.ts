import { z } from 'zod'
import { pastPreview } from '../../../shared/contract/past.ts'
import { importFormats } from '../../../shared/taxonomy/learning.ts'
import { dateOrders, pastRemarks } from '../../../shared/taxonomy/past.ts'
import { type PastProblemCode, pastProblems } from './problem.ts'

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
const isProblem = (code: unknown): code is PastProblemCode => typeof code === 'string' && code in pastProblems

const whichFile = {
  sealed: z.object({ path: z.string(), id: z.string(), key: bytes, size: z.number() }),
  fileName: z.string(),
  now: z.number(),
  dateOrder: z.enum(dateOrders).nullable(),
}

/** What the thread that reads past conversations is asked. */
export const pastTaskShape = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('preview'),
    ...whichFile,
    format: z.enum(importFormats).optional(),
    coachName: z.string(),
  }),
  z.object({
    kind: z.literal('select'),
    ...whichFile,
    format: z.enum(importFormats),
    coach: z.string(),
    threads: z.array(z.object({ thread: z.number(), keepsClient: z.boolean() })),
  }),
])
export type PastTask = z.infer<typeof pastTaskShape>

const keptTurn = z.object({
  thread: z.number(),
  author: z.enum(['client', 'human_coach']),
  content: z.string(),
  sentAt: z.number().nullable(),
  orderAt: z.number(),
})

const selected = z.object({
  counts: z.partialRecord(z.enum(pastRemarks), z.number()),
  firstAt: z.number().nullable(),
  lastAt: z.number().nullable(),
})

const filePreview = pastPreview.omit({ fileId: true, fileName: true, takenInAt: true })

/** What it says: how many bytes it has read, turns (after which it waits for `pastGoOn`), and in the end its answer. */
export const pastMessageShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), done: z.number(), total: z.number() }),
  z.object({ kind: z.literal('turns'), turns: z.array(keptTurn) }),
  z.object({ kind: z.literal('preview'), preview: filePreview }),
  z.object({ kind: z.literal('selected'), selected }),
  z.object({ kind: z.literal('problem'), code: z.custom<PastProblemCode>(isProblem) }),
])
export type PastMessage = z.infer<typeof pastMessageShape>
export const pastGoOn = 'go on'
