/** What a document is, as far as reading it is concerned. */
export const documentKinds = [
  'pdf',
  'docx',
  'pptx',
  'epub',
  'html',
  'markdown',
  'text',
  'captions',
  'audio',
  'video',
] as const
export type DocumentKind = (typeof documentKinds)[number]

/** Why a document cannot be read; each has one sentence that a coach can act on (host/reading/problem.ts). */

export const readingProblemCodes = [
  'empty',
  'encrypted',
  'damaged',
  'not_that_kind',
  'unknown_kind',
  'no_text',
  'too_large',
  'too_many_pages',
  'unpacks_too_large',
  'took_too_long',
  'too_much_memory',
  'vanished',
  'not_allowed',
  'no_space',
  'no_transcription',
  'reader_failed',
  'stopped_often',
] as const
export type ReadingProblemCode = (typeof readingProblemCodes)[number]

/** Where a document stands; those between queued and ready are being worked on. */
export const documentStates = ['queued', 'reading', 'chunking', 'indexing', 'ready', 'failed', 'paused'] as const
export type DocumentState = (typeof documentStates)[number]

export const documentSorts = ['newest', 'title', 'last_used', 'largest'] as const

export const updateTypes = ['full', 'incremental', 'manual'] as const
export const updateStatuses = ['pending', 'processing', 'completed', 'failed'] as const
export const updateTriggers = ['automatic', 'manual'] as const
