import type { Block, Reader } from './document.ts'
import { elementsNamed, type MarkupParent, parseXml } from './markup.ts'
import { mainPart, openOffice, relationsOf, titleInProperties } from './parts.ts'
import { ReadingProblem } from './problem.ts'
import { blocksOfDiagram, blocksOfNotes, blocksOfSlide } from './slideBlocks.ts'
import { worthyTitle } from './tidy.ts'
import type { Archive } from './unpack.ts'

const slidesOf = async (archive: Archive): Promise<string[]> => {
  const main = await mainPart(archive, 'presentationml', 'ppt/presentation.xml')
  const presentation = main === null ? null : await archive.text(main)
  if (main === null || presentation === null) throw new ReadingProblem('not_that_kind')
  const relations = new Map((await relationsOf(archive, main)).map(({ id, part }) => [id, part]))
  // The slide's own `id` is a number; the one that names the part carries a prefix.
  return elementsNamed(parseXml(presentation), 'sldId').flatMap(({ attribs }) => {
    const key = Object.keys(attribs).find((name) => name.endsWith(':id'))
    const part = key === undefined ? undefined : relations.get(attribs[key] ?? '')
    return part === undefined ? [] : [part]
  })
}

const mostNamed = 12
const listed = new Intl.ListFormat('en-GB', { type: 'conjunction' })

const picturesNote = (slides: readonly number[]): string[] => {
  if (slides.length === 0) return []
  if (slides.length === 1) return [`Slide ${slides[0]} is a picture without text.`]
  const named = slides.slice(0, mostNamed).map(String)
  const names = slides.length > mostNamed ? [...named, `${slides.length - mostNamed} more`] : named
  return [`Slides ${listed.format(names)} are pictures without text.`]
}

/** Reads a PowerPoint presentation: titles as headings, speaker notes by themselves, the slide's number as the page. */
export const readPptx: Reader = async (bytes, { maxUnpackedBytes, maxPages, onProgress }) => {
  const archive = await openOffice(bytes, maxUnpackedBytes)
  const slides = await slidesOf(archive)
  if (slides.length > maxPages) throw new ReadingProblem('too_many_pages')
  const found: Block[][] = []
  const pictures: number[] = []
  for (const [index, slide] of slides.entries()) {
    const page = index + 1
    const relations = await relationsOf(archive, slide)
    const named = (type: string) => relations.filter((relation) => relation.type === type).map(({ part }) => part)
    const read = async (parts: readonly string[], blocksOf: (part: MarkupParent, page: number) => Block[]) => {
      const texts = await Promise.all(parts.map(archive.text))
      return texts.flatMap((text) => (text === null ? [] : blocksOf(parseXml(text), page)))
    }
    const shown = [...(await read([slide], blocksOfSlide)), ...(await read(named('diagramData'), blocksOfDiagram))]
    if (shown.length === 0 && named('image').length > 0) pictures.push(page)
    found.push(shown, await read(named('notesSlide'), blocksOfNotes))
    onProgress(page, slides.length)
  }
  const blocks = found.flat()
  const firstTitle = blocks.find(({ kind, page }) => kind === 'heading' && page === 1)
  const title = (await titleInProperties(archive)) ?? worthyTitle(firstTitle?.text)
  return { kind: 'pptx', title, pages: slides.length, pageLabels: null, blocks, notes: picturesNote(pictures) }
}
