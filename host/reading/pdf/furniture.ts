import type { Piece } from './pieces.ts'

/** The main text of one page; `bottom` and `top` bound the page in the same frame as the pieces. */
export interface PageFrame {
  readonly number: number
  readonly bottom: number
  readonly top: number
  readonly pieces: readonly Piece[]
}

interface EdgeRow {
  readonly page: number
  readonly row: number
  readonly edge: 'top' | 'bottom'
  /** Distance from the edge, in points. */
  readonly distance: number
  readonly size: number
  readonly text: string
  /** The text with every number replaced; what stays the same from page to page. */
  readonly pattern: string
  readonly numbers: readonly number[]
}

const rowsPerEdge = 4
/** Space between a header or footer and the text, in sizes of its type; lines of one paragraph stand closer. */
const leastGap = 1.55
const edgePart = 0.17

const roman = /^[ivxlc]+$/
const romanValues: Record<string, number> = { i: 1, v: 5, x: 10, l: 50, c: 100 }

const romanNumber = (text: string): number =>
  [...text].reduce((sum, letter, index) => {
    const value = romanValues[letter] ?? 0
    const next = romanValues[text[index + 1] ?? ''] ?? 0
    return sum + (value < next ? -value : value)
  }, 0)

const numbersIn = (text: string): number[] => {
  if (roman.test(text)) return [romanNumber(text)]
  return [...text.matchAll(/\d{1,5}/g)].map(([digits]) => Number(digits))
}

const patternOf = (text: string): string => {
  const plain = text.toLowerCase().replaceAll(/\s+/g, ' ').trim()
  return roman.test(plain) ? '#' : plain.replaceAll(/\d+/g, '#')
}

/** The rows nearest to the top and the bottom edge, outermost first. */
const edgeRows = (page: PageFrame): EdgeRow[] => {
  const rows = new Map<number, Piece[]>()
  for (const piece of page.pieces) {
    const row = rows.get(piece.row)
    if (row) row.push(piece)
    else rows.set(piece.row, [piece])
  }
  const sorted = [...rows].toSorted(([a], [b]) => a - b)
  const reach = edgePart * (page.top - page.bottom)
  const describe = (edge: EdgeRow['edge'], [row, pieces]: readonly [number, readonly Piece[]]): EdgeRow => {
    const text = pieces
      .toSorted((a, b) => a.left - b.left)
      .map((piece) => piece.text)
      .join(' ')
    const baseline = pieces[0]?.baseline ?? 0
    const distance = edge === 'top' ? page.top - baseline : baseline - page.bottom
    const size = Math.max(...pieces.map((piece) => piece.size))
    const pattern = patternOf(text)
    return { page: page.number, row, edge, distance, size, text, pattern, numbers: numbersIn(text.toLowerCase()) }
  }
  return [
    ...sorted.slice(0, rowsPerEdge + 1).map((row) => describe('top', row)),
    ...sorted
      .slice(-rowsPerEdge - 1)
      .toReversed()
      .map((row) => describe('bottom', row)),
  ].map((row) => (row.distance <= reach ? row : { ...row, pattern: '', numbers: [] }))
}

const slotOf = ({ edge, distance }: EdgeRow, shift = 0): string => `${edge} ${Math.round(distance / 6) + shift}`

/** Whether one of the numbers counts the pages: it differs from the page's number by the same on nearly all of them. */
const countsPages = (rows: readonly EdgeRow[]): boolean => {
  const places = Math.min(...rows.map(({ numbers }) => numbers.length))
  return Array.from({ length: places }, (_, place) => {
    const offsets = new Map<number, number>()
    for (const { page, numbers } of rows) {
      const offset = (numbers[place] ?? 0) - page
      offsets.set(offset, (offsets.get(offset) ?? 0) + 1)
    }
    return Math.max(...offsets.values()) >= Math.max(2, 0.6 * rows.length)
  }).some(Boolean)
}

const isRepeated = (rows: readonly EdgeRow[], pages: number, bodySize: number): boolean => {
  const [first] = rows
  if (!first || rows.length < 2) return false
  const isNumber = !/\p{L}/u.test(first.pattern)
  if (countsPages(rows) && (isNumber || first.size <= 1.1 * bodySize)) return true
  if (pages > 3 && rows.length < 3) return false
  if (!first.pattern.includes('#')) return true
  const isAlwaysTheSame = new Set(rows.map(({ text }) => text)).size === 1
  // "Exercise 1", "Exercise 2" at the same place are headings; a small "§ 12 Law" is not.
  return isAlwaysTheSame || (first.size <= bodySize && !isNumber && rows.length > pages / 2)
}

const isLonePageNumber = ({ pattern, numbers, page }: EdgeRow, pages: number): boolean =>
  /^(?:page |seite |página |pag\. |p\. |- ?|– ?)?#(?: ?-| ?–| ?(?:\/|of|von|de|sur) ?#)?$/.test(pattern) &&
  numbers[0] === page &&
  pages < 4

const isSetApart = (row: EdgeRow, next: EdgeRow | undefined): boolean =>
  !next || Math.abs(next.distance - row.distance) >= leastGap * row.size

/** Running headers, running footers and page numbers, as keys of `furnitureKey`: the same at the same place on several pages. */
export const findFurniture = (pages: readonly PageFrame[], bodySize: number): ReadonlySet<string> => {
  const rows = pages.map(edgeRows)
  const alike = new Map<string, EdgeRow[]>()
  for (const row of rows.flat()) {
    for (const shift of [-1, 0, 1]) {
      const key = `${slotOf(row, shift)} ${row.pattern}`
      const others = alike.get(key)
      if (others) others.push(row)
      else alike.set(key, [row])
    }
  }
  const repeats = new Map<string, boolean>()
  for (const [key, group] of alike) {
    const onePerPage = [...new Map(group.map((row) => [row.page, row])).values()]
    repeats.set(key, isRepeated(onePerPage, pages.length, bodySize))
  }
  const repeated = (row: EdgeRow) => repeats.get(`${slotOf(row)} ${row.pattern}`) === true
  const slots = new Map<string, number>()
  for (const row of rows.flat().filter(repeated)) slots.set(slotOf(row), (slots.get(slotOf(row)) ?? 0) + 1)
  // Where most pages carry a header, a chapter's own title in that place is one as well.
  const isInSlot = (row: EdgeRow) =>
    row.size <= 1.05 * bodySize && pages.length >= 6 && (slots.get(slotOf(row)) ?? 0) >= 0.6 * pages.length
  const found = new Set<string>()
  for (const pageRows of rows) {
    for (const edge of ['top', 'bottom'] as const) {
      const atEdge = pageRows.filter((row) => row.edge === edge)
      const inner = atEdge.findIndex(
        (row) => row.pattern === '' || !(repeated(row) || isInSlot(row) || isLonePageNumber(row, pages.length)),
      )
      const outer = atEdge.slice(0, inner < 0 ? rowsPerEdge : inner)
      let from = 0
      while (from < outer.length) {
        const end = outer.findIndex(
          (row, index) => index >= from && (row.pattern === '#' || isSetApart(row, atEdge[index + 1])),
        )
        // Three lines close together are a paragraph, even where every page repeats it.
        if (end < 0 || end - from >= 2) break
        for (const row of outer.slice(from, end + 1)) found.add(furnitureKey(row.page, row.row))
        from = end + 1
      }
    }
  }
  // Where every row repeats, as on copies of one sheet, the rows are the text.
  return rowCount(pages) > found.size ? found : new Set()
}

const rowCount = (pages: readonly PageFrame[]): number =>
  pages.reduce((sum, { pieces }) => sum + new Set(pieces.map(({ row }) => row)).size, 0)

export const furnitureKey = (page: number, row: number): string => `${page} ${row}`
