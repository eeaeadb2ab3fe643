import type { Piece } from './pieces.ts'

interface Stretch {
  readonly gutter: number
  readonly top: number
  readonly bottom: number
  readonly left: readonly Piece[]
  readonly right: readonly Piece[]
  readonly score: number
}

const gridSteps = 96
const deepest = 5
const fewestRows = 3

const byRow = (pieces: readonly Piece[]): Piece[][] => {
  const rows = new Map<number, Piece[]>()
  for (const piece of pieces) {
    const row = rows.get(piece.row)
    if (row) row.push(piece)
    else rows.set(piece.row, [piece])
  }
  return [...rows].toSorted(([a], [b]) => a - b).map(([, row]) => row)
}

const extent = (pieces: readonly Piece[]) => {
  let left = Number.POSITIVE_INFINITY
  let right = Number.NEGATIVE_INFINITY
  for (const piece of pieces) {
    if (piece.left < left) left = piece.left
    if (piece.right > right) right = piece.right
  }
  return { left, right, width: right - left }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

/** Stretches of rows that nothing crosses at x, with text on both sides. */
const stretchesAt = (rows: readonly (readonly Piece[])[], x: number, margin: number): Stretch[] => {
  const found: Stretch[] = []
  let left: Piece[] = []
  let right: Piece[] = []
  let leftRows = 0
  let rightRows = 0
  const finish = () => {
    const score = Math.min(leftRows, rightRows)
    if (score >= fewestRows) {
      const baselines = [...left, ...right].map(({ baseline }) => baseline)
      found.push({ gutter: x, top: Math.max(...baselines), bottom: Math.min(...baselines), left, right, score })
    }
    left = []
    right = []
    leftRows = 0
    rightRows = 0
  }
  for (const row of rows) {
    if (row.some((piece) => piece.left < x + margin && piece.right > x - margin)) {
      finish()
      continue
    }
    let hasLeft = false
    let hasRight = false
    for (const piece of row) {
      if (piece.left > x) {
        right.push(piece)
        hasRight = true
      } else {
        left.push(piece)
        hasLeft = true
      }
    }
    if (hasLeft) leftRows += 1
    if (hasRight) rightRows += 1
  }
  finish()
  return found
}

/** How full the rows of one side are, from 0 to 1: running text fills its column, the cells of a table do not. */
const fullness = (pieces: readonly Piece[]): number => {
  const { width } = extent(pieces)
  return median(byRow(pieces).map((row) => extent(row).width)) / Math.max(1, width)
}

const areColumns = ({ left, right, score }: Stretch): boolean => {
  const size = median([...left, ...right].map((piece) => piece.size))
  if (extent(left).width < 7 * size || extent(right).width < 7 * size) return false
  const inDrawingOrder = [
    ...left.map(({ order }) => ({ order, side: 0 })),
    ...right.map(({ order }) => ({ order, side: 1 })),
  ]
  inDrawingOrder.sort((a, b) => a.order - b.order)
  const switches = inDrawingOrder.filter(
    ({ side }, index) => index > 0 && side !== inDrawingOrder[index - 1]?.side,
  ).length
  // Tables are drawn row by row, columns one after the other.
  if (switches <= Math.max(2, 0.25 * score)) return true
  const letters = median([...left, ...right].map(({ text }) => text.length))
  return score >= 6 && letters >= 15 && fullness(left) >= 0.75 && fullness(right) >= 0.75
}

const findColumns = (pieces: readonly Piece[]): Stretch | null => {
  const rows = byRow(pieces)
  if (rows.length < fewestRows || !rows.some((row) => row.length > 1)) return null
  const { left, width } = extent(pieces)
  const margin = 0.3 * median(pieces.map(({ size }) => size))
  const candidates: Stretch[] = []
  for (let step = 0; step <= gridSteps; step += 1) {
    const x = left + width * (0.1 + (0.8 * step) / gridSteps)
    candidates.push(...stretchesAt(rows, x, margin))
  }
  candidates.sort((a, b) => b.score - a.score)
  const tried = new Set<string>()
  for (const candidate of candidates) {
    const key = `${candidate.left.length} ${candidate.right.length} ${candidate.top}`
    if (tried.has(key)) continue
    tried.add(key)
    if (areColumns(candidate)) return candidate
    if (tried.size > 8) return null
  }
  return null
}

const order = (pieces: readonly Piece[], depth: number): Piece[][] => {
  const columns = depth < deepest ? findColumns(pieces) : null
  if (!columns) return [[...pieces]]
  const inside = new Set([...columns.left, ...columns.right])
  const outside = pieces.filter((piece) => !inside.has(piece))
  const above = outside.filter(({ baseline }) => baseline >= columns.top)
  const below = outside.filter(({ baseline }) => baseline < columns.top)
  const rightToLeft = readsFromTheRight(columns)
  const sides = rightToLeft ? [columns.right, columns.left] : [columns.left, columns.right]
  return [above, ...sides, below].filter((part) => part.length > 0).flatMap((part) => order(part, depth + 1))
}

const readsFromTheRight = ({ left, right }: Stretch): boolean => {
  const letters = [...left, ...right].map(({ text }) => text)
  return letters.filter((text) => /[\u0590-\u08ff]/.test(text)).length > letters.length / 2
}

/** Splits a page into parts of one column each, in the order in which they are read; text across all columns parts them. */
export const inReadingOrder = (pieces: readonly Piece[]): Piece[][] => (pieces.length === 0 ? [] : order(pieces, 0))
