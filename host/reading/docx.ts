import { zipSync } from 'fflate'
import mammoth from 'mammoth'
import type { Reader } from './document.ts'
import { blocksOfHtml } from './htmlBlocks.ts'
import { type MarkupElement, parseHtml } from './markup.ts'
import { mainPart, openOffice, titleInProperties } from './parts.ts'
import { ReadingProblem } from './problem.ts'
import { worthyTitle } from './tidy.ts'
import type { Archive } from './unpack.ts'

const styles = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => p:fresh",
  "p[style-name='Heading 7'] => h6:fresh",
  "p[style-name='Heading 8'] => h6:fresh",
  "p[style-name='Heading 9'] => h6:fresh",
  ...Array.from({ length: 9 }, (_, level) => `p[style-name='toc ${level + 1}'] => !`),
  "p[style-name='TOC Heading'] => !",
]
const withoutText = /(?:^|\/)(?:theme|glossary|embeddings|media|activeX|customXml|webSettings|fontTable)(?:\/|\.xml)/iu

/** Only the parts with text, unpacked under our own count, so that the library sees nothing that could swell. */
const repack = async (archive: Archive): Promise<Buffer> => {
  const parts: Record<string, Uint8Array> = {}
  for (const name of archive.names.filter((found) => /\.(?:xml|rels)$/iu.test(found) && !withoutText.test(found))) {
    const part = await archive.bytes(name)
    // Office never writes document types; entities are declared in nothing else.
    if (Buffer.from(part.buffer, part.byteOffset, part.byteLength).includes('<!DOCTYPE'))
      throw new ReadingProblem('damaged')
    parts[name] = part
  }
  return Buffer.from(zipSync(parts, { level: 0 }))
}

const toHtml = async (buffer: Buffer): Promise<string> => {
  try {
    const convertImage = mammoth.images.imgElement(async () => ({ src: '' }))
    const { value } = await mammoth.convertToHtml(
      { buffer },
      { styleMap: styles, includeEmbeddedStyleMap: false, convertImage },
    )
    return value
  } catch (error) {
    throw new ReadingProblem('damaged', { cause: error })
  }
}

/** The arrow with which a footnote leads back to its place. */
const leadsBack = ({ name, attribs }: MarkupElement): boolean =>
  name === 'a' && /^#(?:foot|end)note-ref-/u.test(attribs.href ?? '')

/** Reads a Word document: its words without headers, footers, comments, table of contents and struck changes. */
export const readDocx: Reader = async (bytes, { maxUnpackedBytes }) => {
  const archive = await openOffice(bytes, maxUnpackedBytes)
  if ((await mainPart(archive, 'wordprocessingml', 'word/document.xml')) === null)
    throw new ReadingProblem('not_that_kind')
  const blocks = blocksOfHtml(parseHtml(await toHtml(await repack(archive))), null, leadsBack)
  const [first] = blocks
  const title = (await titleInProperties(archive)) ?? (first?.kind === 'heading' ? worthyTitle(first.text) : null)
  return { kind: 'docx', title, pages: null, pageLabels: null, blocks, notes: [] }
}
