import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ReadDocument, ReadingProblem } from '../../../host/reading/index.ts'
import {
  bookParts,
  bytesOf,
  inShort,
  problemOf,
  read,
  slideParts,
  slideShape,
  wordParagraph,
  wordParts,
  zipOf,
} from './files.ts'

const mebibyte = 1024 * 1024
const partsOf = {
  docx: wordParts(wordParagraph('Say no.')),
  pptx: slideParts([{ shapes: slideShape('title', 'Say no') }]),
  epub: bookParts(['<p>Say no.</p>']),
}

describe('markup made to harm', () => {
  const laughs = `<!DOCTYPE lolz [<!ENTITY a "ha">${'bcdefghij'.replace(/./g, (letter) => {
    const before = String.fromCharCode(letter.charCodeAt(0) - 1)
    return `<!ENTITY ${letter} "${`&${before};`.repeat(10)}">`
  })}<!ENTITY file SYSTEM "file:///etc/hostname">]>`

  test('entities that a Word document declares are never spelled out', async () => {
    const body = (partsOf.docx['word/document.xml'] ?? '').replace(
      '<?xml version="1.0"?>',
      `<?xml version="1.0"?>${laughs}`,
    )
    const file = zipOf({ ...partsOf.docx, 'word/document.xml': body.replace('Say no.', '&j; &file;') })
    expect(await problemOf(read('docx', file))).toBe('damaged')
  })

  test('entities that slides, books and pages declare stay as they are written', async () => {
    const slide = (partsOf.pptx['ppt/slides/slide1.xml'] ?? '').replace('<?xml version="1.0"?>', laughs)
    const chapter = (partsOf.epub['OEBPS/text/chapter 1.xhtml'] ?? '').replace('<!DOCTYPE html>', laughs)
    const files = [
      await read(
        'pptx',
        zipOf({ ...partsOf.pptx, 'ppt/slides/slide1.xml': slide.replace('Say no', 'Say no &j; &file;') }),
      ),
      await read(
        'epub',
        zipOf({ ...partsOf.epub, 'OEBPS/text/chapter 1.xhtml': chapter.replace('Say no.', 'Say no &j; &file;') }),
      ),
      await read('html', `${laughs}<p>Say no &j; &file;</p>`),
    ]
    for (const document of files) {
      const text = document.blocks.map((block) => block.text).join(' ')
      expect(text).toContain('Say no &j; &file;')
      expect(text).not.toContain('haha')
    }
  })

  test('a page of five thousand nested boxes is read, one of a hundred thousand is damaged', async () => {
    const page = (depth: number): string => `${'<div>'.repeat(depth)}Say no.${'</div>'.repeat(depth)}`
    expect(inShort(await read('html', page(5_000)))).toEqual([['paragraph', 'Say no.']])
    expect(await problemOf(read('html', page(100_000)))).toBe('damaged')
    const chapter = zipOf(bookParts([page(100_000)]))
    expect(await problemOf(read('epub', chapter))).toBe('damaged')
  })

  test('a page of a hundred thousand boxes beside each other is read', async () => {
    const { blocks } = await read('html', '<div>Say no.</div>'.repeat(100_000))
    expect(blocks.length).toBe(100_000)
  })

  test('lists and tables nested thousands deep are read', async () => {
    const lists = await read('html', `${'<ul><li>'.repeat(5_000)}Say no.`)
    expect(inShort(lists)).toEqual([['list', '• Say no.']])
    const tables = await read('html', `${'<table><tr><td>'.repeat(5_000)}Say no.`)
    expect(inShort(tables)).toEqual([['paragraph', 'Say no.']])
  })

  test('a Word document nested deeper than any stack has a clear word', async () => {
    const body = `${'<w:p><w:r>'.repeat(20_000)}<w:t>Say no.</w:t>${'</w:r></w:p>'.repeat(20_000)}`
    expect(await problemOf(read('docx', zipOf(wordParts(body))))).toBe('damaged')
  })

  test('slides nested deeper than any stack are read', async () => {
    const group = '<p:grpSp>'.repeat(20_000) + slideShape('title', 'Say no') + '</p:grpSp>'.repeat(20_000)
    expect(inShort(await read('pptx', zipOf(slideParts([{ shapes: group }]))))).toEqual([['h1', 'Say no']])
  })

  test('Markdown with quotes nested thousands deep is read as text', async () => {
    const document = await read('markdown', `${'>'.repeat(20_000)} Say no.`)
    expect(document.blocks.at(-1)?.text).toContain('Say no.')
  })

  test('broken markup is read as far as it makes sense', async () => {
    expect(inShort(await read('html', '<h1>Say no<p>and mean it</b></i> <td>so'))).toEqual([
      ['h1', 'Say no'],
      ['paragraph', 'and mean it'],
      ['paragraph', 'so'],
    ])
  })
})

describe('text without end', { timeout: 120_000 }, () => {
  test.each(['text', 'markdown', 'html'] as const)('fifty megabytes of %s are read to the last word', async (kind) => {
    const paragraph = `${'Say no, and mean it. '.repeat(50)}\n\n`
    const file = bytesOf(
      `${kind === 'html' ? '<pre>' : ''}${paragraph.repeat(Math.ceil((50 * mebibyte) / paragraph.length))}The end.`,
    )
    expect(file.length).toBeGreaterThan(50 * mebibyte)
    const { blocks } = await read(kind, file)
    expect(blocks.at(-1)?.text.slice(-8)).toBe('The end.')
  })

  test('one line of fifty megabytes is read', async () => {
    const { blocks } = await read('text', `${'Say no. '.repeat(7 * mebibyte)}The end.`)
    expect(blocks.length).toBe(1)
    expect(blocks[0]?.text.length).toBeGreaterThan(50 * mebibyte)
  })

  test('text without end in captions is read', async () => {
    const cue = (index: number): string => `${index}\n00:00:01,000 --> 00:00:02,000\nSay no ${index} times.\n\n`
    const { blocks } = await read('captions', Array.from({ length: 100_000 }, (_, index) => cue(index)).join(''))
    expect(blocks.length).toBeGreaterThan(100)
  })
})

describe('anything whatever', { timeout: 120_000 }, () => {
  const snippets = [
    '<p>',
    '</p>',
    '<table><tr><td>',
    '</table>',
    '<li>',
    '<ul>',
    '<h2>',
    '<br>',
    '&amp;',
    '<!--',
    '-->',
    '# ',
    '- ',
    '> ',
    '|a|b|\n|-|-|\n',
    '```',
    '\n\n',
    '\r\n',
    '00:01.000 --> 00:02.000\n',
    'WEBVTT\n\n',
    '<v Maya>',
    'Maya: ',
    'Say no.',
    '\ud800',
    '\u202e',
  ]
  const anyText = fc.array(fc.oneof(fc.constantFrom(...snippets), fc.string({ unit: 'binary', maxLength: 12 })), {
    maxLength: 40,
  })

  test.each(['html', 'markdown', 'text', 'captions'] as const)(
    'as %s is read soundly or refused with a reason',
    async (kind) => {
      await fc.assert(
        fc.asyncProperty(anyText, async (parts) => {
          const document = await read(kind, parts.join('')).catch((error: unknown) => error)
          if (document instanceof ReadingProblem) {
            expect(document.code).toMatch(/^(?:empty|no_text|not_that_kind)$/)
            return
          }
          const { blocks } = document as ReadDocument
          expect(blocks.length).toBeGreaterThan(0)
          for (const { kind: blockKind, level, text } of blocks) {
            expect(text).toBe(text.trim())
            expect(text).not.toBe('')
            expect(text.isWellFormed()).toBe(true)
            expect(text).not.toMatch(/[^\n\P{Cc}]/u)
            expect(blockKind === 'heading' ? level >= 1 && level <= 6 : level === 0).toBe(true)
          }
        }),
        { seed: 42, numRuns: 300 },
      )
    },
  )
})

describe('text that is none', () => {
  test.each(['text', 'markdown', 'html', 'captions'] as const)('a file with NUL bytes is no %s', async (kind) => {
    expect(await problemOf(read(kind, Buffer.concat([bytesOf('Say no. '.repeat(2_000)), Buffer.alloc(3)])))).toBe(
      'not_that_kind',
    )
  })

  test.each(['text', 'markdown', 'html'] as const)('white space alone is no text in %s', async (kind) => {
    expect(await problemOf(read(kind, ' \r\n\t\u00a0\u200b\n'))).toBe('no_text')
  })

  test('recordings are read by a service', async () => {
    expect(await problemOf(read('audio', 'ID3'))).toBe('no_transcription')
    expect(await problemOf(read('video', 'ftyp'))).toBe('no_transcription')
  })
})
