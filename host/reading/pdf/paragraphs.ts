import type { BlockKind } from '../document.ts'
import type { Line } from './lines.ts'

/** Lines that belong together, before headings are known and before hyphens are joined. */
export interface Draft {
  kind: BlockKind
  level: number
  /** Groups of lines: the items of a list, the rows of a table, or all lines as one group. */
  readonly groups: Line[][]
  /** The block fills its last line, so it may go on in the next column or page. */
  readonly fillsLastLine: boolean
  /** The first line stands in from the column's edge, as at the start of a paragraph. */
  readonly isIndented: boolean
}

interface Column {
  readonly start: number
  readonly end: number
  readonly leading: number
}

const bulletMark = /^[•◦▪▫‣●○■□▶►➢➤✓✔❖∙·\uf020-\uf0ff]\s+(?=\S)/
const dashMark = /^[-–—*]\s+(?=\S)/
const numberMark = /^\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{2,4})[.)]\s+(?=\S)/

const endsSentence = (text: string): boolean => /[.!?:…。！？؟۔]["'”’»)\]]*$/.test(text)

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

const measure = (lines: readonly Line[]): Column => {
  const starts = new Map<number, number>()
  for (const { start } of lines) starts.set(Math.round(start), (starts.get(Math.round(start)) ?? 0) + 1)
  const common = [...starts].filter(([, count]) => count >= Math.max(2, lines.length / 8)).map(([start]) => start)
  const ends = lines.map(({ end }) => end).toSorted((a, b) => a - b)
  const steps = lines.slice(1).flatMap((line, index) => {
    const before = lines[index]
    const step = before ? before.baseline - line.baseline : 0
    return before && step > 0 && step < 2.2 * line.size && Math.abs(before.size - line.size) < 0.1 * line.size
      ? [step]
      : []
  })
  return {
    start: common.length > 0 ? Math.min(...common) : Math.min(...lines.map(({ start }) => start)),
    end: ends[Math.floor(0.9 * (ends.length - 1))] ?? 0,
    leading: median(steps) || 1.2 * median(lines.map(({ size }) => size)),
  }
}

const firstWordWidth = ({ text, start, end, size }: Line): number => {
  const length = text.indexOf(' ') < 0 ? text.length : text.indexOf(' ')
  return ((end - start) * length) / Math.max(1, text.length) + 0.3 * size
}

/** The line above had room for this one's first word, so its end was meant. */
const isBrokenEarly = (above: Line, line: Line, column: Column): boolean =>
  column.end - above.end > firstWordWidth(line) + 0.5 * line.size

const isFull = (line: Line, column: Column): boolean => column.end - line.end < 2.5 * line.size

const isIndented = (line: Line, column: Column): boolean => {
  const indent = line.start - column.start
  return indent > 0.8 * line.size && indent < 4.5 * line.size
}

const hasMark = ({ text }: Line): boolean => bulletMark.test(text) || dashMark.test(text) || numberMark.test(text)

const startsBlock = (above: Line, line: Line, column: Column): boolean => {
  const step = above.baseline - line.baseline
  const size = Math.max(above.size, line.size)
  if (Math.abs(above.size - line.size) > 0.12 * size || above.isBold !== line.isBold) return true
  const usual = line.size > 1.1 * (column.leading / 1.2) ? 1.45 * size : 1.3 * column.leading
  if (step <= 0 || step > Math.max(usual, 1.15 * size)) return true
  const isBroken = isBrokenEarly(above, line, column)
  // After a line that goes on, an indent is that of a hanging paragraph.
  if (isIndented(line, column) && Math.abs(above.start - column.start) < 0.5 * size)
    return isBroken || endsSentence(above.text)
  return endsSentence(above.text) && isBroken && !/^\p{Ll}/u.test(line.text)
}

/** Rows of a table: at least two in a row with parts that stand one below the other. */
const isTableRow = (line: Line, other: Line | undefined): boolean => {
  if (!other || line.cells.length < 2 || other.cells.length < 2) return false
  const near = line.size
  const aligned = line.cells.filter(({ start, end }) =>
    other.cells.some((cell) => Math.abs(cell.start - start) < near || Math.abs(cell.end - end) < near),
  )
  return aligned.length >= 2 && Math.abs(line.baseline - other.baseline) < 4 * line.size
}

// An entry of a table of contents: dots lead to the page.
const leadsToPage = /[.·…]\s?[.·…]\s?[.·…]\s*(?:\d{1,4}|[ivxlc]{1,8})$/

interface Group {
  readonly kind: BlockKind
  readonly lines: Line[]
}

const groupLines = (lines: readonly Line[], column: Column): Group[] => {
  const groups: Group[] = []
  lines.forEach((line, index) => {
    const above = lines[index - 1]
    const group = groups.at(-1)
    if (leadsToPage.test(line.text) || isTableRow(line, above) || isTableRow(line, lines[index + 1])) {
      groups.push({ kind: 'table', lines: [line] })
      return
    }
    if (hasMark(line)) {
      groups.push({ kind: 'list', lines: [line] })
      return
    }
    if (!group || !above || group.kind === 'table') {
      groups.push({ kind: 'paragraph', lines: [line] })
      return
    }
    const first = group.lines[0] ?? line
    const isHanging = group.kind === 'list' && line.start > first.start + 0.4 * line.size
    const isClose = above.baseline - line.baseline <= 1.3 * column.leading
    if (isHanging && isClose && above.baseline > line.baseline) group.lines.push(line)
    else if (startsBlock(above, line, column)) groups.push({ kind: 'paragraph', lines: [line] })
    else group.lines.push(line)
  })
  return groups
}

const looksLikeHeading = (lines: readonly Line[], bodySize: number): boolean =>
  lines.length <= 2 && lines.every(({ size, isBold }) => size > 1.1 * bodySize || isBold)

/** Numbers and dashes make a list only together; a lone "1." may be a heading or a date. */
const settleLists = (groups: readonly Group[], bodySize: number): Group[] =>
  groups.map((group, index) => {
    const [first] = group.lines
    if (group.kind !== 'list' || !first || bulletMark.test(first.text)) return group
    const isPartOfList = [groups[index - 1], groups[index + 1]].some(
      (neighbour) =>
        neighbour?.kind === 'list' && Math.abs((neighbour.lines[0]?.start ?? 0) - first.start) < 2 * first.size,
    )
    return isPartOfList && !looksLikeHeading(group.lines, bodySize) ? group : { ...group, kind: 'paragraph' }
  })

/**
 * The library leaves out hyphens that a file stores as soft ones. In a justified column such a line stops just the width of a
 * hyphen short of the edge that all others reach; there the soft hyphen is put back.
 */
const restoreSoftHyphens = (lines: readonly Line[], column: Column): readonly Line[] => {
  const shortfall = ({ end, size }: Line): number => (column.end - end) / size
  const flush = lines.filter((line) => Math.abs(shortfall(line)) < 0.08).length
  if (flush < 4 || flush < 0.5 * lines.length) return lines
  return lines.map((line, index) => {
    const next = lines[index + 1]
    const isShort = shortfall(line) > 0.2 && shortfall(line) < 0.45
    const isCut = isShort && /\p{L}$/u.test(line.text) && next !== undefined && /^\p{Ll}/u.test(next.text)
    return isCut ? { ...line, text: `${line.text}\u00ad` } : line
  })
}

/** Paragraphs, lists and tables of one part of a page that has one column. */
export const toDrafts = (lines: readonly Line[], bodySize: number): Draft[] => {
  if (lines.length === 0) return []
  const column = measure(lines)
  const drafts: Draft[] = []
  for (const { kind, lines: own } of settleLists(groupLines(restoreSoftHyphens(lines, column), column), bodySize)) {
    const [first] = own
    const last = own.at(-1)
    const before = drafts.at(-1)
    if (!first || !last) continue
    if (before && kind !== 'paragraph' && before.kind === kind) {
      before.groups.push(own)
      continue
    }
    const fillsLastLine = kind === 'paragraph' && own.length > 1 && isFull(last, column)
    drafts.push({ kind, level: 0, groups: [own], fillsLastLine, isIndented: isIndented(first, column) })
  }
  return drafts
}
