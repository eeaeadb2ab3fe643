import { createRequire } from 'node:module'
import { createCanvas, GlobalFonts } from '@napi-rs/canvas'
import { expect, it } from 'vitest'
import type { ReadDocument } from '../../../host/reading/document.ts'
import { readPdf } from '../../../host/reading/pdf/index.ts'
import { ReadingProblem } from '../../../host/reading/problem.ts'
import { type PdfPageSpec, type PdfSpec, showParagraph, writePdf } from '../../fixtures/pdf.ts'

const read = (spec: PdfSpec, ocrLanguages: readonly string[]): Promise<ReadDocument> =>
  readPdf(writePdf(spec), {
    fileName: 'scan.pdf',
    maxPages: 100,
    maxUnpackedBytes: 1e9,
    ocrLanguages,
    onProgress: () => undefined,
  })

// A machine need not have fonts of its own.
const font = createRequire(import.meta.url).resolve('pdfjs-dist/standard_fonts/LiberationSans-Regular.ttf')
GlobalFonts.registerFromPath(font, 'Scan')

const width = 1240
const height = 1754

const scan = (paragraphs: readonly (readonly string[])[]): PdfPageSpec => {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = 'white'
  context.fillRect(0, 0, width, height)
  context.fillStyle = 'black'
  context.font = '34px Scan'
  let y = 200
  for (const lines of paragraphs) {
    for (const line of lines) {
      context.fillText(line, 140, y)
      y += 50
    }
    y += 90
  }
  return { content: '', picture: { jpeg: canvas.toBuffer('image/jpeg', 85), width, height } }
}

const words = 'The first page was written on a computer, so that nothing on it has to be guessed.'
const typed: PdfPageSpec = { content: showParagraph(words, { x: 60, y: 700, width: 400 }) }

const english = scan([
  ['Listening is the larger part of the work, and', 'it takes longer than the questions that fol-', 'low it.'],
  ['Questions come second and stay short.'],
])

it('pages that are pictures are read, paragraph by paragraph, and the coach is told which', async () => {
  const document = await read({ pages: [typed, english, { content: '' }, english] }, ['eng'])
  const paragraphs = [
    'Listening is the larger part of the work, and it takes longer than the questions that follow it.',
    'Questions come second and stay short.',
  ]
  expect(document.blocks.map(({ page, text }) => [page, text])).toEqual([
    [1, words],
    ...paragraphs.map((text) => [2, text]),
    ...paragraphs.map((text) => [4, text]),
  ])
  expect(document.notes).toEqual(['Pages 2 and 4 were read from pictures.'])
}, 120_000)

it('pictures are read in several languages at once', async () => {
  const german = scan([['Die Übung hilft vielen Müttern am Abend,', 'größere Sorgen für später aufzuschreiben.']])
  const document = await read({ pages: [german] }, ['eng', 'deu'])
  expect(document.blocks.map(({ text }) => text)).toEqual([
    'Die Übung hilft vielen Müttern am Abend, größere Sorgen für später aufzuschreiben.',
  ])
}, 120_000)

it('without a language, or with one there is no data for, the coach is told which pages are pictures', async () => {
  for (const languages of [[], ['tlh']]) {
    const document = await read({ pages: [typed, english] }, languages)
    expect(document.blocks.map(({ text }) => text)).toEqual([words])
    expect(document.notes).toEqual(['Page 2 is a picture without text.'])
  }
})

it('a document of pictures that cannot be read has no text', async () => {
  const problem = await read({ pages: [english] }, []).catch((error: unknown) => error)
  expect(problem).toBeInstanceOf(ReadingProblem)
  expect(problem).toMatchObject({ code: 'no_text' })
})
