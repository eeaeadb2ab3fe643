import { describe, expect, test } from 'vitest'
import { inShort, problemOf, read, slideParts, slideShape, wordParagraph, wordParts, zipOf } from './files.ts'

const wordFile = (body: string, title = '', more: Record<string, string> = {}): Uint8Array =>
  zipOf({ ...wordParts(body, title), ...more })
const item = (text: string): string =>
  `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`
const wordTable = (...rows: readonly (readonly string[])[]): string =>
  `<w:tbl>${rows.map((cells) => `<w:tr>${cells.map((cell) => `<w:tc>${wordParagraph(cell)}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`

describe('a Word document', () => {
  test('is read with its headings, lists and tables, whatever the language of its styles', async () => {
    const body = [
      wordParagraph('Setting limits', 'Title'),
      wordParagraph('Saying no', 'berschrift1'),
      wordParagraph('A no to one thing is a yes to another.'),
      item('Breathe'),
      item('Say it'),
      wordParagraph('At work', 'Heading2'),
      wordTable(['When', 'What'], ['Monday', 'No meetings']),
    ].join('')
    const document = await read('docx', wordFile(body))
    expect(inShort(document)).toEqual([
      ['h1', 'Setting limits'],
      ['h1', 'Saying no'],
      ['paragraph', 'A no to one thing is a yes to another.'],
      ['list', '• Breathe\n• Say it'],
      ['h2', 'At work'],
      ['table', 'When | What\nMonday | No meetings'],
    ])
    expect(document).toMatchObject({ kind: 'docx', title: 'Setting limits', pages: null, notes: [] })
  })

  test('takes its title from its properties, unless a program made it up', async () => {
    const body = wordParagraph('Saying no', 'berschrift1') + wordParagraph('Say it.')
    expect((await read('docx', wordFile(body, 'The art of no'))).title).toBe('The art of no')
    expect((await read('docx', wordFile(body, 'Microsoft Word - draft3.docx'))).title).toBe('Saying no')
    expect((await read('docx', wordFile(wordParagraph('Say it.'), 'Document1'))).title).toBeNull()
  })

  test('keeps footnotes and leaves out the table of contents, struck words and pictures', async () => {
    const body = [
      wordParagraph('Saying no ..... 3', 'TOC1'),
      '<w:p><w:r><w:t>Say no</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:del><w:r><w:delText>, maybe</w:delText></w:r></w:del><w:ins><w:r><w:t>, kindly.</w:t></w:r></w:ins></w:p>',
    ].join('')
    const texts = inShort(await read('docx', wordFile(body))).map(([, text]) => text)
    expect(texts[0]).toBe('Say no[1], kindly.')
    expect(texts[1]).toBe('1. A note at the foot.')
    expect(texts.join(' ')).not.toMatch(/maybe|\.\.\. 3/)
  })

  test('reads words in any script and without what a person cannot see', async () => {
    const body =
      wordParagraph('境界線 – границы – حدود 👋') +
      wordParagraph('e\u00adven\u200b a \ufb01ne\u00a0day \u{e0049}\u{e0067}')
    expect(inShort(await read('docx', wordFile(body)))).toEqual([
      ['paragraph', '境界線 – границы – حدود 👋'],
      ['paragraph', 'even a fine day'],
    ])
  })

  test('whose text is no sound XML is damaged', async () => {
    const file = zipOf({ ...wordParts(''), 'word/document.xml': '<w:document><w:body>Say no' })
    expect(await problemOf(read('docx', file))).toBe('damaged')
  })
})

describe('a presentation', () => {
  const file = (...slides: Parameters<typeof slideParts>[0]): Uint8Array => zipOf(slideParts(slides))

  test('is read in the order in which it is shown, with titles first and notes by themselves', async () => {
    const document = await read(
      'pptx',
      file(
        { shapes: slideShape('body', 'By Maya') + slideShape('ctrTitle', 'Saying no') },
        { shapes: slideShape('title', 'Why') + slideShape('', 'Time', 'Money'), notes: 'Pause here.\nAsk them.' },
        {
          shapes:
            slideShape('title', 'How') +
            slideShape(null, 'Kindly.') +
            slideShape('sldNum', '3') +
            slideShape('ftr', 'Acme'),
        },
      ),
    )
    expect(document.blocks.map(({ kind, text, page }) => [page, kind, text])).toEqual([
      [1, 'heading', 'Saying no'],
      [1, 'paragraph', 'By Maya'],
      [2, 'heading', 'Why'],
      [2, 'list', '• Time\n• Money'],
      [2, 'notes', 'Pause here.\nAsk them.'],
      [3, 'heading', 'How'],
      [3, 'paragraph', 'Kindly.'],
    ])
    expect(document).toMatchObject({ kind: 'pptx', title: 'Saying no', pages: 3, pageLabels: null })
  })

  test('keeps tables by row, groups, and words broken over runs and lines', async () => {
    const cell = (text: string): string => `<a:tc><a:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></a:txBody></a:tc>`
    const table = `<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr>${cell('When')}${cell('What')}</a:tr><a:tr>${cell('Monday')}${cell('')}</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`
    const broken =
      '<p:sp><p:txBody><a:p><a:r><a:t>Say</a:t></a:r><a:br/><a:r><a:t>no, un</a:t></a:r><a:r><a:t>less</a:t></a:r></a:p></p:txBody></p:sp>'
    expect(inShort(await read('pptx', file({ shapes: `<p:grpSp>${broken}</p:grpSp>${table}` })))).toEqual([
      ['paragraph', 'Say no, unless'],
      ['table', 'When | What\nMonday |'],
    ])
  })

  test('tells which slides are pictures', async () => {
    const words = { shapes: slideShape('title', 'Saying no') }
    const picture = { shapes: '', hasPicture: true }
    expect((await read('pptx', file(words, picture))).notes).toEqual(['Slide 2 is a picture without text.'])
    expect((await read('pptx', file(words, picture, picture, words, picture))).notes).toEqual([
      'Slides 2, 3 and 5 are pictures without text.',
    ])
  })

  test('of more slides than are read says so', async () => {
    const slides = Array.from({ length: 5 }, () => ({ shapes: slideShape('title', 'Saying no') }))
    expect(await problemOf(read('pptx', file(...slides), { maxPages: 4 }))).toBe('too_many_pages')
  })

  test('tells how far it is', async () => {
    const told: [number, number][] = []
    const slide = { shapes: slideShape('title', 'Saying no') }
    await read('pptx', file(slide, slide), { onProgress: (done, total) => told.push([done, total]) })
    expect(told).toEqual([
      [1, 2],
      [2, 2],
    ])
  })
})
