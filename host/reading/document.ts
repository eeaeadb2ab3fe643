import type { DocumentKind } from '../../shared/taxonomy/library.ts'

export type BlockKind = 'heading' | 'paragraph' | 'list' | 'table' | 'notes'

/** A piece of a document that reads in one go, in reading order. */
export interface Block {
  readonly kind: BlockKind
  /** 1 to 6 for headings, 0 for all others. */
  readonly level: number
  /** Plain text as a person would read it: hyphens joined, ligatures spelled out, single spaces; list items and table rows by line. */
  readonly text: string
  /** 1-based page, slide or chapter; null where the format has none. */
  readonly page: number | null
  /** Seconds from the start, for recordings and captions; null for all others. */
  readonly seconds: number | null
}

/** What a reader makes of a file. */
export interface ReadDocument {
  readonly kind: DocumentKind
  /** The document's own title, null where it has none worth the name. */
  readonly title: string | null
  /** Pages, slides or chapters; null where the format has none. */
  readonly pages: number | null
  /** What a page number says to the coach, such as "iv" or "12"; by index, only where it differs from the number. */
  readonly pageLabels: readonly string[] | null
  readonly blocks: readonly Block[]
  /** Things the coach should know although the document was read, such as "Pages 3 and 4 are pictures without text." */
  readonly notes: readonly string[]
}

/** What a reader may use and must respect. */
export interface ReadingOptions {
  /** The file's name as the coach knows it; for messages and as a title of last resort. */
  readonly fileName: string
  /** Largest number of pages that are read. */
  readonly maxPages: number
  /** Largest number of bytes that an archive may unpack to. */
  readonly maxUnpackedBytes: number
  /** Languages of scanned text, as tesseract names them; empty: no OCR. */
  readonly ocrLanguages: readonly string[]
  readonly onProgress: (done: number, total: number) => void
}

/** Reads a whole file from memory. Throws a ReadingProblem for everything the coach can know about. */
export type Reader = (bytes: Uint8Array, options: ReadingOptions) => Promise<ReadDocument>
