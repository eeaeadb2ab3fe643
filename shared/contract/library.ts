import { z } from 'zod'
import {
  documentKinds,
  documentSorts,
  documentStates,
  updateStatuses,
  updateTriggers,
  updateTypes,
} from '../taxonomy/library.ts'
import { done, id, procedure, time } from './base.ts'
import { spaces, wordsOnlyReasons } from './spaces.ts'

const fileName = z.string().min(1).max(255)
/** Folders of the library, as in "Courses/Boundaries"; empty: the top. */
const folder = z.string().max(500)
const tags = z.array(z.string().trim().min(1).max(60)).max(20)

export const documentRow = z.object({
  id,
  title: z.string(),
  fileName: z.string(),
  folder: z.string(),
  kind: z.enum(documentKinds),
  bytes: z.number().int(),
  /** Pages, slides or chapters; null where the format has none. */
  pages: z.number().int().nullable(),
  passages: z.number().int(),
  state: z.enum(documentStates),
  /** Why it cannot be read, in a sentence; null where nothing is wrong. */
  problem: z.string().nullable(),
  /** What the coach should know although it was read. */
  notes: z.array(z.string()),
  tags: z.array(z.string()),
  /** Only for this client; null: for all. */
  clientId: id.nullable(),
  clientName: z.string().nullable(),
  isWatched: z.boolean(),
  /** The file is no longer in its watched folder; the document stays as it was. */
  isSourceGone: z.boolean(),
  contentVersion: z.number().int(),
  /** Parts of the present stage that are done, such as pages; null while nothing is under way. */
  progress: z.object({ done: z.number().int(), total: z.number().int() }).nullable(),
  timesUsed: z.number().int(),
  lastUsedAt: time.nullable(),
  createdAt: time,
  updatedAt: time,
})
export type DocumentRow = z.infer<typeof documentRow>

export const documentUpdate = z.object({
  id,
  updateType: z.enum(updateTypes),
  status: z.enum(updateStatuses),
  triggeredBy: z.enum(updateTriggers),
  chunksUpdated: z.number().int(),
  chunksTotal: z.number().int(),
  problem: z.string().nullable(),
  createdAt: time,
  finishedAt: time.nullable(),
})

export const watchedFolder = z.object({
  id,
  path: z.string(),
  documents: z.number().int(),
  checkedAt: time.nullable(),
  /** Why it cannot be looked at, in a sentence. */
  problem: z.string().nullable(),
})
export type WatchedFolder = z.infer<typeof watchedFolder>

/** What is done to several documents at once. */
export const documentActs = ['pause', 'resume', 'retry', 'reindex', 'remove'] as const

/** A stretch of text; found: the words that were searched. */
const piece = z.object({ text: z.string(), found: z.boolean() })

export const passageHit = z.object({
  chunkId: id,
  documentId: id,
  title: z.string(),
  kind: z.enum(documentKinds),
  /** Whose alone the document is; null: for all. */
  clientName: z.string().nullable(),
  headingPath: z.string(),
  pageFrom: z.number().int().nullable(),
  pageTo: z.number().int().nullable(),
  /** What the page is called in the document, where that differs from its number. */
  pageLabel: z.string().nullable(),
  /** Seconds from the start of a recording. */
  seconds: z.number().int().nullable(),
  snippet: z.array(piece),
  /** Between 0 and 1, comparable only within one answer. */
  score: z.number(),
})
export type PassageHit = z.infer<typeof passageHit>

export const library = {
  list: procedure
    .input(
      z.object({
        words: z.string().max(200).optional(),
        folder: folder.optional(),
        tag: z.string().max(60).optional(),
        state: z.enum(['ready', 'working', 'failed', 'paused']).optional(),
        clientId: id.optional(),
        sort: z.enum(documentSorts).default('newest'),
        cursor: z.string().max(600).optional(),
        limit: z.number().int().min(1).max(200).default(60),
      }),
    )
    .output(z.object({ rows: z.array(documentRow), nextCursor: z.string().nullable(), total: z.number().int() })),
  overview: procedure.output(
    z.object({
      documents: z.number().int(),
      ready: z.number().int(),
      failed: z.number().int(),
      passages: z.number().int(),
      bytes: z.number().int(),
      folders: z.array(z.object({ folder: z.string(), documents: z.number().int() })),
      tags: z.array(z.object({ tag: z.string(), documents: z.number().int() })),
      /** What is still being read; secondsLeft null while it cannot be told. Null: nothing is under way. */
      progress: z
        .object({
          done: z.number().int(),
          total: z.number().int(),
          secondsLeft: z.number().nullable(),
          isPaused: z.boolean(),
        })
        .nullable(),
      gaps: z.number().int(),
    }),
  ),
  document: procedure
    .input(z.object({ documentId: id }))
    .output(z.object({ document: documentRow, updates: z.array(documentUpdate) })),
  /** One page of a document as it was read, or all of a document without pages (in parts of about 20,000 characters). */
  page: procedure
    .input(z.object({ documentId: id, page: z.number().int().min(1).optional(), chunkId: id.optional() }))
    .output(
      z.object({
        documentId: id,
        title: z.string(),
        kind: z.enum(documentKinds),
        page: z.number().int(),
        pages: z.number().int(),
        pageLabel: z.string().nullable(),
        blocks: z.array(
          z.object({
            kind: z.enum(['heading', 'paragraph', 'list', 'table', 'notes']),
            level: z.number().int(),
            seconds: z.number().int().nullable(),
            /** Marked: what belongs to the passage that was asked for. */
            pieces: z.array(z.object({ text: z.string(), marked: z.boolean() })),
          }),
        ),
        hasOriginal: z.boolean(),
      }),
    ),
  /** A stretch of the original file, base64, at most 1 MiB. */
  original: procedure
    .input(z.object({ documentId: id, from: z.number().int().min(0) }))
    .output(z.object({ name: z.string(), mediaType: z.string(), size: z.number().int(), base64: z.string() })),
  /** A file is sent in pieces; nothing of it can be read on the disk meanwhile, and a broken upload leaves nothing. */
  beginUpload: procedure
    .input(z.object({ fileName, folder, bytes: z.number().int().min(0), tags, clientId: id.nullable() }))
    .output(z.object({ uploadId: id })),
  appendUpload: procedure
    .input(z.object({ uploadId: id, offset: z.number().int().min(0), base64: z.string().max(1_500_000) }))
    .output(done),
  finishUpload: procedure.input(z.object({ uploadId: id })).output(
    z.object({
      documentId: id,
      outcome: z.enum(['added', 'updated', 'unchanged', 'duplicate']),
      /** The title of the document that holds the same already. */
      sameAs: z.string().nullable(),
    }),
  ),
  cancelUpload: procedure.input(z.object({ uploadId: id })).output(done),
  update: procedure
    .input(
      z.object({
        documentId: id,
        title: z.string().trim().min(1).max(300).optional(),
        folder: folder.optional(),
        tags: tags.optional(),
        clientId: id.nullable().optional(),
      }),
    )
    .output(done),
  act: procedure
    .input(z.object({ documentIds: z.array(id).min(1).max(500), act: z.enum(documentActs) }))
    .output(z.object({ changed: z.number().int() })),
  pauseAll: procedure.output(done),
  resumeAll: procedure.output(done),
  watched: procedure.output(z.object({ rows: z.array(watchedFolder) })),
  /** Throws INVALID_INPUT with a sentence where the folder cannot be read. */
  watch: procedure.input(z.object({ path: z.string().trim().min(1).max(2_000) })).output(z.object({ id })),
  /** Looks at it now. */
  rescan: procedure.input(z.object({ id })).output(done),
  unwatch: procedure.input(z.object({ id, removeDocuments: z.boolean() })).output(done),
  search: procedure
    .input(
      z.object({
        text: z.string().trim().min(1).max(1_000),
        documentId: id.optional(),
        tag: z.string().max(60).optional(),
        /** What may be used for this client; absent: everything the coach has. */
        clientId: id.optional(),
        limit: z.number().int().min(1).max(50).default(20),
      }),
    )
    .output(
      z.object({
        hits: z.array(passageHit),
        /** Nothing in the library answers this well; what is shown is only the nearest. */
        isWeak: z.boolean(),
        answeredBy: z.enum(['words', 'meaning_and_words']),
        /** Null where meaning took part. */
        wordsOnlyBecause: z.enum(wordsOnlyReasons).nullable(),
      }),
    ),
  /** Questions of clients that found nothing, newest first. */
  gaps: procedure.output(
    z.object({
      rows: z.array(z.object({ id, question: z.string(), times: z.number().int(), askedAt: time })),
    }),
  ),
  dismissGap: procedure.input(z.object({ id })).output(done),
  links: procedure.output(z.object({ rows: z.array(z.object({ id, term: z.string(), other: z.string() })) })),
  link: procedure
    .input(z.object({ term: z.string().trim().min(1).max(80), other: z.string().trim().min(1).max(80) }))
    .output(z.object({ id })),
  unlink: procedure.input(z.object({ id })).output(done),
  spaces,
}
