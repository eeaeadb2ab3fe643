import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readPdf } from '../host/reading/pdf/index.ts'
import { openPdf } from '../host/reading/pdf/library.ts'
import type { Figure } from './figure.ts'
import { inboxMeanwhile } from './meanwhile.ts'
import { writeTextPdfs } from './pdfs.ts'

const madeDocuments = 40
// Reading gets fast once the library's hot paths are compiled; a folder of any size is read that way.
const warmUp = { pages: 300, reads: 10 }

/** Text of every page by the library alone, put to no use; the number of pages. */
const readByLibrary = async (bytes: Uint8Array): Promise<number> => {
  const { document, close } = await openPdf(bytes, { largestImage: 1 })
  try {
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number)
      await page.getTextContent()
      page.cleanup()
    }
    return document.numPages
  } finally {
    await close()
  }
}

const readWhole = async (bytes: Uint8Array, fileName: string): Promise<number> => {
  const document = await readPdf(bytes, {
    fileName,
    maxPages: Number.POSITIVE_INFINITY,
    maxUnpackedBytes: Number.POSITIVE_INFINITY,
    ocrLanguages: [],
    onProgress: () => undefined,
  })
  return document.pages ?? 0
}

const timed = async (work: () => Promise<number>): Promise<{ pages: number; ms: number; cpuMs: number }> => {
  const start = performance.now()
  const cpu = process.cpuUsage()
  const pages = await work()
  const { user, system } = process.cpuUsage(cpu)
  return { pages, ms: performance.now() - start, cpuMs: (user + system) / 1000 }
}

interface Totals {
  pages: number
  reader: number
  readerCpu: number
  library: number
}

/** Adds the times of one file; one right after the other, so that both meet the same machine. */
const addFile = async (folder: string, name: string, totals: Totals): Promise<void> => {
  const bytes = new Uint8Array(readFileSync(join(folder, name)))
  try {
    const library = await timed(() => readByLibrary(bytes))
    const reader = await timed(() => readWhole(bytes, name))
    totals.pages += reader.pages
    totals.reader += reader.ms
    totals.readerCpu += reader.cpuMs
    totals.library += library.ms
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : 'not read'}\n`)
  }
}

const measure = async (folder: string): Promise<Figure[]> => {
  const names = readdirSync(folder).filter((name) => name.toLowerCase().endsWith('.pdf'))
  if (names.length === 0) throw new Error(`There are no PDFs in ${folder}.`)
  const warm = { pages: 0, reader: 0, readerCpu: 0, library: 0 }
  for (let read = 0; read < warmUp.reads && warm.pages < warmUp.pages; read += 1) {
    await addFile(folder, names[read % names.length] ?? '', warm)
  }
  const total = { pages: 0, reader: 0, readerCpu: 0, library: 0 }
  for (const name of names) await addFile(folder, name, total)
  const perSecond = (ms: number) => (ms === 0 ? 0 : (1000 * total.pages) / ms)
  const reader = perSecond(total.reader)
  const library = perSecond(total.library)
  return [
    { metric: 'pages', value: total.pages, unit: '' },
    { metric: 'pages_per_second', value: reader, unit: '/s', budget: 200, ok: reader >= 200, ratio: reader / library },
    // What the machine would reach with nothing else to do: the time other programs take does not count.
    { metric: 'pages_per_cpu_second', value: perSecond(total.readerCpu), unit: '/s' },
    { metric: 'library_pages_per_second', value: library, unit: '/s' },
    { metric: 'peak_rss_mb', value: process.resourceUsage().maxRSS / 1024, unit: 'MB' },
    ...(await inboxMeanwhile(resolve(folder))),
  ]
}

/** Reading of text PDFs, from file to blocks, on one core, and the inbox beside it; without a folder, on PDFs made for it. */
export const ingest = async ({ from }: { from: string | null }): Promise<Figure[]> => {
  if (from !== null) return measure(from)
  const folder = mkdtempSync(join(tmpdir(), 'opencoach-bench-'))
  try {
    writeTextPdfs(folder, madeDocuments)
    return await measure(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
