import type { Reader } from '../document.ts'
import type { RecognisedParagraph } from '../ocr.ts'
import { ReadingProblem } from '../problem.ts'
import { compose } from './compose.ts'
import { type ExtractedPage, extractPages } from './extract.ts'
import { readFields } from './fields.ts'
import { type Outline, outlineKey } from './headings.ts'
import { type OpenPdf, openPdf } from './library.ts'
import { createPictureReader } from './scans.ts'
import { plausibleTitle } from './title.ts'

const fewLetters = 30
const deepestOutline = 6

interface OutlineEntry {
  readonly title: string
  readonly items: readonly OutlineEntry[]
}

const readOutline = async ({ document }: OpenPdf): Promise<Outline> => {
  const entries: readonly OutlineEntry[] = (await document.getOutline().catch(() => null)) ?? []
  const depths = new Map<string, number>()
  const add = (items: readonly OutlineEntry[], depth: number): void => {
    for (const { title, items: inner } of items) {
      const key = outlineKey(title)
      if (key !== '' && !depths.has(key)) depths.set(key, depth)
      if (depth < deepestOutline) add(inner, depth + 1)
    }
  }
  add(entries, 1)
  return depths
}

const readTitle = async ({ document }: OpenPdf): Promise<string | null> => {
  const metadata = await document.getMetadata().catch(() => null)
  const info: object = metadata?.info ?? {}
  const own = plausibleTitle('Title' in info ? info.Title : null)
  const described: unknown = metadata?.metadata?.get('dc:title')
  return own ?? plausibleTitle(described)
}

const readPageLabels = async ({ document }: OpenPdf): Promise<readonly string[] | null> => {
  const labels = await document.getPageLabels().catch(() => null)
  return labels?.some((label, index) => label !== '' && label !== String(index + 1)) ? labels : null
}

/** "Page 3", "Pages 3 and 4", "Pages 1, 3 to 7 and 9". */
const namePages = (numbers: readonly number[]): string => {
  const ranges: [number, number][] = []
  for (const number of numbers) {
    const last = ranges.at(-1)
    if (last && number === last[1] + 1) last[1] = number
    else ranges.push([number, number])
  }
  const parts = ranges.flatMap(([from, to]) =>
    from === to ? [`${from}`] : to === from + 1 ? [`${from}`, `${to}`] : [`${from} to ${to}`],
  )
  const listed = parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : parts[0]
  return `${numbers.length > 1 ? 'Pages' : 'Page'} ${listed}`
}

const sentence = (numbers: readonly number[], one: string, many: string): string[] =>
  numbers.length === 0 ? [] : [`${namePages(numbers)} ${numbers.length === 1 ? one : many}.`]

const isCutOff = (bytes: Uint8Array): boolean =>
  !Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(-4096).includes('%%EOF')

// Pictures are objects of their own, which are never packed away; so a look at the bytes spares opening the file twice.
const hasPictures = (bytes: Uint8Array): boolean =>
  /\/Subtype\s*\/Image\b/.test(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'))

// Scanned pages may carry a stamp or a page number as text.
const mayBePicture = ({ letters, isGarbled }: ExtractedPage): boolean => letters < fewLetters || isGarbled

interface Pictures {
  readonly recognised: ReadonlyMap<number, readonly RecognisedParagraph[]>
  readonly unread: readonly number[]
  readonly garbled: readonly number[]
}

const readPictures = async (
  bytes: Uint8Array,
  pages: readonly ExtractedPage[],
  languages: readonly string[],
  onDone: () => void,
): Promise<Pictures> => {
  const recognised = new Map<number, readonly RecognisedParagraph[]>()
  const unread: number[] = []
  const garbled: number[] = []
  const pictures = createPictureReader(bytes, languages)
  let mayHavePictures: boolean | undefined
  try {
    for (const { number, letters, isGarbled } of pages.filter(mayBePicture)) {
      mayHavePictures ??= hasPictures(bytes)
      const isWorthALook = letters === 0 || isGarbled || mayHavePictures
      const found = isWorthALook ? await pictures.read(number, letters, isGarbled).catch(() => null) : null
      const paragraphs = found?.kind === 'read' ? found.paragraphs : []
      const length = paragraphs.flatMap(({ lines }) => lines).join('').length
      if (length > letters || (isGarbled && length > 0)) recognised.set(number, paragraphs)
      else if (isGarbled) garbled.push(number)
      else if (found?.kind === 'unread' && letters === 0) unread.push(number)
      onDone()
    }
  } finally {
    await pictures.close()
  }
  return { recognised, unread, garbled }
}

const attachmentNote = async ({ document }: OpenPdf): Promise<string[]> => {
  const attached: unknown = await document.getAttachments().catch(() => null)
  const count = attached instanceof Map ? attached.size : 0
  if (count === 0) return []
  return [count === 1 ? 'A file attached to it was not read.' : `${count} files attached to it were not read.`]
}

/** Reads a PDF: text with its structure, form fields, comments, and pages that are pictures through text recognition. */
export const readPdf: Reader = async (bytes, { maxPages, ocrLanguages, onProgress }) => {
  if (bytes.byteLength === 0) throw new ReadingProblem('empty')
  const pdf = await openPdf(bytes, { largestImage: 1 })
  try {
    if (pdf.document.numPages > maxPages) throw new ReadingProblem('too_many_pages')
    let done = 0
    const onDone = () => {
      done += 1
      onProgress(done, pdf.document.numPages)
    }
    const { pages, damaged, fonts } = await extractPages(pdf, (page) => {
      if (!page || !mayBePicture(page)) onDone()
    })
    if (pages.length === 0) throw new ReadingProblem('damaged')
    const { recognised, unread, garbled } = await readPictures(bytes, pages, ocrLanguages, onDone)
    const readable = pages.map((page) => (garbled.includes(page.number) ? { ...page, main: [], others: [] } : page))
    const { blocks, heading } = compose(
      readable,
      recognised,
      await readFields(pdf, damaged),
      fonts,
      await readOutline(pdf),
    )
    const isDamaged = damaged.length > 0 || isCutOff(bytes)
    if (blocks.length === 0) throw new ReadingProblem(isDamaged ? 'damaged' : 'no_text')
    return {
      kind: 'pdf',
      title: (await readTitle(pdf)) ?? heading,
      pages: pdf.document.numPages,
      pageLabels: await readPageLabels(pdf),
      blocks,
      notes: [
        ...(isDamaged ? ['The file is damaged; what could be read was read.'] : []),
        ...sentence(damaged, 'could not be read', 'could not be read'),
        ...sentence([...recognised.keys()], 'was read from a picture', 'were read from pictures'),
        ...sentence(unread, 'is a picture without text', 'are pictures without text'),
        ...sentence(garbled, 'does not say which letters it shows', 'do not say which letters they show'),
        ...(await attachmentNote(pdf)),
      ],
    }
  } finally {
    await pdf.close().catch(() => undefined)
  }
}
