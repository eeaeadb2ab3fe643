import type { Piece } from './pieces.ts'
import { readsRightToLeft } from './writingDirection.ts'

/** One line within one column. */
export interface Line {
  readonly page: number
  readonly text: string
  /** Distance along the writing, in points: where reading begins and ends (mirrored for right-to-left lines). */
  readonly start: number
  readonly end: number
  readonly baseline: number
  readonly size: number
  readonly font: string
  readonly isBold: boolean
  /** The parts that stand well apart, as in the row of a table; one part otherwise. */
  readonly cells: readonly Cell[]
}

export interface Cell {
  readonly text: string
  readonly start: number
  readonly end: number
}

export type Boldness = (font: string) => boolean

const bullet = /^[•◦▪▫‣●○■□▶►➢➤✓✔❖∙·\u2013\u2014*\uf020-\uf0ff-]$|^\(?(?:\d{1,3}|[a-zA-Z])[.)]$/

const toLine = (row: readonly Piece[], page: number, isBold: Boldness): Line | null => {
  const sorted = row.toSorted((a, b) => a.left - b.left)
  const main = sorted.reduce<Piece | undefined>(
    (best, piece) => (best && best.text.length >= piece.text.length ? best : piece),
    undefined,
  )
  if (!main) return null
  const isRightToLeft = readsRightToLeft(sorted.map(({ text }) => text).join(' '))
  const pieces = isRightToLeft ? sorted.toReversed() : sorted
  const place = ({ left, right }: Piece) =>
    isRightToLeft ? { start: -right, end: -left } : { start: left, end: right }
  const cells: Cell[] = []
  for (const piece of pieces) {
    const last = cells.at(-1)
    const { start, end } = place(piece)
    const isTouching = last !== undefined && start - last.end < 1.4 * main.size
    if (last && (isTouching || bullet.test(last.text))) {
      cells[cells.length - 1] = { text: `${last.text} ${piece.text}`, start: last.start, end }
    } else cells.push({ text: piece.text, start, end })
  }
  return {
    page,
    text: cells.map((cell) => cell.text).join(' '),
    start: cells[0]?.start ?? 0,
    end: Math.max(...cells.map(({ end }) => end)),
    baseline: main.baseline,
    size: main.size,
    font: main.font,
    isBold: sorted.every(({ font }) => isBold(font)),
    cells,
  }
}

/** The lines of a part of a page that has one column, from the top. */
export const toLines = (pieces: readonly Piece[], page: number, isBold: Boldness): Line[] => {
  const rows = new Map<number, Piece[]>()
  for (const piece of pieces) {
    const row = rows.get(piece.row)
    if (row) row.push(piece)
    else rows.set(piece.row, [piece])
  }
  return [...rows.values()]
    .flatMap((row) => toLine(row, page, isBold) ?? [])
    .toSorted((a, b) => b.baseline - a.baseline)
}
