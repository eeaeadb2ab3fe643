import type { Block } from '../../reading/index.ts'
import type { Unit } from './units.ts'

/** Tokens from which a section is kept apart from its neighbours. */
const largeSection = 150
const longestHeading = 120

/** For each block the headings it stands under, such as "Chapter 2 › Saying no"; the title itself is left out. */
export const headingPaths = (blocks: readonly Block[], title: string): string[] => {
  const open: { level: number; text: string }[] = []
  let path = ''
  return blocks.map(({ kind, level, text }) => {
    if (kind !== 'heading') return path
    while ((open.at(-1)?.level ?? 0) >= level) open.pop()
    open.push({ level, text: text.slice(0, longestHeading).toWellFormed() })
    path = open
      .map((heading) => heading.text)
      .filter((heading) => heading !== title)
      .join(' › ')
    return path
  })
}

/** The level of a document's chapters: the highest that occurs more than once, as a single one is its title. */
const chapterLevel = (blocks: readonly Block[]): number => {
  const counts = new Map<number, number>()
  for (const { kind, level } of blocks) if (kind === 'heading') counts.set(level, (counts.get(level) ?? 0) + 1)
  const repeated = [...counts].filter(([, count]) => count > 1).map(([level]) => level)
  return Math.min(...(repeated.length > 0 ? repeated : counts.keys()))
}

/** The units with which a new passage must begin: chapters that are large and follow a large one. */
export const chapterStarts = (blocks: readonly Block[], units: readonly Unit[]): ReadonlySet<number> => {
  const level = chapterLevel(blocks)
  const starts: { unit: number; tokens: number }[] = [{ unit: 0, tokens: 0 }]
  for (const [index, { block, border, tokens }] of units.entries()) {
    if (border === 'heading' && blocks[block]?.level === level) starts.push({ unit: index, tokens: 0 })
    const section = starts.at(-1)
    if (section) section.tokens += tokens
  }
  const isLarge = (at: number): boolean => (starts[at]?.tokens ?? 0) >= largeSection
  return new Set(starts.filter((_, at) => at > 0 && isLarge(at) && isLarge(at - 1)).map(({ unit }) => unit))
}
