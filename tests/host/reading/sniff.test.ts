import { describe, expect, test } from 'vitest'
import { kindOf, ReadingProblem, readableEndings } from '../../../host/reading/index.ts'
import { bookParts, bytesOf, slideParts, slideShape, wordParagraph, wordParts, zipOf } from './files.ts'

const headLength = 4_096
const kind = (fileName: string, file: Uint8Array | string): string => {
  const bytes = typeof file === 'string' ? bytesOf(file) : file
  try {
    return kindOf(fileName, bytes.subarray(0, headLength), bytes.length)
  } catch (error) {
    if (error instanceof ReadingProblem) return error.code
    throw error
  }
}
const ofBytes = (...bytes: readonly number[]): Uint8Array =>
  Uint8Array.from([...bytes, ...new Array<number>(64).fill(0)])
const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1')

const word = zipOf(wordParts(wordParagraph('Say no.')))
const slides = zipOf(slideParts([{ shapes: slideShape('title', 'Say no') }]))
const book = zipOf(bookParts(['<p>Say no.</p>']))
const pdf = latin('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj')
const compound = ofBytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)

describe('a file is known by what it begins with, then by its name', () => {
  test.each([
    ['notes.pdf', pdf, 'pdf'],
    ['notes.txt', pdf, 'pdf'],
    ['no ending', pdf, 'pdf'],
    ['with junk before.pdf', Buffer.concat([latin('\r\n\u0000junk'), pdf]), 'pdf'],
    ['notes.docx', word, 'docx'],
    ['NOTES.DOCX', word, 'docx'],
    ['notes.docm', word, 'docx'],
    ['slides.pptx', slides, 'pptx'],
    ['book.epub', book, 'epub'],
    ['book.zip', book, 'epub'],
    ['page.html', '<!doctype html><p>Say no.</p>', 'html'],
    ['page.htm', 'Say no.', 'html'],
    ['page.txt', '  <!DOCTYPE html><html><p>Say no.</p>', 'html'],
    ['notes.md', '# Say no', 'markdown'],
    ['notes.txt', 'Say no. A file beginning with %PDF- is a PDF.', 'text'],
    ['notes', 'Say no.', 'text'],
    ['notes.txt', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Say no.', 'utf16le')]), 'text'],
    ['talk.vtt', 'WEBVTT\n\n00:01.000 --> 00:02.000\nHello', 'captions'],
    ['talk.txt', '\u{feff}WEBVTT\n\n00:01.000 --> 00:02.000\nHello', 'captions'],
    ['talk.srt', '1\n00:00:01,000 --> 00:00:02,000\nHello', 'captions'],
    ['talk.mp3', latin('ID3\u0004\u0000'), 'audio'],
    ['talk.mp3', ofBytes(0xff, 0xfb, 0x90), 'audio'],
    ['talk.m4a', latin('\u0000\u0000\u0000 ftypM4A \u0000'), 'audio'],
    ['talk.wav', latin('RIFF\u0001\u0001\u0000\u0000WAVEfmt '), 'audio'],
    ['talk.ogg', latin('OggS\u0000'), 'audio'],
    ['talk.flac', latin('fLaC\u0000'), 'audio'],
    ['talk.mp4', latin('\u0000\u0000\u0000 ftypisom\u0000'), 'video'],
    ['talk.mov', latin('\u0000\u0000\u0000\u0014ftypqt  \u0000'), 'video'],
    ['talk.webm', ofBytes(0x1a, 0x45, 0xdf, 0xa3), 'video'],
    ['境界線.txt', '学会说不。', 'text'],
    ['حدود.md', '# لا', 'markdown'],
    ['границы 👋.PDF', pdf, 'pdf'],
    ['../../etc/passwd.txt', 'Say no.', 'text'],
  ])('%s', (fileName, file, expected) => {
    expect(kind(fileName, file)).toBe(expected)
  })
})

describe('a file that cannot be read is refused with the reason', () => {
  test.each([
    ['nothing.pdf', '', 'empty'],
    ['text.pdf', 'Say no.', 'not_that_kind'],
    ['text.docx', 'Say no.', 'not_that_kind'],
    ['picture.docx', ofBytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), 'not_that_kind'],
    ['rich.docx', '{\\rtf1\\ansi Say no.}', 'not_that_kind'],
    ['binary.txt', ofBytes(1, 2, 3), 'not_that_kind'],
    ['binary.mp3', 'Say no.', 'not_that_kind'],
    ['archive.txt', zipOf({ 'a.txt': 'Say no.' }), 'not_that_kind'],
    ['archive.zip', zipOf({ 'a.txt': 'Say no.' }), 'unknown_kind'],
    ['sheet.xlsx', zipOf({ '[Content_Types].xml': '', 'xl/workbook.xml': '' }), 'unknown_kind'],
    ['text.odt', zipOf({ mimetype: 'application/vnd.oasis.opendocument.text' }), 'unknown_kind'],
    ['text.pages', zipOf({ 'Index/Document.iwa': 'x' }), 'unknown_kind'],
    ['old.doc', compound, 'unknown_kind'],
    ['old.ppt', compound, 'unknown_kind'],
    ['rich.rtf', '{\\rtf1\\ansi Say no.}', 'unknown_kind'],
    ['archive.7z', ofBytes(0x37, 0x7a, 0xbc, 0xaf), 'unknown_kind'],
    ['archive.tar', 'name\u0000\u0000', 'unknown_kind'],
    ['picture.png', ofBytes(0x89, 0x50, 0x4e, 0x47), 'unknown_kind'],
    ['program.exe', latin('MZ\u0090\u0000'), 'unknown_kind'],
    ['no ending', ofBytes(1, 0, 3), 'unknown_kind'],
    ['script.js', 'alert(1)', 'unknown_kind'],
  ])('%s', (fileName, file, expected) => {
    expect(kind(fileName, file)).toBe(expected)
  })

  test('a kind that is not read is told with the kinds that are', () => {
    expect(new ReadingProblem('unknown_kind').message).toMatch(/PDF, Word .* and add that\.$/)
  })

  test('a Word file in an old container may have a password, which only the whole file tells', () => {
    expect(kind('locked.docx', compound)).toBe('docx')
    expect(kind('locked.pptx', compound)).toBe('pptx')
  })
})

test('a watched folder takes notice of every kind that is read', () => {
  for (const ending of ['.pdf', '.docx', '.pptx', '.epub', '.html', '.md', '.txt', '.vtt', '.srt', '.mp3', '.mp4']) {
    expect(readableEndings).toContain(ending)
  }
})
