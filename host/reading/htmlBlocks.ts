import type { Block } from './document.ts'
import { createGatherer, type Gatherer } from './gather.ts'
import { type MarkupElement, type MarkupParent, nameOf, walk } from './markup.ts'

const setOf = (names: string): ReadonlySet<string> => new Set(names.split(' '))

const dropped = setOf(
  'script style noscript template title head svg math iframe object embed canvas audio video button select textarea input datalist rt rp nav',
)
const lists = setOf('ul ol menu dl')
const items = setOf('li dt dd')
const headings = setOf('h1 h2 h3 h4 h5 h6')
const standsAlone = setOf(
  'address article aside blockquote body caption center details dialog div fieldset figcaption figure footer form header hgroup hr html legend main p pre section summary table tbody td tfoot th thead tr',
)
const hiddenStyle =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|(?:font-size|opacity)\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:;|!|$))/iu

/** True for what a browser does not show, so that a document cannot say to the clone what it hides from the coach. */
export const isUnseen = (element: MarkupElement): boolean => {
  const { hidden, style } = element.attribs
  return (
    dropped.has(nameOf(element)) ||
    (hidden !== undefined && hidden !== 'until-found') ||
    element.attribs['aria-hidden'] === 'true' ||
    (style !== undefined && hiddenStyle.test(style))
  )
}

/** Tables that only arrange a page: they hold tables or headings, have one cell, or say so. */
const layoutTables = (root: MarkupParent): ReadonlySet<MarkupElement> => {
  const found = new Set<MarkupElement>()
  const open: { readonly table: MarkupElement; cells: number }[] = []
  // Stops at the first that is known already, so that deep nesting stays linear.
  const markOpen = (): void => {
    for (const { table } of open.toReversed()) {
      if (found.has(table)) return
      found.add(table)
    }
  }
  walk(root, {
    enter: (element) => {
      const name = nameOf(element)
      const around = open.at(-1)
      if (name === 'table' || headings.has(name)) markOpen()
      if (around && (name === 'td' || name === 'th')) around.cells += 1
      if (name === 'table') open.push({ table: element, cells: 0 })
      return true
    },
    leave: (element) => {
      if (nameOf(element) !== 'table') return
      const { role } = element.attribs
      if ((open.pop()?.cells ?? 0) < 2 || role === 'presentation' || role === 'none') found.add(element)
    },
  })
  return found
}

const isBorder = (name: string): boolean =>
  standsAlone.has(name) || headings.has(name) || lists.has(name) || items.has(name)

const firstNumber = (list: MarkupElement): number | null =>
  nameOf(list) === 'ol' ? (/^\d{1,6}$/u.test(list.attribs.start ?? '') ? Number(list.attribs.start) : 1) : null

const enterInTable = (gather: Gatherer, name: string): void => {
  if (name === 'td' || name === 'th') gather.startCell()
}
const leaveInTable = (gather: Gatherer, name: string): void => {
  if (name === 'td' || name === 'th') gather.endCell()
  if (name === 'tr') gather.endRow()
}

/** The blocks of parsed HTML, all on one page; `leavesOut` names what else does not belong to the text. */
export const blocksOfHtml = (
  root: MarkupParent,
  page: number | null,
  leavesOut: (element: MarkupElement) => boolean = () => false,
): readonly Block[] => {
  const layout = layoutTables(root)
  const gather = createGatherer(page)
  let openTable: MarkupElement | null = null

  const enter = (element: MarkupElement): boolean => {
    const name = nameOf(element)
    if (name === 'br') gather.lineBreak()
    if (isUnseen(element) || leavesOut(element)) return false
    if (isBorder(name)) gather.border()
    if (headings.has(name)) gather.setHeading(Number(name[1]))
    if (name === 'pre') gather.keepLines(true)
    if (openTable) enterInTable(gather, name)
    else if (lists.has(name)) gather.openList(firstNumber(element))
    else if (items.has(name)) gather.startItem(name === 'li')
    else if (name === 'table' && !layout.has(element)) {
      openTable = element
      gather.openTable()
    }
    return true
  }
  const leave = (element: MarkupElement): void => {
    const name = nameOf(element)
    if (isBorder(name)) gather.border()
    if (headings.has(name)) gather.setHeading(0)
    if (name === 'pre') gather.keepLines(false)
    if (openTable === element) {
      openTable = null
      gather.closeTable()
    } else if (openTable) leaveInTable(gather, name)
    else if (lists.has(name)) gather.closeList()
  }

  walk(root, { enter, leave, text: gather.text })
  gather.border()
  return gather.blocks
}
