import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import type { ReadDocument } from '../../../host/reading/document.ts'
import { readPdf } from '../../../host/reading/pdf/index.ts'
import { ReadingProblem } from '../../../host/reading/problem.ts'
import { writeEncryptedPdf } from '../../fixtures/encryptedPdf.ts'
import { createPdfWriter, type PdfPageSpec, show, showParagraph, writePdf } from '../../fixtures/pdf.ts'

const read = (bytes: Uint8Array, maxPages = 100): Promise<ReadDocument> =>
  readPdf(bytes, {
    fileName: 'notes.pdf',
    maxPages,
    maxUnpackedBytes: 1e9,
    ocrLanguages: [],
    onProgress: () => undefined,
  })

const problemOf = async (bytes: Uint8Array, maxPages?: number): Promise<string> => {
  const error = await read(bytes, maxPages).then(
    () => null,
    (reason: unknown) => reason,
  )
  return error instanceof ReadingProblem ? error.code : `no problem: ${String(error)}`
}

const words = (page: number): string =>
  `What was said on page ${page} is kept, because the coach wrote it down on the same evening and read it again the next morning.`

const page = (number: number): PdfPageSpec => ({
  content: showParagraph(words(number), { x: 60, y: 600 - 20 * number, width: 400 }),
})

const texts = ({ blocks }: ReadDocument): string[] => blocks.map(({ text }) => text)

it('a file that is empty, or no PDF, is called that', async () => {
  expect(await problemOf(new Uint8Array())).toBe('empty')
  expect(await problemOf(new TextEncoder().encode('Dear Anna, thank you for the notes.'))).toBe('not_that_kind')
  expect(await problemOf(new TextEncoder().encode('%PDF-1.7\nand nothing after it'))).toBe('damaged')
})

it('a file with a password asks for a copy without it', async () => {
  expect(await problemOf(writeEncryptedPdf({ pages: [page(1)] }, 'secret'))).toBe('encrypted')
})

it('a file that anybody may open is read although it is encrypted', async () => {
  expect(texts(await read(writeEncryptedPdf({ pages: [page(1)] }, '')))).toEqual([words(1)])
})

it('a file that was cut off is read as far as it goes, with a note', async () => {
  const whole = writePdf({ pages: [page(1), page(2), page(3)] })
  const cut = await read(whole.subarray(0, Math.floor(whole.length * 0.9)))
  expect(texts(cut)).toContain(words(1))
  expect(cut.notes[0]).toMatch(/damaged/)
})

it('a file that was cut off before any page is damaged', async () => {
  const whole = writePdf({ pages: [page(1)] })
  expect(await problemOf(whole.subarray(0, 400))).toBe('damaged')
})

it('a file whose index points nowhere is read all the same', async () => {
  const broken = Buffer.from(writePdf({ pages: [page(1), page(2)] }))
    .toString('latin1')
    .replace(/startxref\n\d+/, 'startxref\n7')
  expect(texts(await read(new Uint8Array(Buffer.from(broken, 'latin1'))))).toEqual([words(1), words(2)])
})

it('any cut and any changed byte ends in a document or in a problem the coach can read about', async () => {
  const whole = writePdf({ pages: [page(1), page(2)] })
  for (let step = 1; step < 24; step += 1) {
    const at = Math.floor((whole.length * step) / 24)
    const changed = whole.slice()
    changed.fill(0x41, at, at + 12)
    for (const bytes of [whole.subarray(0, at), changed]) {
      const result = await read(bytes).catch((error: unknown) => error)
      const isKnown =
        result instanceof ReadingProblem || (typeof result === 'object' && result !== null && 'blocks' in result)
      expect(isKnown, `at byte ${at}: ${String(result)}`).toBe(true)
    }
  }
})

it('more pages than allowed are refused, and 2,000 are read', async () => {
  const pages = Array.from({ length: 2000 }, (_, index) => ({
    content: show(words(index + 1), { x: 40, y: 500, size: 9 }),
  }))
  const bytes = writePdf({ pages })
  expect(await problemOf(bytes, 1999)).toBe('too_many_pages')
  const progress: number[] = []
  const document = await readPdf(bytes, {
    fileName: 'long.pdf',
    maxPages: 2000,
    maxUnpackedBytes: 1e9,
    ocrLanguages: [],
    onProgress: (done) => progress.push(done),
  })
  expect(document.pages).toBe(2000)
  expect(document.blocks).toHaveLength(2000)
  expect(document.blocks.at(-1)).toMatchObject({ page: 2000, text: words(2000) })
  expect(progress.at(-1)).toBe(2000)
}, 120_000)

it('a page count that is made up does not make the reader count', async () => {
  expect(await read(writePdf({ pages: [page(1)], pageCount: 1_000_000_000 }))).toMatchObject({ pages: 1 })
})

it('a page tree that runs in a circle ends', async () => {
  const pdf = createPdfWriter()
  const tree = pdf.add('null')
  const inner = pdf.add(`<< /Type /Pages /Kids [${tree} 0 R] /Count 1 /Parent ${tree} 0 R >>`)
  pdf.set(tree, `<< /Type /Pages /Kids [${inner} 0 R] /Count 1 >>`)
  const catalog = pdf.add(`<< /Type /Catalog /Pages ${tree} 0 R >>`)
  expect(await problemOf(pdf.finish(`/Root ${catalog} 0 R`))).toBe('damaged')
})

it('scripts and programs that a file wants to start are never run', async () => {
  const script = "<< /S /JavaScript /JS (globalThis.wasRun = true; app.alert\\('now'\\)) >>"
  const launch = '<< /S /Launch /F (run.exe) >>'
  const bytes = writePdf({
    pages: [
      {
        ...page(1),
        annotations: [
          `<< /Type /Annot /Subtype /Link /Rect [0 0 600 800] /A ${launch} >>`,
          `<< /Type /Annot /Subtype /Widget /FT /Tx /T (f) /V (typed) /Rect [0 0 9 9] /F 4 /AA << /C ${script} /V ${script} >> >>`,
        ],
      },
    ],
    catalog: `/OpenAction ${script} /AA << /WC ${launch} >> /Names << /JavaScript << /Names [(a) ${script}] >> >>`,
  })
  expect(texts(await read(bytes))).toEqual([words(1), 'f: typed'])
  expect('wasRun' in globalThis).toBe(false)
})

it('a page without text is no picture, and a document of such pages has no text', async () => {
  expect(await problemOf(writePdf({ pages: [{ content: '' }] }))).toBe('no_text')
  expect((await read(writePdf({ pages: [{ content: '' }, page(1)] }))).notes).toEqual([])
})

it('a page whose letters are not told is left out, with a note', async () => {
  const secret = { content: show('~'.repeat(40), { x: 40, y: 500, font: 'F3' }) }
  const document = await read(writePdf({ pages: [page(1), secret] }))
  expect(texts(document)).toEqual([words(1)])
  expect(document.notes).toEqual(['Page 2 does not say which letters it shows.'])
})

it("PDFs are read in Electron's own processes, where the library takes itself to be in a browser", () => {
  const script = `
    Object.defineProperty(process.versions, 'electron', { value: '45.0.0' })
    process.type = 'utility'
    const { readPdf } = await import('./host/reading/pdf/index.ts')
    const chunks = []
    for await (const chunk of process.stdin) chunks.push(chunk)
    const options = { fileName: 'a.pdf', maxPages: 9, maxUnpackedBytes: 1e9, ocrLanguages: [], onProgress: () => {} }
    const { blocks } = await readPdf(new Uint8Array(Buffer.concat(chunks)), options)
    process.stdout.write(blocks.map(({ text }) => text).join('\\n'))
    process.exit(0)`
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    input: writePdf({ pages: [page(1)] }),
  })
  expect(run.stdout.toString()).toBe(words(1))
})
