import type { Block } from '../document.ts'
import type { RecognisedParagraph } from '../ocr.ts'
import { tidy } from '../tidy.ts'
import { inReadingOrder } from './columns.ts'
import type { ExtractedPage } from './extract.ts'
import { joinOverBreaks } from './flow.ts'
import type { FontWeights } from './fonts.ts'
import { findFurniture, furnitureKey } from './furniture.ts'
import { markHeadings, type Outline } from './headings.ts'
import { createJoiner, type Joiner } from './hyphens.ts'
import { type Line, toLines } from './lines.ts'
import { type Draft, toDrafts } from './paragraphs.ts'
import type { TextGroup } from './pieces.ts'
import { largestHeading } from './title.ts'

export interface Composition {
  readonly blocks: readonly Block[]
  /** The text of the largest heading on page 1, null where there is none. */
  readonly heading: string | null
}

const heaviest = <Key>(weights: ReadonlyMap<Key, number>): Key | undefined =>
  [...weights].reduce<[Key, number] | undefined>(
    (best, each) => (best && best[1] >= each[1] ? best : each),
    undefined,
  )?.[0]

/** The size that most letters are set in. */
const findBodySize = (pages: readonly ExtractedPage[]): number => {
  const sizes = new Map<number, number>()
  for (const { text, size } of pages.flatMap(({ main }) => main)) {
    const rounded = Math.round(size * 4) / 4
    sizes.set(rounded, (sizes.get(rounded) ?? 0) + text.length)
  }
  return heaviest(sizes) ?? 10
}

const groupText = ({ pieces }: TextGroup): string => pieces.map(({ text }) => text).join(' ')

/** Text across the page that most pages carry is a watermark, not a part of what the document says. */
const findWatermarks = (pages: readonly ExtractedPage[]): ReadonlySet<string> => {
  const counts = new Map<string, number>()
  for (const text of pages.flatMap(({ others }) => others.map(groupText))) counts.set(text, (counts.get(text) ?? 0) + 1)
  return new Set([...counts].filter(([, count]) => count >= 2 && count >= pages.length / 2).map(([text]) => text))
}

const recognisedDrafts = (paragraphs: readonly RecognisedParagraph[], page: number, size: number): Draft[] => {
  const isPageNumber = ({ lines }: RecognisedParagraph) => lines.length === 1 && /^\W*\d{1,4}\W*$/.test(lines[0] ?? '')
  const inner = paragraphs.filter(
    (paragraph, index) => !((index === 0 || index === paragraphs.length - 1) && isPageNumber(paragraph)),
  )
  return inner.map(({ lines }) => {
    const group = lines.map(
      (text): Line => ({ page, text, start: 0, end: 0, baseline: 0, size, font: '', isBold: false, cells: [] }),
    )
    return { kind: 'paragraph', level: 0, groups: [group], fillsLastLine: false, isIndented: true }
  })
}

const unreadable = /[\ue000-\uf8ff\u{f0000}-\u{10fffd}\ufffd]/gu
const shapedLetters = /[\ufb1d-\ufdff\ufe70-\ufefc]+/gu

const readable = (text: string): string =>
  tidy(
    text
      .replaceAll(unreadable, '')
      .replaceAll(shapedLetters, (letters) => letters.normalize('NFKC'))
      .replaceAll(/(?:\s?[.·…]){4,}/g, ' … '),
  )

const bullet = /^[•◦▪▫‣●○■□▶►➢➤✓✔❖∙·*\uf020-\uf0ff–—-]\s+/

const toText = ({ kind, groups }: Draft, { join }: Joiner): string => {
  const joined = (lines: readonly Line[]) => readable(join(lines.map(({ text }) => text)))
  if (kind === 'list') return groups.map((item) => joined(item).replace(bullet, '• ')).join('\n')
  if (kind === 'table') {
    return groups
      .map((row) => row.flatMap(({ cells }) => cells.map(({ text }) => readable(text))).join(' | '))
      .join('\n')
  }
  return joined(groups.flat())
}

/**
 * Puts the text of all pages together as it is read: without running headers, column by column, in paragraphs, with headings.
 * `recognised` holds the paragraphs of pages that were read from pictures, `fields` what was filled in, both by page number.
 */
export const compose = (
  pages: readonly ExtractedPage[],
  recognised: ReadonlyMap<number, readonly RecognisedParagraph[]>,
  fields: ReadonlyMap<number, readonly Block[]>,
  fonts: FontWeights,
  outline: Outline,
): Composition => {
  const bodySize = findBodySize(pages)
  const furniture = findFurniture(
    pages.map(({ main, ...page }) => ({ ...page, pieces: main })),
    bodySize,
  )
  const watermarks = findWatermarks(pages)
  const parts: Draft[][] = []
  for (const { number, main, others } of pages) {
    const paragraphs = recognised.get(number)
    if (paragraphs) {
      parts.push(recognisedDrafts(paragraphs, number, bodySize))
      continue
    }
    const kept = main.filter(({ row }) => !furniture.has(furnitureKey(number, row)))
    const aside = others.filter((group) => !watermarks.has(groupText(group))).map(({ pieces }) => pieces)
    for (const column of [...inReadingOrder(kept), ...aside]) {
      parts.push(toDrafts(toLines(column, number, fonts.isBold), bodySize))
    }
  }
  const drafts = joinOverBreaks(parts, bodySize)
  markHeadings(drafts, bodySize, outline)
  const joiner = createJoiner(drafts.flatMap(({ groups }) => groups.map((lines) => lines.map(({ text }) => text))))
  const blocks: Block[] = []
  let done = 0
  const addFields = (before: number) => {
    for (const [page, own] of fields) {
      if (page > done && page < before) blocks.push(...own)
    }
    done = Math.max(done, before - 1)
  }
  for (const draft of drafts) {
    const page = draft.groups[0]?.[0]?.page ?? null
    const text = toText(draft, joiner)
    if (page !== null) addFields(page)
    if (text !== '') blocks.push({ kind: draft.kind, level: draft.level, text, page, seconds: null })
  }
  addFields(Number.POSITIVE_INFINITY)
  const heading = largestHeading(drafts)
  return { blocks, heading: heading ? readable(joiner.join(heading.map(({ text }) => text))) : null }
}
