import { createFontWeights, type FontWeights } from './fonts.ts'
import type { OpenPdf, PdfPage } from './library.ts'
import { type Piece, readPieces, type TextGroup } from './pieces.ts'

/** What pdf.js finds on one page, before pages are compared with each other. */
export interface ExtractedPage {
  readonly number: number
  readonly bottom: number
  readonly top: number
  /** Text in the page's main direction of writing. */
  readonly main: readonly Piece[]
  /** Text in other directions: labels on the side, watermarks. */
  readonly others: readonly TextGroup[]
  /** Number of characters that mean something. */
  readonly letters: number
  /** The page has text, but its fonts do not say which letters they show. */
  readonly isGarbled: boolean
}

export interface Extraction {
  readonly pages: readonly ExtractedPage[]
  readonly damaged: readonly number[]
  readonly fonts: FontWeights
}

const pagesBetweenCleanups = 250
const pagesAhead = 2
const meaningless = /[\ue000-\uf8ff\ufffd\p{Cc}]/gu

const frame = (page: PdfPage, angle: number): { bottom: number; top: number } => {
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view
  const radians = (angle * Math.PI) / 180
  const across = [left, right].flatMap((x) => [bottom, top].map((y) => y * Math.cos(radians) - x * Math.sin(radians)))
  return { bottom: Math.min(...across), top: Math.max(...across) }
}

/** How many whole rows are set in each font. */
const fontsOfRows = (pieces: readonly Piece[]): ReadonlyMap<string, number> => {
  const rows = new Map<number, string | null>()
  for (const { row, font } of pieces) {
    const known = rows.get(row)
    rows.set(row, known === undefined || known === font ? font : null)
  }
  const fonts = new Map<string, number>()
  for (const font of rows.values()) if (font !== null) fonts.set(font, (fonts.get(font) ?? 0) + 1)
  return fonts
}

const extractPage = async (page: PdfPage, fonts: FontWeights): Promise<ExtractedPage> => {
  const [main, ...others] = readPieces(await page.getTextContent())
  fonts.meet(page.pageNumber, fontsOfRows(main?.pieces ?? []))
  const text = [main, ...others].flatMap((group) => group?.pieces.map((piece) => piece.text) ?? []).join('')
  const rubbish = text.match(meaningless)?.length ?? 0
  return {
    number: page.pageNumber,
    ...frame(page, main?.angle ?? 0),
    main: main?.pieces ?? [],
    others,
    letters: text.replaceAll(' ', '').length - rubbish,
    isGarbled: rubbish >= 20 && rubbish > 0.3 * text.length,
  }
}

/**
 * Reads the pages one by one and frees each before the next, so memory does not grow with fonts and pictures. `onPage` gets
 * null for a page that cannot be read.
 */
export const extractPages = async (pdf: OpenPdf, onPage: (page: ExtractedPage | null) => void): Promise<Extraction> => {
  const total = pdf.document.numPages
  const fonts = createFontWeights()
  const pages: ExtractedPage[] = []
  const damaged: number[] = []
  const readPage = async (number: number): Promise<ExtractedPage | null> => {
    try {
      const page = await pdf.document.getPage(number)
      const extracted = await extractPage(page, fonts)
      page.cleanup()
      return extracted
    } catch {
      return null
    }
  }
  for (let first = 1; first <= total; first += pagesBetweenCleanups) {
    const last = Math.min(total, first + pagesBetweenCleanups - 1)
    // The next pages are unpacked while this one is read.
    const started: Promise<ExtractedPage | null>[] = []
    for (let number = first; number <= last; number += 1) {
      while (first + started.length <= Math.min(last, number + pagesAhead))
        started.push(readPage(first + started.length))
      const page = (await started[number - first]) ?? null
      if (page) pages.push(page)
      else damaged.push(number)
      onPage(page)
    }
    // After a clean-up the library gives fonts new names.
    await fonts.learn(pdf)
    if (last < total) await pdf.document.cleanup().catch(() => undefined)
  }
  return { pages, damaged, fonts }
}
