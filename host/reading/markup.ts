import { load } from 'cheerio/slim'
import { ReadingProblem } from './problem.ts'

type Root = NonNullable<ReturnType<ReturnType<typeof load>['root']>[0]>
type AnyNode = Root['children'][number]
type ParentOf = AnyNode['parent']

/** A node of parsed markup that has an inside. */
export type MarkupElement = Extract<AnyNode, { attribs: unknown }>
/** What holds other nodes: the document itself or an element. */
export type MarkupParent = Root | MarkupElement

const parse = (text: string, xmlMode: boolean): Root => {
  // Never parse5: it looks for borders by walking up the open elements, which deep nesting makes endless.
  const root = load(text, { xml: { xmlMode, recognizeSelfClosing: true, decodeEntities: true } }).root()[0]
  if (!root) throw new Error('Parsing gave no document.')
  return root
}

/** XML as a tree. Document types and the entities they declare are left alone, nothing is fetched. */
export const parseXml = (text: string): Root => parse(text, true)

const tag = /<(\/?)([a-z][a-z\d]*)([^<>]*)>/giu
/** Elements that are empty or end where the next of their kind begins, so that they do not nest. */
const flat = new Set(
  'area base br col colgroup dd dt embed hr img input li link meta optgroup option p param rp rt source tbody td tfoot th thead tr track wbr'.split(
    ' ',
  ),
)
const deepest = 10_000

/** No person nests so deep, and the parser's time grows with the square of the depth. */
const refuseDeepNesting = (text: string): void => {
  let depth = 0
  for (const [, closing, name = '', rest = ''] of text.matchAll(tag)) {
    if (flat.has(name.toLowerCase()) || rest.endsWith('/')) continue
    depth = closing === '/' ? Math.max(0, depth - 1) : depth + 1
    if (depth > deepest) throw new ReadingProblem('damaged')
  }
}

/** HTML or XHTML as a tree, however broken. Throws `damaged` where elements nest ten thousand deep. */
export const parseHtml = (text: string): Root => {
  refuseDeepNesting(text)
  return parse(text, false)
}

const hasInside = (node: AnyNode): node is Extract<AnyNode, { children: unknown }> => 'children' in node
const isElement = (node: AnyNode): node is MarkupElement => 'attribs' in node

interface Visitor {
  /** False leaves out what is inside; then `leave` is not called. */
  readonly enter: (element: MarkupElement) => boolean
  readonly leave?: (element: MarkupElement) => void
  readonly text?: (text: string) => void
}

/** Walks a tree in document order, without recursion: hostile documents nest deeper than any stack. */
export const walk = (root: MarkupParent, { enter, leave, text }: Visitor): void => {
  let node: AnyNode | null = root.children[0] ?? null
  while (node) {
    if (node.type === 'text') text?.(node.data)
    const isOpen = hasInside(node) && (!isElement(node) || enter(node))
    const first: AnyNode | undefined = isOpen && hasInside(node) ? node.children[0] : undefined
    if (first) {
      node = first
      continue
    }
    if (isOpen && isElement(node)) leave?.(node)
    while (node && !node.next) {
      const parent: ParentOf = node.parent
      if (!parent || parent === root || parent.type === 'root') return
      if (isElement(parent)) leave?.(parent)
      node = parent
    }
    node = node?.next ?? null
  }
}

/** An element's name without its namespace prefix: `a:tbl` is `tbl`. */
export const nameOf = (element: MarkupElement): string => element.name.slice(element.name.indexOf(':') + 1)

/** Elements with one of these names (without prefix), in document order; those within a match are found too. */
export const elementsNamed = (root: MarkupParent, ...names: readonly string[]): MarkupElement[] => {
  const found: MarkupElement[] = []
  walk(root, {
    enter: (element) => {
      if (names.includes(nameOf(element))) found.push(element)
      return true
    },
  })
  return found
}

/** All text inside, as it stands. */
export const textIn = (root: MarkupParent): string => {
  const parts: string[] = []
  walk(root, { enter: () => true, text: (text) => void parts.push(text) })
  return parts.join('')
}

/** An attribute by its name without prefix: `id` finds `r:id`, an exact match first. */
export const attributeOf = (element: MarkupElement, name: string): string | null => {
  const exact = element.attribs[name]
  if (exact !== undefined) return exact
  const prefixed = Object.keys(element.attribs).find((key) => key.endsWith(`:${name}`))
  return prefixed === undefined ? null : (element.attribs[prefixed] ?? null)
}

/** Text in which `&amp;` and the like are spelled out; tags stay as they are. */
export const spellOutEntities = (text: string): string =>
  text.includes('&') ? textIn(parseHtml(text.replaceAll('<', '&lt;'))) : text
