import { expect, it } from 'vitest'
import type { Block, ReadDocument } from '../../../host/reading/document.ts'
import { readPdf } from '../../../host/reading/pdf/index.ts'
import {
  breakLines,
  type PdfPageSpec,
  type PdfSpec,
  pageHeight,
  show,
  showArabic,
  showLines,
  showParagraph,
  textWidth,
  writePdf,
} from '../../fixtures/pdf.ts'

const read = (spec: PdfSpec): Promise<ReadDocument> =>
  readPdf(writePdf(spec), {
    fileName: 'notes.pdf',
    maxPages: 100,
    maxUnpackedBytes: 1e9,
    ocrLanguages: [],
    onProgress: () => undefined,
  })

const texts = ({ blocks }: ReadDocument, kind?: Block['kind']): string[] =>
  blocks.filter((block) => kind === undefined || block.kind === kind).map(({ text }) => text)

const left =
  'Listening is the larger part of the work. A coach who waits a little longer than is comfortable often hears the sentence that matters, and the client hears it too.'
const right =
  'Questions come second. They are short, they are open, and they ask for one thing at a time, so that the person across the table can answer without sorting the question first.'
const full =
  'This paragraph runs over the whole width of the page and stands above both columns, so that it has to be read before either of them begins, whatever the order in which it was drawn.'

const twoColumns = (first: string, second: string, y: number): string =>
  showParagraph(first, { x: 60, y, width: 225, isJustified: true }) +
  showParagraph(second, { x: 305, y: y - 4, width: 225, isJustified: true })

it('two columns are read one after the other, and what runs over both of them before', async () => {
  const heading = show('Notes on listening', { x: 60, y: 780, size: 20, font: 'F2' })
  const above = showParagraph(full, { x: 60, y: 740, width: 470 })
  const content = twoColumns(`${left} ${left}`, `${right} ${right}`, 660) + heading + above
  const document = await read({ pages: [{ content }] })
  expect(texts(document)).toEqual(['Notes on listening', full, `${left} ${left}`, `${right} ${right}`])
})

it('columns drawn line by line across the page are still read one after the other', async () => {
  const width = 225
  const lines = [left, right].map((text) => breakLines(`${text} ${text}`, width, 11))
  const content = Array.from({ length: Math.max(...lines.map((own) => own.length)) }, (_, index) =>
    lines
      .map((own, column) => show(own[index] ?? ' ', { x: 60 + column * 245, y: 700 - index * 14, size: 11 }))
      .join(''),
  ).join('')
  expect(texts(await read({ pages: [{ content }] }))).toEqual([`${left} ${left}`, `${right} ${right}`])
})

it('a table keeps its rows together', async () => {
  const rows = [
    ['Week', 'Exercise', 'Minutes'],
    ['1', 'Morning walk', '20'],
    ['2', 'Breathing', '10'],
    ['3', 'Evening list', '5'],
  ]
  const content = rows
    .map((row, index) => row.map((cell, column) => show(cell, { x: 60 + column * 150, y: 700 - index * 16 })).join(''))
    .join('')
  const document = await read({ pages: [{ content }] })
  expect(document.blocks).toMatchObject([
    {
      kind: 'table',
      text: 'Week | Exercise | Minutes\n1 | Morning walk | 20\n2 | Breathing | 10\n3 | Evening list | 5',
    },
  ])
})

it('words that a line end cuts are whole again, and real hyphens stay', async () => {
  const lines = [
    'Some clients speak of confi-',
    'dence when they mean self-',
    'esteem. Confidence is what others see; self-esteem is',
    'felt. In the short- and',
    'long-term view both matter in a well-',
    'known way, says the Anglo-',
    'American literature of 2019-',
    '2020.',
  ]
  const document = await read({ pages: [{ content: showLines(lines, { x: 60, y: 700, width: 400 }) }] })
  expect(texts(document).join(' ')).toBe(
    'Some clients speak of confidence when they mean self-esteem. Confidence is what others see; self-esteem is felt. ' +
      'In the short- and long-term view both matter in a well-known way, says the Anglo-American literature of 2019-2020.',
  )
})

it('words cut by hyphens that the file stores as soft ones are whole again', async () => {
  const lines = [
    'Listening is the larger part of the work we do, and the client hears it when the coach re-',
    'members what was said the week before. A coach who waits a little longer than is comfort-',
    'able often hears the sentence that matters, and the client hears it as well. Nothing else is',
    'as hard to learn, and nothing else is worth as much in the end, as those who have been do-',
    'ing it for years will say when they are asked over coffee, and they are right about that too',
    'because it is so.',
  ]
  const column = { x: 60, width: 450, font: 'F3', isJustified: true } as const
  const plain = `${left} ${right} ${left} ${right}`
  const content = showLines(lines, { ...column, y: 700 }) + showParagraph(plain, { ...column, y: 580 })
  const whole = lines.join(' ').replaceAll('- ', '')
  expect(texts(await read({ pages: [{ content }] }))).toEqual([whole, plain])
})

it('ligatures are spelled out, and letters set apart read as words', async () => {
  const wide = `8 Tc ${show('LISTENING TO', { x: 60, y: 720 })}`
  const narrow = `2.5 Tc ${show('coaching', { x: 60, y: 640 })}`
  const set = `0 Tc ${show('de!ne and a #ag', { x: 60, y: 680, font: 'F3' })}`
  const document = await read({ pages: [{ content: wide + narrow + set }] })
  expect(texts(document)).toEqual(['LISTENING TO', 'define and a flag', 'coaching'])
})

const body = (page: number): string =>
  `On day ${page} the diary says more about sleep than about work. ${left} It was written on the evening of day ${page}, after the walk.`

const diaryPage = (page: number, header: string): PdfPageSpec => ({
  content:
    show(header, { x: 60, y: 805, size: 9 }) +
    show(`Page ${page} of 5`, { x: 270, y: 30, size: 9 }) +
    showParagraph(body(page), { x: 60, y: 740, width: 450 }),
})

it('running headers, footers and page numbers are left out', async () => {
  const pages = [1, 2, 3, 4, 5].map((page) =>
    diaryPage(page, page % 2 ? `${page} | A sleep diary` : `Dr. Ada Stone | ${page}`),
  )
  const document = await read({
    pages: pages.map((page, index) => (index < 4 ? page : diaryPage(5, '5 | A sleep diary'))),
  })
  expect(texts(document)).toEqual([1, 2, 3, 4, 5].map(body))
  expect(document.blocks.map(({ page }) => page)).toEqual([1, 2, 3, 4, 5])
})

it('numbered headings at the same place on each page are kept', async () => {
  const pages = [4, 7, 9].map((number) => ({
    content:
      show(`Exercise ${number}`, { x: 60, y: 790, size: 18, font: 'F2' }) +
      showParagraph(body(number), { x: 60, y: 740, width: 450 }),
  }))
  expect(texts(await read({ pages }), 'heading')).toEqual(['Exercise 4', 'Exercise 7', 'Exercise 9'])
})

it('copies of one sheet are not taken for headers', async () => {
  const sheet = { content: showParagraph(left, { x: 60, y: 800, width: 450 }) }
  expect(texts(await read({ pages: [sheet, sheet, sheet] }))).toEqual([left, left, left])
})

it('a paragraph that goes on over the page is one, and begins where it begins', async () => {
  const lines = breakLines(`${left} ${right} ${left}`, 450, 11)
  const page = (own: readonly string[], number: number): PdfPageSpec => ({
    content:
      showLines(own, { x: 60, y: 740, width: 450 }) +
      show(`${number}`, { x: 290, y: 40, size: 9 }) +
      show('A note at the foot of the page, in small print.', { x: 60, y: 80, size: 8 }),
  })
  const cut = lines.findIndex((line, index) => index > 0 && /\p{Ll}$/u.test(line)) + 1
  const document = await read({ pages: [page(lines.slice(0, cut), 1), page(lines.slice(cut), 2)] })
  const paragraphs = document.blocks.filter(({ text }) => !text.startsWith('A note'))
  expect(paragraphs).toMatchObject([{ page: 1, text: `${left} ${right} ${left}` }])
})

it('two paragraphs on two pages stay two', async () => {
  const page = (text: string) => ({ content: showParagraph(text, { x: 60, y: 740, width: 450 }) })
  expect(texts(await read({ pages: [page(left), page(right)] }))).toEqual([left, right])
})

it('paragraphs end at an indent, at a gap, and where a line stops short', async () => {
  const first = showParagraph(left, { x: 60, y: 780, width: 300 })
  const height = 1.25 * 11
  const firstLines = breakLines(left, 300, 11).length
  const indented = showParagraph(right, { x: 60, y: 780 - firstLines * height, width: 300, indent: 14 })
  const secondLines = breakLines(right, 300, 11, 14).length
  const apart = showParagraph(full, { x: 60, y: 780 - (firstLines + secondLines + 1) * height, width: 300 })
  expect(texts(await read({ pages: [{ content: first + indented + apart }] }))).toEqual([left, right, full])
})

it('headings get their levels from size, weight and outline', async () => {
  const content = [
    show('A year of practice', { x: 60, y: 790, size: 24, font: 'F2' }),
    show('1 Beginning', { x: 60, y: 750, size: 16, font: 'F2' }),
    showParagraph(left, { x: 60, y: 725, width: 450 }),
    show('1.1 The first session', { x: 60, y: 660, size: 13, font: 'F2' }),
    showParagraph(right, { x: 60, y: 640, width: 450 }),
    show('2 Ending', { x: 60, y: 570, size: 16, font: 'F2' }),
    showParagraph(full, { x: 60, y: 545, width: 450 }),
    show('what remains', { x: 60, y: 480 }),
    showParagraph(left, { x: 60, y: 455, width: 450 }),
  ].join('')
  const document = await read({ pages: [{ content }], outline: ['What remains'] })
  const headings = document.blocks.filter(({ kind }) => kind === 'heading')
  expect(headings).toMatchObject([
    { text: 'A year of practice', level: 1 },
    { text: '1 Beginning', level: 2 },
    { text: '1.1 The first session', level: 3 },
    { text: '2 Ending', level: 2 },
    { text: 'what remains' },
  ])
  expect(document.title).toBe('A year of practice')
})

it('lists keep their items by line', async () => {
  const items = ['• breathe before the call', '• write down three good things', '• walk for twenty minutes']
  const numbered = ['1. name the fear', '2. ask what it wants', '3. thank it']
  const content =
    items.map((item, index) => show(item, { x: 72, y: 700 - index * 15 })).join('') +
    showParagraph(left, { x: 60, y: 620, width: 450 }) +
    numbered.map((item, index) => show(item, { x: 72, y: 540 - index * 15 })).join('')
  const document = await read({ pages: [{ content: content.replaceAll('•', '\x95') }] })
  expect(texts(document, 'list')).toEqual([items.join('\n'), numbered.join('\n')])
})

it('Arabic is read from the right, with Latin words and numbers the right way round', async () => {
  const content =
    showArabic('مرحبا', { x: 400, y: 700 }) +
    show('Anna 42', { x: 340, y: 700, size: 14 }) +
    showArabic('سلام', { x: 290, y: 700 })
  const document = await read({ pages: [{ content }] })
  expect(texts(document)).toEqual(['مرحبا Anna 42 سلام'])
})

it('text turned on its side is read, on a turned page and on an upright one', async () => {
  const line = (text: string, x: number) => `BT /F1 11 Tf 0 1 -1 0 ${x} 100 Tm (${text}) Tj ET\n`
  const lines = breakLines(left, 500, 11)
  const turned = lines.map((text, index) => line(text, 100 + index * 14)).join('')
  expect(texts(await read({ pages: [{ content: turned, rotate: 90 }] }))).toEqual([left])
  const upright = showParagraph(right, { x: 150, y: 700, width: 400 }) + line('on the side', 40)
  expect(texts(await read({ pages: [{ content: upright }] }))).toEqual([right, 'on the side'])
})

it('form fields and comments are read after the page they belong to', async () => {
  const field = (name: string, value: string) =>
    `<< /Type /Annot /Subtype /Widget /FT /Tx /T (${name}) /V (${value}) /Rect [60 500 300 520] /F 4 >>`
  const annotations = [
    field('First name', 'Anna'),
    field('Empty', ''),
    '<< /Type /Annot /Subtype /Text /Contents (Ask about this next time) /Rect [10 10 20 20] /F 4 >>',
    '<< /Type /Annot /Subtype /Text /Contents (not shown) /Rect [10 10 20 20] /F 2 >>',
    '<< /Type /Annot /Subtype /Link /Contents (a link) /Rect [10 10 20 20] >>',
  ]
  const first = { content: showParagraph(left, { x: 60, y: 740, width: 450 }), annotations }
  const document = await read({ pages: [first, { content: showParagraph(right, { x: 60, y: 740, width: 450 }) }] })
  expect(document.blocks).toMatchObject([
    { text: left, page: 1 },
    { kind: 'list', text: 'First name: Anna', page: 1 },
    { kind: 'notes', text: 'Ask about this next time', page: 1 },
    { text: right, page: 2 },
  ])
})

it('page labels are kept where they differ from the numbers', async () => {
  const page = { content: show('Text', { x: 60, y: 600 }) }
  const labelled = '/PageLabels << /Nums [0 << /S /r >> 2 << /S /D >>] >>'
  const pages = [page, { content: show('More', { x: 60, y: 500 }) }, { content: show('Again', { x: 60, y: 400 }) }]
  expect((await read({ pages, catalog: labelled })).pageLabels).toEqual(['i', 'ii', '1'])
  expect((await read({ pages })).pageLabels).toBeNull()
})

it("a file's own title counts only where a person wrote it", async () => {
  const heading = show('Letters to a young coach', { x: 60, y: 760, size: 22, font: 'F2' })
  const pages = [{ content: heading + showParagraph(left, { x: 60, y: 700, width: 450 }) }]
  expect((await read({ pages, title: 'Letters, second edition' })).title).toBe('Letters, second edition')
  for (const title of ['Microsoft Word - letters.doc', 'letters_final_2', 'letters.pdf', 'untitled', '']) {
    expect((await read({ pages, title })).title).toBe('Letters to a young coach')
  }
})

it('a watermark across every page is not part of the text', async () => {
  const mark = 'BT /F2 60 Tf 0.707 0.707 -0.707 0.707 150 250 Tm (CONFIDENTIAL) Tj ET\n'
  const pages = [left, right, full].map((text) => ({
    content: mark + showParagraph(text, { x: 60, y: 740, width: 450 }),
  }))
  expect(texts(await read({ pages }))).toEqual([left, right, full])
})

it('a drop cap joins the word it begins', async () => {
  const size = 11
  const start = 60 + textWidth('L', 40) + 3
  const lines = breakLines(left.slice(1), 300, size)
  const content =
    show('L', { x: 60, y: pageHeight - 130, size: 40 }) +
    lines
      .map((line, index) => show(line, { x: index < 3 ? start : 60, y: pageHeight - 102 - index * 14, size }))
      .join('')
  expect(texts(await read({ pages: [{ content }] }))).toEqual([left])
})
