import { constants, deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { openArchive } from '../../../host/reading/unpack.ts'
import {
  bookParts,
  inShort,
  problemOf,
  rawEntry,
  rawZip,
  read,
  slideParts,
  slideShape,
  wordParagraph,
  wordParts,
  zipOf,
} from './files.ts'

const mebibyte = 1024 * 1024
const formats = ['docx', 'pptx', 'epub'] as const
const whole = {
  docx: zipOf(wordParts(wordParagraph('Say no.'))),
  pptx: zipOf(slideParts([{ shapes: slideShape('title', 'Say no') }])),
  epub: zipOf(bookParts(['<p>Say no.</p>'])),
}
const mainParts = { docx: 'word/document.xml', pptx: 'ppt/slides/slide1.xml', epub: 'OEBPS/text/chapter 1.xhtml' }
const partsOf = {
  docx: wordParts(wordParagraph('Say no.')),
  pptx: slideParts([{ shapes: slideShape('title', 'Say no') }]),
  epub: bookParts(['<p>Say no.</p>']),
}

/** Packed zeros: gigabytes in a few megabytes of a file, laid end to end without unpacking them here. */
const packedZeros = (times: number): Buffer => {
  const piece = deflateRawSync(Buffer.alloc(16 * mebibyte), { finishFlush: constants.Z_FULL_FLUSH })
  return Buffer.concat([...Array.from({ length: times }, () => piece), Buffer.from([3, 0])])
}

describe('an archive that is not what it should be', () => {
  test.each(formats)('an empty %s says so', async (kind) => {
    expect(await problemOf(read(kind, new Uint8Array()))).toBe('empty')
  })

  test.each(formats)('a %s cut short anywhere is damaged, never half read', async (kind) => {
    const file = whole[kind]
    for (const share of [0.1, 0.5, 0.9, 0.99]) {
      expect(await problemOf(read(kind, file.slice(0, Math.floor(file.length * share))))).toBe('damaged')
    }
  })

  test.each(formats)('a %s with a byte changed within is damaged or reads the same', async (kind) => {
    const file = whole[kind]
    const expected = JSON.stringify(inShort(await read(kind, file)))
    for (let at = 0; at < file.length; at += 7) {
      const changed = file.with(at, (file[at] ?? 0) ^ 0x41)
      const outcome = await read(kind, changed).then(
        (document) => JSON.stringify(inShort(document)),
        (error) => error.code,
      )
      expect(['damaged', 'not_that_kind', 'encrypted', 'no_text', expected]).toContain(outcome)
    }
  })

  test.each(formats)('what is no archive at all is no %s', async (kind) => {
    expect(await problemOf(read(kind, 'Plain words.'))).toBe('not_that_kind')
    expect(await problemOf(read(kind, new Uint8Array(5_000).fill(7)))).toBe('not_that_kind')
  })

  test.each(formats)('an archive of something else is no %s', async (kind) => {
    expect(await problemOf(read(kind, zipOf({ 'xl/workbook.xml': '<workbook/>' })))).toBe('not_that_kind')
    for (const other of formats.filter((one) => one !== kind)) {
      expect(await problemOf(read(kind, whole[other]))).toBe('not_that_kind')
    }
  })

  test.each(formats)('a %s without words says so', async (kind) => {
    const empty = {
      docx: zipOf(wordParts('<w:p/>')),
      pptx: zipOf(slideParts([{ shapes: '' }])),
      epub: zipOf(bookParts(['<p> </p>'])),
    }
    expect(await problemOf(read(kind, empty[kind]))).toBe('no_text')
  })

  test.each(formats)('a %s whose entries are locked needs its password', async (kind) => {
    const entries = Object.entries(partsOf[kind]).map(([name, text]) => rawEntry(name, text, { flags: 0x801 }))
    expect(await problemOf(read(kind, rawZip(entries)))).toBe('encrypted')
  })

  test.each(['docx', 'pptx'] as const)(
    'a %s with a password lies in an old container and is known by that',
    async (kind) => {
      const mark = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
      const locked = Buffer.concat([Buffer.from(mark), Buffer.alloc(9_000), Buffer.from('EncryptedPackage', 'utf16le')])
      expect(await problemOf(read(kind, locked))).toBe('encrypted')
      expect(await problemOf(read(kind, Buffer.concat([Buffer.from(mark), Buffer.alloc(9_000)])))).toBe('not_that_kind')
    },
  )

  test('a book locked by the shop it comes from says so; scrambled fonts do not matter', async () => {
    const list = (algorithm: string): string =>
      `<encryption><EncryptedData><EncryptionMethod Algorithm="${algorithm}"/></EncryptedData></encryption>`
    const withList = (algorithm: string) => zipOf({ ...partsOf.epub, 'META-INF/encryption.xml': list(algorithm) })
    expect(await problemOf(read('epub', withList('http://www.w3.org/2001/04/xmlenc#aes128-cbc')))).toBe('encrypted')
    expect(inShort(await read('epub', withList('http://www.idpf.org/2008/embedding')))).toEqual([
      ['paragraph', 'Say no.'],
    ])
  })
})

describe('an archive that swells', () => {
  test.each(formats)(
    'a small %s that unpacks to gigabytes is stopped at the limit, whatever its headers say',
    async (kind) => {
      const packed = packedZeros(200)
      for (const declared of [100, 0xfffffff0]) {
        const entries = Object.entries(partsOf[kind]).map(([name, text]) =>
          name === mainParts[kind] ? { ...rawEntry(name, text), packed, declared } : rawEntry(name, text),
        )
        const file = rawZip(entries)
        expect(file.length).toBeLessThan(8 * mebibyte)
        const before = process.memoryUsage().arrayBuffers
        expect(await problemOf(read(kind, file, { maxUnpackedBytes: 32 * mebibyte }))).toBe('unpacks_too_large')
        expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(256 * mebibyte)
      }
    },
  )

  test('what parts unpack to is counted over all of them', async () => {
    const text = 'a'.repeat(mebibyte)
    const names = ['one', 'two', 'three']
    const archive = await openArchive(zipOf(Object.fromEntries(names.map((name) => [name, text]))), 2.5 * mebibyte)
    expect((await archive.bytes('one')).length).toBe(mebibyte)
    expect((await archive.bytes('two')).length).toBe(mebibyte)
    expect(await problemOf(archive.bytes('three'))).toBe('unpacks_too_large')
  })

  test('pictures and archives within are not unpacked, so they may be as large as they like', async () => {
    const bomb = { packed: packedZeros(200), crc: 0, declared: 0xfffffff0 }
    const entries = Object.entries(partsOf.docx).map(([name, text]) => rawEntry(name, text))
    const file = rawZip([...entries, { ...bomb, name: 'word/media/image1.png' }, { ...bomb, name: 'inner.zip' }])
    expect(inShort(await read('docx', file))).toEqual([['paragraph', 'Say no.']])
  })

  test('an archive of sixty thousand entries is not opened', async () => {
    const entry = rawEntry('', '')
    const file = rawZip(Array.from({ length: 60_000 }, (_, index) => ({ ...entry, name: String(index) })))
    expect(await problemOf(openArchive(file, mebibyte))).toBe('unpacks_too_large')
  })
})

describe('names in an archive', () => {
  test('names that point out of the archive are left alone', async () => {
    const evil = ['../../../../etc/passwd', '/etc/passwd', 'C:\\Windows\\evil.dll', '..\\evil', 'a/../../b']
    const parts = { ...partsOf.docx, ...Object.fromEntries(evil.map((name) => [name, '<evil/>'])) }
    const archive = await openArchive(zipOf(parts), mebibyte)
    expect(archive.names.toSorted()).toEqual(Object.keys(partsOf.docx).toSorted())
    expect(inShort(await read('docx', zipOf(parts)))).toEqual([['paragraph', 'Say no.']])
  })

  test('a book whose list points out of the archive reads what is within', async () => {
    const parts = bookParts(['<p>Say no.</p>', '<p>Hidden.</p>'])
    const list = (parts['OEBPS/book.opf'] ?? '').replace('text/chapter%202.xhtml', '../../../../etc/passwd')
    expect(inShort(await read('epub', zipOf({ ...parts, 'OEBPS/book.opf': list })))).toEqual([['paragraph', 'Say no.']])
  })

  test('names in any script are found', async () => {
    const name = 'Grenzen setzen – 境界線 – границы – حدود 👋'
    const parts = bookParts(['<p>Say no.</p>'])
    const { 'OEBPS/text/chapter 1.xhtml': chapter = '', ...rest } = parts
    const list = (parts['OEBPS/book.opf'] ?? '').replace('text/chapter%201.xhtml', encodeURIComponent(name))
    const file = zipOf({ ...rest, 'OEBPS/book.opf': list, [`OEBPS/${name}`]: chapter })
    expect(inShort(await read('epub', file))).toEqual([['paragraph', 'Say no.']])
  })
})
