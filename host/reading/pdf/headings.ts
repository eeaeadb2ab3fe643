import type { Line } from './lines.ts'
import type { Draft } from './paragraphs.ts'

/** Titles of the document's outline with their depth, 1 at the top; the key is `outlineKey`. */
export type Outline = ReadonlyMap<string, number>

// Labels of figures are large at times, but are no words.
const hasWord = /\p{L}{2}|[\u3040-\u30ff\u3400-\u9fff]/u
const longestHeading = 160
const deepestLevel = 6

export const outlineKey = (title: string): string =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')

const linesOf = ({ groups }: Draft): Line[] => groups.flat()
const textOf = (draft: Draft): string =>
  linesOf(draft)
    .map(({ text }) => text)
    .join(' ')

const isLarge = (lines: readonly Line[], bodySize: number): boolean =>
  lines.every(({ size }) => size >= 1.13 * bodySize)

const isHeading = (draft: Draft, bodySize: number, outline: Outline): boolean => {
  if (draft.kind !== 'paragraph') return false
  const lines = linesOf(draft)
  const text = textOf(draft)
  if (lines.length > 4 || text.length > longestHeading || !hasWord.test(text) || /[,;]$/.test(text)) return false
  if (lines.length <= 3 && outline.has(outlineKey(text))) return true
  const isLong = text.split(' ').length > 16
  if (isLarge(lines, bodySize)) return !(isLong && /[.]$/.test(text)) && text.length > 1
  const isSetApart = lines.every(({ isBold, size }) => isBold && size >= 0.93 * bodySize)
  return isSetApart && lines.length <= 2 && !isLong && !/[.,;:]$/.test(text) && /^[\p{Lu}\p{N}\p{Lo}¿¡"“«(]/u.test(text)
}

const numberDepth = (text: string): number => /^\d{1,2}(?:\.\d{1,2})*/.exec(text)?.[0].split('.').length ?? 0

interface Style {
  readonly size: number
  readonly isBold: boolean
  readonly drafts: Draft[]
}

const toStyles = (headings: readonly Draft[]): Style[] => {
  const styles: Style[] = []
  for (const draft of headings) {
    const [first] = linesOf(draft)
    if (!first) continue
    const style = styles.find(
      ({ size, isBold }) => isBold === first.isBold && Math.abs(size - first.size) < 0.04 * size,
    )
    if (style) style.drafts.push(draft)
    else styles.push({ size: first.size, isBold: first.isBold, drafts: [draft] })
  }
  return styles.toSorted((a, b) => b.size - a.size || Number(b.isBold) - Number(a.isBold))
}

const outlineDepth = ({ drafts }: Style, outline: Outline): number | null => {
  const depths = drafts.flatMap((draft) => outline.get(outlineKey(textOf(draft))) ?? [])
  return depths.toSorted((a, b) => a - b)[depths.length >> 1] ?? null
}

/** Marks headings by size, weight and outline, and gives them levels: the larger the type, the higher the heading. */
export const markHeadings = (drafts: readonly Draft[], bodySize: number, outline: Outline): void => {
  const headings = drafts.filter((draft) => isHeading(draft, bodySize, outline))
  let level = 0
  for (const style of toStyles(headings)) {
    const depth = outlineDepth(style, outline)
    level = Math.min(deepestLevel, depth === null ? level + 1 : Math.max(depth, 1))
    const depths = style.drafts.map((draft) => numberDepth(textOf(draft))).filter((each) => each > 0)
    const shallowest = depths.length > 0 ? Math.min(...depths) : 0
    for (const draft of style.drafts) {
      const own = numberDepth(textOf(draft))
      draft.kind = 'heading'
      const exact = outline.get(outlineKey(textOf(draft)))
      draft.level = Math.min(deepestLevel, exact ?? (own > 0 ? level + own - shallowest : level))
    }
    level = Math.min(deepestLevel, level + (depths.length > 0 && depth === null ? Math.max(...depths) - shallowest : 0))
  }
}
