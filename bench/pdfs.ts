import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  breakLines,
  type PdfPageSpec,
  pageHeight,
  pageWidth,
  show,
  showLines,
  showParagraph,
  writePdf,
} from '../tests/fixtures/pdf.ts'
import { clientTexts } from './texts.ts'

const margin = 64
const linesPerColumn = 44
const leading = 14.5

const toPages = (texts: readonly string[], columns: 1 | 2, title: string): PdfPageSpec[] => {
  const gutter = 20
  const width = (pageWidth - 2 * margin - gutter * (columns - 1)) / columns
  const lines = texts.flatMap((text) => [...breakLines(text, width, 11), ''])
  const perPage = linesPerColumn * columns
  return Array.from({ length: Math.ceil(lines.length / perPage) }, (_, page) => {
    const own = Array.from({ length: columns }, (_, column) => {
      const from = page * perPage + column * linesPerColumn
      const place = { x: margin + column * (width + gutter), y: pageHeight - margin - 20, width, leading }
      return showLines(lines.slice(from, from + linesPerColumn), { ...place, isJustified: false })
    })
    const header = show(title, { x: margin, y: pageHeight - 40, size: 9 })
    const footer = show(`${page + 1}`, { x: pageWidth / 2, y: 36, size: 9 })
    return { content: header + own.join('') + footer }
  })
}

/** Writes PDFs of text, one and two columns, with headers and page numbers; the same at every run. */
export const writeTextPdfs = (folder: string, documents: number): void => {
  mkdirSync(folder, { recursive: true })
  const texts = clientTexts(documents * 240)
  for (let index = 0; index < documents; index += 1) {
    const title = `Notes of a practice, volume ${index + 1}`
    const own = texts.slice(index * 240, (index + 1) * 240)
    const paragraphs = Array.from({ length: own.length / 4 }, (_, at) => own.slice(at * 4, at * 4 + 4).join(' '))
    const cover = showParagraph(title, { x: margin, y: 600, width: 400, size: 24, font: 'F2' })
    const pages = toPages(paragraphs, index % 3 === 2 ? 2 : 1, title)
    writeFileSync(join(folder, `volume-${index + 1}.pdf`), writePdf({ title, pages: [{ content: cover }, ...pages] }))
  }
}
