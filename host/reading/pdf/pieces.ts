import type { PdfText } from './library.ts'
import { hasRightToLeft, inLogicalOrder } from './writingDirection.ts'

/** Words of one row without a wide gap between them; lengths in points along (left, right) and across (baseline) the writing. */
export interface Piece {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly baseline: number
  readonly size: number
  /** The library's name for the font most letters are set in. */
  readonly font: string
  /** Where the piece comes in the page's own drawing order. */
  readonly order: number
  /** Number of the row, counted from the top; pieces of one row share it. */
  readonly row: number
}

/** All text of a page that is written in one direction. */
export interface TextGroup {
  /** Degrees anticlockwise; 0 is ordinary horizontal text. */
  readonly angle: number
  readonly letters: number
  readonly pieces: readonly Piece[]
}

export interface Fragment {
  text: string
  left: number
  right: number
  baseline: number
  size: number
  font: string
  order: number
  /** The page draws a space after it. */
  spaced: boolean
}

type Item = Extract<PdfText['items'][number], { str: string }>

// Columns may stand closer than a wide space in justified text; lines.ts puts the words of one line together again.
const widestWordGap = 0.6
const narrowestWordGap = 0.13

const angleOf = ([a = 1, b = 0]: readonly number[]): number => {
  if (b === 0) return a < 0 ? 180 : 0
  const degrees = Math.round((Math.atan2(b, a) * 180) / Math.PI)
  const upright = Math.round(degrees / 90) * 90
  return ((Math.abs(degrees - upright) <= 3 ? upright : degrees) + 360) % 360
}

// "H e a d i n g": letters set apart for looks read as one word.
const closeLetterSpacing = (text: string): string =>
  text.length >= 7 && text[1] === ' ' && text[3] === ' ' && /^\p{L}(?: \p{L}){3,}$/u.test(text)
    ? text.replaceAll(' ', '').replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    : text

const toFragment = (item: Item, order: number, angle: number, isVertical: boolean): Fragment => {
  const [, , c = 0, d = 0, e = 0, f = 0] = item.transform
  const font = item.fontName
  const text = closeLetterSpacing(item.str)
  if (isVertical) {
    return { text, left: -f, right: -f + item.height, baseline: e, size: item.width, font, order, spaced: false }
  }
  const radians = (angle * Math.PI) / 180
  const along = angle === 0 ? e : e * Math.cos(radians) + f * Math.sin(radians)
  const across = angle === 0 ? f : f * Math.cos(radians) - e * Math.sin(radians)
  const size = item.height || Math.hypot(c, d)
  return { text, left: along, right: along + item.width, baseline: across, size, font, order, spaced: false }
}

interface Row {
  baseline: number
  size: number
  readonly fragments: Fragment[]
}

/** Rows from the top; raised and lowered small print belongs to the row it touches. */
const toRows = (fragments: readonly Fragment[]): Row[] => {
  const rows: Row[] = []
  for (const fragment of fragments.toSorted((a, b) => b.baseline - a.baseline)) {
    const row = rows.at(-1)
    const distance = row ? row.baseline - fragment.baseline : 0
    const reach = row ? (row.size === fragment.size ? 0.4 : 0.5) * Math.max(row.size, fragment.size) : 0
    if (!row || distance > reach) {
      rows.push({ baseline: fragment.baseline, size: fragment.size, fragments: [fragment] })
      continue
    }
    row.fragments.push(fragment)
    if (fragment.size > row.size) {
      row.size = fragment.size
      row.baseline = fragment.baseline
    }
  }
  return rows
}

// A large first letter over several lines belongs to the first of them.
const lowerDropCaps = (fragments: readonly Fragment[]): void => {
  for (const cap of fragments) {
    if (cap.text.length > 2 || !/^["“«¿¡]?\p{Lu}$/u.test(cap.text)) continue
    const beside = fragments.filter(
      ({ left, baseline, size }) =>
        size < cap.size / 1.8 &&
        left > cap.right - 0.2 * cap.size &&
        left < cap.right + 0.4 * cap.size &&
        baseline >= cap.baseline - 0.2 * size &&
        baseline < cap.baseline + cap.size,
    )
    const first = beside.toSorted((a, b) => b.baseline - a.baseline)[0]
    if (beside.length < 2 || !first) continue
    cap.baseline = first.baseline
    cap.size = first.size
    cap.right = first.left
  }
}

// Bold type is sometimes drawn by printing the same letters twice, a hair apart.
const isDrawnTwice = (one: Fragment, other: Fragment): boolean =>
  one.text === other.text && Math.abs(one.left - other.left) < 0.25 * one.size && one.text.trim().length > 0

const isSingleLetter = ({ text }: Fragment): boolean => text.length <= 3 && /^\s?\p{L}\s?$/u.test(text)

/** Runs of single letters set apart evenly: "H E A D I N G" is one word. */
const mergeSpacedLetters = (fragments: readonly Fragment[]): readonly Fragment[] => {
  if (fragments.length < 4 || fragments.filter(isSingleLetter).length < 4) return fragments
  const gapAfter = (index: number): number => {
    const [before, after] = [fragments[index], fragments[index + 1]]
    return before && after ? (after.left - before.right) / Math.max(before.size, after.size) : Number.POSITIVE_INFINITY
  }
  const runs: Fragment[][] = []
  let runGap = 0
  fragments.forEach((fragment, index) => {
    const gap = gapAfter(index - 1)
    const run = runs.at(-1)
    const before = run?.at(-1)
    const isMore = run !== undefined && before !== undefined && isSingleLetter(before) && isSingleLetter(fragment)
    if (isMore && gap > 0.05 && gap < 1.2 && (run.length === 1 || Math.abs(gap - runGap) < 0.25)) {
      if (run.length === 1) runGap = gap
      run.push(fragment)
    } else runs.push([fragment])
  })
  const shortest = runs.some((run) => run.length >= 4) ? 2 : Number.POSITIVE_INFINITY
  return runs.flatMap((run) => {
    const [first, last] = [run[0], run.at(-1)]
    if (run.length < shortest || !first || !last) return run
    return [{ ...first, text: run.map(({ text }) => text.trim()).join(''), right: last.right, spaced: last.spaced }]
  })
}

const joinFragments = (fragments: readonly Fragment[]): string => {
  let text = fragments[0]?.text ?? ''
  for (let index = 1; index < fragments.length; index += 1) {
    const before = fragments[index - 1]
    const fragment = fragments[index]
    if (!before || !fragment) continue
    const gap = (fragment.left - before.right) / Math.min(before.size, fragment.size)
    const isApart = gap > narrowestWordGap || (before.spaced && gap > -0.5)
    text += isApart ? ` ${fragment.text}` : fragment.text
  }
  return text
}

const mainFragment = (fragments: readonly Fragment[]): Fragment | undefined => {
  const [first] = fragments
  if (fragments.every(({ font, size }) => font === first?.font && size === first.size)) return first
  const letters = new Map<string, number>()
  const key = ({ font, size }: Fragment) => `${font} ${size}`
  for (const fragment of fragments) letters.set(key(fragment), (letters.get(key(fragment)) ?? 0) + fragment.text.length)
  return fragments.reduce((best, each) => ((letters.get(key(each)) ?? 0) > (letters.get(key(best)) ?? 0) ? each : best))
}

const toPiece = (fragments: readonly Fragment[], row: number): Piece | null => {
  const main = mainFragment(fragments)
  if (!main) return null
  const isMixed = fragments.some(({ text }) => hasRightToLeft(text))
  const text = (isMixed ? inLogicalOrder(fragments, narrowestWordGap) : joinFragments(fragments))
    .replaceAll(/\s+/g, ' ')
    .trim()
  if (text === '') return null
  const left = fragments[0]?.left ?? main.left
  const right = Math.max(...fragments.map((fragment) => fragment.right))
  const order = Math.min(...fragments.map((fragment) => fragment.order))
  return { text, left, right, baseline: main.baseline, size: main.size, font: main.font, order, row }
}

const toPieces = (fragments: readonly Fragment[]): Piece[] => {
  lowerDropCaps(fragments)
  return toRows(fragments).flatMap((row, number) => {
    const inRow = mergeSpacedLetters(row.fragments.toSorted((a, b) => a.left - b.left))
    const groups: Fragment[][] = []
    let reach = 0
    for (const fragment of inRow) {
      const group = groups.at(-1)
      const last = group?.at(-1)
      if (group && last && isDrawnTwice(last, fragment)) continue
      if (group && last && fragment.left - reach < widestWordGap * Math.max(last.size, fragment.size)) {
        group.push(fragment)
        reach = Math.max(reach, fragment.right)
      } else {
        groups.push([fragment])
        reach = fragment.right
      }
    }
    return groups.flatMap((group) => toPiece(group, number) ?? [])
  })
}

/** The words of a page with their places, by direction of writing; the direction with most letters comes first. */
export const readPieces = ({ items, styles }: PdfText): TextGroup[] => {
  const byAngle = new Map<number, Fragment[]>()
  let last: Fragment | undefined
  items.forEach((item, order) => {
    if (!('str' in item)) return
    if (item.str.trim() === '') {
      if (last && item.str !== '') last.spaced = true
      return
    }
    const isVertical = styles[item.fontName]?.vertical === true
    const angle = isVertical ? 270 : angleOf(item.transform)
    last = toFragment(item, order, angle, isVertical)
    if (last.size <= 0) return
    const group = byAngle.get(angle)
    if (group) group.push(last)
    else byAngle.set(angle, [last])
  })
  return [...byAngle]
    .map(([angle, fragments]) => ({
      angle,
      letters: fragments.reduce((sum, { text }) => sum + text.length, 0),
      pieces: toPieces(fragments),
    }))
    .toSorted((a, b) => b.letters - a.letters)
}
