import type { DocumentKind } from '../../shared/taxonomy/library.ts'
import type { ReadDocument, Reader, ReadingOptions } from './document.ts'
import { markedEncoding } from './marks.ts'
import { ReadingProblem } from './problem.ts'

type ReadableKind = Exclude<DocumentKind, 'audio' | 'video'>

// Loaded when first needed: each brings a library of its own, and a thread often reads one kind only.
const readers = {
  pdf: async () => (await import('./pdf/index.ts')).readPdf,
  docx: async () => (await import('./docx.ts')).readDocx,
  pptx: async () => (await import('./pptx.ts')).readPptx,
  epub: async () => (await import('./epub.ts')).readEpub,
  html: async () => (await import('./html.ts')).readHtml,
  markdown: async () => (await import('./markdown.ts')).readMarkdown,
  text: async () => (await import('./plainText.ts')).readPlainText,
  captions: async () => (await import('./captions.ts')).readCaptions,
} satisfies Record<ReadableKind, () => Promise<Reader>>

const asText: ReadonlySet<DocumentKind> = new Set(['html', 'markdown', 'text', 'captions'])

const ranOutOfMemory = (error: unknown): boolean =>
  error instanceof RangeError && /allocation|invalid (?:array|string|typed array) length/iu.test(error.message)

const isTooLongText = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STRING_TOO_LONG'

/** Whatever a reader throws, as a problem the coach can know about; the library's own words stay in its cause. */
export const toReadingProblem = (error: unknown): ReadingProblem => {
  if (error instanceof ReadingProblem) return error
  if (isTooLongText(error)) return new ReadingProblem('too_large', { cause: error })
  return new ReadingProblem(ranOutOfMemory(error) ? 'too_much_memory' : 'reader_failed', { cause: error })
}

/**
 * Reads a document from memory. Throws nothing but a ReadingProblem; recordings are `no_transcription` here, as their
 * words come from a service (transcript.ts).
 */
export const readDocument = async (
  bytes: Uint8Array,
  kind: DocumentKind,
  options: ReadingOptions,
): Promise<ReadDocument> => {
  if (kind === 'audio' || kind === 'video') throw new ReadingProblem('no_transcription')
  if (bytes.length === 0) throw new ReadingProblem('empty')
  if (asText.has(kind) && markedEncoding(bytes) === null && bytes.includes(0)) throw new ReadingProblem('not_that_kind')
  try {
    const read = await readers[kind]()
    const document = await read(bytes, options)
    if (document.blocks.every(({ text }) => text.trim() === '')) throw new ReadingProblem('no_text')
    return document
  } catch (error) {
    throw toReadingProblem(error)
  }
}
