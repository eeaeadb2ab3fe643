import { crc32, deflateRawSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { expect } from 'vitest'
import type { ReadDocument, ReadingOptions } from '../../../host/reading/index.ts'
import { ReadingProblem } from '../../../host/reading/index.ts'
import { readDocument } from '../../../host/reading/readers.ts'
import type { DocumentKind, ReadingProblemCode } from '../../../shared/taxonomy/library.ts'

export const options = (more: Partial<ReadingOptions> = {}): ReadingOptions => ({
  fileName: 'file',
  maxPages: 1_000,
  maxUnpackedBytes: 64 * 1024 * 1024,
  ocrLanguages: [],
  onProgress: () => undefined,
  ...more,
})

export const bytesOf = (text: string): Uint8Array => strToU8(text)

/** A zip archive of these texts; the type of an e-book is not packed, as its standard asks. */
export const zipOf = (parts: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, text]) => [name, [strToU8(text), { level: name === 'mimetype' ? 0 : 6 }]]),
    ),
  )

export const read = (
  kind: DocumentKind,
  file: Uint8Array | string,
  more: Partial<ReadingOptions> = {},
): Promise<ReadDocument> => readDocument(typeof file === 'string' ? bytesOf(file) : file, kind, options(more))

/** Blocks in short: a kind (headings with their level) and the text. */
export const inShort = ({ blocks }: ReadDocument): [string, string][] =>
  blocks.map(({ kind, level, text }) => [kind === 'heading' ? `h${level}` : kind, text])

/** The problem a promise ends with, by its code; anything else that is thrown fails the test. */
export const problemOf = async (work: Promise<unknown>): Promise<ReadingProblemCode> => {
  const error = await work.then(
    () => expect.fail('It was read.'),
    (reason: unknown) => reason,
  )
  if (!(error instanceof ReadingProblem)) throw error
  expect(error.message).toMatch(/^[A-Z].*\.$/)
  return error.code
}

const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const relationTypes = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relationships = (rows: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${rows}</Relationships>`
const relation = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${relationTypes}/${type}" Target="${target}"/>`
const contentTypes = (type: string, part: string): string =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.${type}+xml"/></Types>`
const properties = (title: string): string =>
  `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${title}</dc:title></cp:coreProperties>`

/** A paragraph of a Word document in a style, such as `Heading1`. */
export const wordParagraph = (text: string, style = 'Normal'): string =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`

const style = (id: string, name: string): string =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`
const numbering = `<w:numbering xmlns:w="${word}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`

/** The parts of a Word document with this body. */
export const wordParts = (body: string, title = ''): Record<string, string> => ({
  '[Content_Types].xml': contentTypes('wordprocessingml.document.main', 'word/document.xml'),
  '_rels/.rels': relationships(relation('r1', 'officeDocument', 'word/document.xml')),
  'word/_rels/document.xml.rels': relationships(
    relation('r1', 'styles', 'styles.xml') +
      relation('r2', 'numbering', 'numbering.xml') +
      relation('r3', 'footnotes', 'footnotes.xml'),
  ),
  'word/document.xml': `<?xml version="1.0"?><w:document xmlns:w="${word}"><w:body>${body}</w:body></w:document>`,
  'word/styles.xml': `<w:styles xmlns:w="${word}">${style('Normal', 'Normal')}${style('Title', 'Title')}${style('berschrift1', 'heading 1')}${style('Heading2', 'heading 2')}${style('TOC1', 'toc 1')}</w:styles>`,
  'word/numbering.xml': numbering,
  'word/footnotes.xml': `<w:footnotes xmlns:w="${word}"><w:footnote w:id="2">${wordParagraph('A note at the foot.')}</w:footnote></w:footnotes>`,
  'docProps/core.xml': properties(title),
})

const slideSpace = `xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${relationTypes}"`

/** A text shape of a slide; `placeholder` is its type, empty for one that does not say, null for a free text box. */
export const slideShape = (placeholder: string | null, ...lines: readonly string[]): string => {
  const ph = placeholder === null ? '' : placeholder === '' ? '<p:ph idx="1"/>' : `<p:ph type="${placeholder}"/>`
  const paragraphs = lines.map((line) => `<a:p><a:r><a:t>${line}</a:t></a:r></a:p>`).join('')
  return `<p:sp><p:nvSpPr><p:nvPr>${ph}</p:nvPr></p:nvSpPr><p:txBody><a:bodyPr/>${paragraphs}</p:txBody></p:sp>`
}

export interface Slide {
  readonly shapes: string
  readonly notes?: string
  readonly hasPicture?: boolean
}

const slideFile = (shapes: string, name = 'sld'): string =>
  `<?xml version="1.0"?><p:${name} ${slideSpace}><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:${name}>`

/** The parts of a presentation; the slides' files are numbered backwards, as after much moving about. */
export const slideParts = (slides: readonly Slide[], title = ''): Record<string, string> => {
  const fileNumber = (index: number): number => slides.length - index
  const parts: Record<string, string> = {
    '[Content_Types].xml': contentTypes('presentationml.presentation.main', 'ppt/presentation.xml'),
    'ppt/presentation.xml': `<p:presentation ${slideSpace}><p:sldIdLst>${slides.map((_, index) => `<p:sldId id="${256 + index}" r:id="rId${index + 1}"/>`).join('')}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relationships(
      slides.map((_, index) => relation(`rId${index + 1}`, 'slide', `slides/slide${fileNumber(index)}.xml`)).join(''),
    ),
    'docProps/core.xml': properties(title),
  }
  for (const [index, { shapes, notes, hasPicture }] of slides.entries()) {
    const name = `slide${fileNumber(index)}.xml`
    parts[`ppt/slides/${name}`] = slideFile(shapes)
    parts[`ppt/slides/_rels/${name}.rels`] = relationships(
      (notes === undefined ? '' : relation('n', 'notesSlide', `../notesSlides/notes${index}.xml`)) +
        (hasPicture ? relation('i', 'image', '../media/image1.png') : ''),
    )
    if (notes !== undefined) {
      const shape = slideShape('body', ...notes.split('\n')) + slideShape('sldNum', String(index + 1))
      parts[`ppt/notesSlides/notes${index}.xml`] = slideFile(shape, 'notes')
    }
  }
  return parts
}

/** The parts of an e-book with these chapters (the inside of each body). */
export const bookParts = (chapters: readonly string[], title = 'A book'): Record<string, string> => ({
  mimetype: 'application/epub+zip',
  'META-INF/container.xml':
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
  'OEBPS/book.opf': `<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${title}</dc:title></metadata><manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>${chapters.map((_, index) => `<item id="c${index}" href="text/chapter%20${index + 1}.xhtml" media-type="application/xhtml+xml"/>`).join('')}</manifest><spine><itemref idref="nav"/>${chapters.map((_, index) => `<itemref idref="c${index}"/>`).join('')}</spine></package>`,
  'OEBPS/nav.xhtml': '<html><body><p>Table of contents</p></body></html>',
  ...Object.fromEntries(
    chapters.map((body, index) => [
      `OEBPS/text/chapter ${index + 1}.xhtml`,
      `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="x.js"/></head><body>${body}</body></html>`,
    ]),
  ),
})

interface RawEntry {
  readonly name: string
  readonly packed: Uint8Array
  readonly crc: number
  /** What the headers say it unpacks to. */
  readonly declared: number
  readonly flags?: number
  readonly method?: number
}

/** A zip archive by hand, so that its headers can lie. */
export const rawZip = (entries: readonly RawEntry[]): Uint8Array => {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, packed, crc, declared, flags = 0x800, method = 8 } of entries) {
    const label = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(crc, 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(declared, 18)
    common.writeUInt16LE(label.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, label, packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, tail, label]))
    locals.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, central, end])
}

/** An entry of `rawZip` that tells the truth. */
export const rawEntry = (name: string, text: string, more: Partial<RawEntry> = {}): RawEntry => {
  const bytes = bytesOf(text)
  return { name, packed: deflateRawSync(bytes), crc: crc32(bytes), declared: bytes.length, ...more }
}
