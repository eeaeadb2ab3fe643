import type { Block, Reader } from './document.ts'
import { blocksOfHtml } from './htmlBlocks.ts'
import { elementsNamed, type MarkupParent, parseHtml, parseXml, textIn } from './markup.ts'
import { resolvePart } from './parts.ts'
import { ReadingProblem } from './problem.ts'
import { worthyTitle } from './tidy.ts'
import { type Archive, openArchive } from './unpack.ts'

const fontScrambling = /(?:embedding|obfuscation)$/iu

/** Shops lock the chapters one by one and list them here; scrambled fonts are listed too and do not matter. */
const refuseLocked = async (archive: Archive): Promise<void> => {
  const text = await archive.text('META-INF/encryption.xml')
  if (text === null) return
  const methods = elementsNamed(parseXml(text), 'EncryptedData').flatMap((data) =>
    elementsNamed(data, 'EncryptionMethod'),
  )
  if (methods.some(({ attribs }) => !fontScrambling.test(attribs.Algorithm ?? '')))
    throw new ReadingProblem('encrypted')
}

const openBook = async (archive: Archive): Promise<{ path: string; book: MarkupParent }> => {
  const container = await archive.text('META-INF/container.xml')
  if (container === null) throw new ReadingProblem('not_that_kind')
  const path = resolvePart('', elementsNamed(parseXml(container), 'rootfile')[0]?.attribs['full-path'] ?? '')
  const book = await archive.text(path)
  if (book === null) throw new ReadingProblem('damaged')
  return { path, book: parseXml(book) }
}

/** The parts with text in reading order, without the table of contents. */
const chaptersOf = (book: MarkupParent, path: string, archive: Archive): string[] => {
  const items = new Map(elementsNamed(book, 'item').map(({ attribs }) => [attribs.id ?? '', attribs]))
  return elementsNamed(book, 'itemref').flatMap(({ attribs }) => {
    const item = items.get(attribs.idref ?? '')
    if (!item || !/html/iu.test(item['media-type'] ?? '') || item.properties?.split(' ').includes('nav')) return []
    const part = resolvePart(path, item.href ?? '')
    return archive.has(part) ? [part] : []
  })
}

/**
 * Reads an e-book, in memory and by our own hand: the usual parser for Node writes pictures and pages to the disk.
 * A page is a chapter, as the book's reading order counts them.
 */
export const readEpub: Reader = async (bytes, { maxUnpackedBytes, maxPages, onProgress }) => {
  const archive = await openArchive(bytes, maxUnpackedBytes)
  const { path, book } = await openBook(archive)
  await refuseLocked(archive)
  const chapters = chaptersOf(book, path, archive)
  if (chapters.length > maxPages) throw new ReadingProblem('too_many_pages')
  const blocks: (readonly Block[])[] = []
  for (const [index, chapter] of chapters.entries()) {
    const text = await archive.text(chapter)
    if (text !== null) blocks.push(blocksOfHtml(parseHtml(text), index + 1))
    onProgress(index + 1, chapters.length)
  }
  const [title] = elementsNamed(book, 'title')
  return {
    kind: 'epub',
    title: worthyTitle(title && textIn(title)),
    pages: chapters.length,
    pageLabels: null,
    blocks: blocks.flat(),
    notes: [],
  }
}
