import { declaredEncoding, decodeText } from './decodeText.ts'
import type { Block, Reader } from './document.ts'
import { blocksOfHtml } from './htmlBlocks.ts'
import { elementsNamed, type MarkupElement, type MarkupParent, nameOf, parseHtml, textIn, walk } from './markup.ts'
import { worthyTitle } from './tidy.ts'

const besides = new Set(['navigation', 'banner', 'contentinfo', 'complementary', 'search'])

const isBesides = (element: MarkupElement): boolean =>
  ['aside', 'footer'].includes(nameOf(element)) || besides.has(element.attribs.role ?? '')

const outermost = (root: MarkupParent, isMatch: (element: MarkupElement) => boolean): MarkupElement[] => {
  const found: MarkupElement[] = []
  walk(root, {
    enter: (element) => {
      const matches = isMatch(element)
      if (matches) found.push(element)
      return !matches
    },
  })
  return found
}

const lengthOf = (blocks: readonly Block[]): number => blocks.reduce((sum, { text }) => sum + text.length, 0)

/** The blocks of a page's main content; of the whole page where it does not say what is main. */
const mainBlocks = (root: MarkupParent): readonly Block[] => {
  const within = (parts: readonly MarkupElement[]) => parts.flatMap((part) => blocksOfHtml(part, null))
  const main = within(outermost(root, (element) => nameOf(element) === 'main' || element.attribs.role === 'main'))
  if (main.length > 0) return main
  const page = blocksOfHtml(root, null, isBesides)
  const articles = within(outermost(root, (element) => nameOf(element) === 'article'))
  if (lengthOf(articles) * 2 >= lengthOf(page) && articles.length > 0) return articles
  return page.length > 0 ? page : blocksOfHtml(root, null)
}

/** A page's title without the site's name, where its first heading tells which part that is. */
const titleOf = (root: MarkupParent, blocks: readonly Block[]): string | null => {
  const element = elementsNamed(root, 'title')[0]
  const title = worthyTitle(element && textIn(element))
  const heading = worthyTitle(blocks.find(({ kind }) => kind === 'heading')?.text)
  return title === null || (heading !== null && title.startsWith(heading)) ? heading : title
}

/** Reads a web page as a browser shows it, without its scripts, menus and hidden parts. Fetches nothing. */
export const readHtml: Reader = async (bytes) => {
  const root = parseHtml(decodeText(bytes, declaredEncoding(bytes)))
  const blocks = mainBlocks(root)
  return { kind: 'html', title: titleOf(root, blocks), pages: null, pageLabels: null, blocks, notes: [] }
}
