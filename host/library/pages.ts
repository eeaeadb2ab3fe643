import { eq } from 'drizzle-orm'
import type { FileStore } from '../../db/fileStore.ts'
import { chunks, documents } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import { Problem } from '../../shared/problem.ts'
import { type Block, readDocumentShape } from '../reading/index.ts'
import { readText } from './versions.ts'

/** Characters of a page of a document that has no pages of its own. */
const partLength = 20_000

interface Asked {
  readonly documentId: string
  readonly page?: number | undefined
  readonly chunkId?: string | undefined
}

interface Span {
  readonly from: number
  readonly to: number
}

/**
 * A page of a document as it was read, with the span of a passage marked. Without page and passage, the first one;
 * a passage that is no longer there is not marked. Throws NOT_FOUND where the document is gone or not read yet.
 */
export const readPage = (queries: Queries, { documentId, page, chunkId }: Asked) => {
  const record = queries.select().from(documents).where(eq(documents.id, documentId)).get()
  if (!record) throw new Problem('NOT_FOUND')
  const stored = readText(queries, documentId, record.contentVersion)
  if (stored === null) throw new Problem('NOT_FOUND', 'This document has not been read yet.')
  const { blocks } = readDocumentShape.parse(JSON.parse(stored))
  const starts = blockStarts(blocks)
  const chunk = chunkId === undefined ? undefined : queries.select().from(chunks).where(eq(chunks.id, chunkId)).get()
  const span = chunk?.documentId === documentId ? { from: chunk.charFrom, to: chunk.charTo } : null
  const pageOf =
    record.pages === null ? (index: number) => Math.floor((starts[index] ?? 0) / partLength) + 1 : pagesOf(blocks)
  const pages = Math.max(record.pages ?? 1, blocks.length === 0 ? 1 : pageOf(blocks.length - 1))
  const spanBlock = span ? blocks.findIndex((block, index) => (starts[index] ?? 0) + block.text.length > span.from) : -1
  const wanted = Math.min(pages, page ?? (spanBlock >= 0 ? pageOf(spanBlock) : 1))
  return {
    documentId,
    title: record.title,
    kind: record.kind,
    page: wanted,
    pages,
    pageLabel: record.pageLabels?.[wanted - 1] ?? null,
    hasOriginal: record.fileId !== null,
    blocks: blocks.flatMap((block, index) =>
      pageOf(index) === wanted
        ? [
            {
              kind: block.kind,
              level: block.level,
              seconds: block.seconds === null ? null : Math.floor(block.seconds),
              pieces: markedPieces(block.text, starts[index] ?? 0, span),
            },
          ]
        : [],
    ),
  }
}

/** Where each block begins in the text of the whole document: blocks joined with an empty line. */
const blockStarts = (blocks: readonly Block[]): number[] => {
  let start = 0
  return blocks.map(({ text }) => {
    const here = start
    start += text.length + 2
    return here
  })
}

/** What carries no page of its own stands on the page before it. */
const pagesOf = (blocks: readonly Block[]): ((index: number) => number) => {
  let last = 1
  const known = blocks.map(({ page }) => {
    last = page ?? last
    return last
  })
  return (index) => known[index] ?? last
}

const markedPieces = (text: string, start: number, span: Span | null) => {
  const from = span ? Math.max(0, span.from - start) : text.length
  const to = span ? Math.min(text.length, span.to - start) : text.length
  if (from >= to) return [{ text, marked: false }]
  return [
    { text: text.slice(0, from), marked: false },
    { text: text.slice(from, to), marked: true },
    { text: text.slice(to), marked: false },
  ].filter((piece) => piece.text !== '')
}

const stretchBytes = 1024 * 1024

/** A stretch of the original file from a byte on, at most 1 MiB. Throws NOT_FOUND where none is kept. */
export const readOriginal = (queries: Queries, files: FileStore, documentId: string, from: number) => {
  const record = queries.select().from(documents).where(eq(documents.id, documentId)).get()
  if (!record?.fileId) throw new Problem('NOT_FOUND')
  const { size } = files.describe(queries, record.fileId)
  const bytes = files.readStretch(queries, record.fileId, from, stretchBytes)
  return { name: record.fileName, mediaType: mediaTypes[record.kind], size, base64: bytes.toString('base64') }
}

const mediaTypes = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  epub: 'application/epub+zip',
  html: 'text/html',
  markdown: 'text/markdown',
  text: 'text/plain',
  captions: 'text/vtt',
  audio: 'audio/*',
  video: 'video/*',
} as const
