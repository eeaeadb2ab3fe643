import { z } from 'zod'
import { importFormats } from '../taxonomy/learning.ts'
import { dateOrders, pastRemarks } from '../taxonomy/past.ts'
import { done, id, procedure, time } from './base.ts'

const count = z.number().int()
const counts = z.partialRecord(z.enum(pastRemarks), count)
const person = z.object({ name: z.string(), turns: count })

const readAs = {
  /** How a plain text is to be read; absent: as it looks. */
  format: z.enum(importFormats).optional(),
  /** The coach's word where the dates of the file can be read in two ways. */
  dateOrder: z.enum(dateOrders).optional(),
}

export const pastPreview = z.object({
  fileId: id,
  fileName: z.string(),
  format: z.enum(importFormats),
  /** How else it can be read: a plain text is a conversation or the coach's own writing. */
  formats: z.array(z.enum(importFormats)),
  /** When the same file was taken in before; null: it is new. */
  takenInAt: time.nullable(),
  /** Who wrote in the conversations between two people, most conversations first; at most 200. */
  people: z.array(person),
  /** Who of them the coach seems to be. */
  coachGuess: z.string().nullable(),
  /** Conversations between two people, longest first; at most 300. */
  threads: z.array(
    z.object({
      thread: count,
      name: z.string(),
      people: z.array(person),
      turns: count,
      firstAt: time.nullable(),
      lastAt: time.nullable(),
    }),
  ),
  moreThreads: count,
  /** Names of groups, channels and the like; at most 20. */
  groups: z.array(z.string()),
  groupCount: count,
  turns: count,
  firstAt: time.nullable(),
  lastAt: time.nullable(),
  counts,
  /** One date of the file, read in either way; null where it is clear which is meant. */
  ambiguousDate: z.object({ day: time, month: time }).nullable(),
  samples: z.array(z.object({ from: z.string(), text: z.string(), at: time.nullable() })),
})
export type PastPreview = z.infer<typeof pastPreview>

export const pastImport = z.object({
  id,
  name: z.string(),
  format: z.enum(importFormats),
  /** Names of the clients whose conversations these are; empty: only the coach's own words were kept. */
  clients: z.array(z.string()),
  turns: count,
  coachTurns: count,
  counts,
  firstAt: time.nullable(),
  lastAt: time.nullable(),
  createdAt: time,
})
export type PastImport = z.infer<typeof pastImport>

const file = z.object({ fileId: id })

export const past = {
  list: procedure.output(
    z.object({
      rows: z.array(pastImport),
      /** What is being read or taken in right now; null: nothing. Both figures are bytes of the file. */
      underWay: z
        .object({ fileId: id, name: z.string(), step: z.enum(['reading', 'adding']), done: count, total: count })
        .nullable(),
    }),
  ),
  /** A file is sent in pieces and lies encrypted on this machine until it is taken in or dropped. */
  beginUpload: procedure
    .input(z.object({ fileName: z.string().min(1).max(255), bytes: count.min(0) }))
    .output(z.object({ uploadId: id })),
  appendUpload: procedure
    .input(z.object({ uploadId: id, offset: count.min(0), base64: z.string().max(1_500_000) }))
    .output(done),
  finishUpload: procedure.input(z.object({ uploadId: id })).output(file),
  cancelUpload: procedure.input(z.object({ uploadId: id })).output(done),
  /** Reads the whole file and keeps nothing. Throws INVALID_INPUT with a sentence where it cannot be read. */
  preview: procedure.input(file.extend(readAs)).output(pastPreview),
  /** Takes in what the coach chose; answers once it is done. Throws CONFLICT where the same file is in already. */
  takeIn: procedure
    .input(
      file.extend({
        ...readAs,
        /** Which of the people the coach is; empty for their own writing. */
        coach: z.string().max(200),
        /** The conversations to take in, and whose they are; null: nobody here, so that only the coach's words are kept. */
        threads: z
          .array(z.object({ thread: count.min(0), clientId: id.nullable() }))
          .min(1)
          .max(300),
      }),
    )
    .output(z.object({ importId: id, turns: count, coachTurns: count })),
  /** Stops what is under way with the file, and forgets it. */
  drop: procedure.input(file).output(done),
  /** Takes an import out again, and with it all that came of it. */
  remove: procedure.input(z.object({ importId: id })).output(done),
}
