import { decodeText } from './decodeText.ts'
import type { Block, Reader } from './document.ts'
import { joinLines, tidy } from './tidy.ts'

/** Lines longer than this were not broken by hand, so each is a paragraph of its own. */
const unbrokenLine = 120
/** Lines shorter than this on average are verse, an address or a chat: their breaks mean something. */
const shortLine = 45
const bullet = /^(?:[-*•◦▪‣–]|\d{1,3}[.)]|\p{L}\))\s+(?=\S)/u
const rule = /^(?:[-=_*~#]\s?){3,}$/u
const chapter =
  /^(?:chapter|part|section|lesson|module|unit|session|kapitel|teil|lektion|modul|capítulo|capitulo|parte|lección|lição|módulo|chapitre|partie|leçon)\s+(?:\d{1,3}|[ivxlc]{1,6})\b/iu
const numbered = /^(\d{1,2}(?:\.\d{1,2}){1,3})\.?\s+\p{L}/u
const longestHeading = 80
const mostHeadingWords = 12

type Group = readonly string[]

const isIndented = (line: string): boolean => /^(?:\t| {2,})\S/u.test(line)

/** Lines that belong together: until an empty one, an unbroken one, or an indented first line. */
const groupsOf = (text: string): Group[] => {
  const groups: string[][] = []
  let current: string[] = []
  let before = ''
  const end = (): void => {
    if (current.length > 0) groups.push(current)
    current = []
  }
  for (const raw of text.split(/\r\n?|[\n\f\u2028\u2029]/u)) {
    const line = tidy(raw)
    const isNew = isIndented(raw) && !isIndented(before) && !bullet.test(current[0] ?? '')
    if (line === '' || before.length > unbrokenLine || isNew) end()
    if (line !== '') current.push(line)
    before = raw
  }
  end()
  return groups
}

const underlined = (group: Group): number => {
  const [line, under] = group
  if (group.length !== 2 || !line || line.length > longestHeading) return 0
  return /^={3,}$/u.test(under ?? '') ? 1 : /^-{3,}$/u.test(under ?? '') ? 2 : 0
}

const isCapitals = (line: string): boolean => /\p{Lu}.*\p{Lu}.*\p{Lu}.*\p{Lu}/u.test(line) && !/\p{Ll}/u.test(line)

/** The level of a heading, or 0. Cautious: a line wrongly taken for a heading misleads more than one that is missed. */
const headingLevel = (group: Group, next: Group | undefined): number => {
  const [line] = group
  if (line === undefined) return 0
  if (group.length > 1) return underlined(group)
  if (line.length > longestHeading || line.split(' ').length > mostHeadingWords || !next) return 0
  if (/[.!?,;:…。！？]$/u.test(line)) return 0
  const number = numbered.exec(line)?.[1]
  if (number) return Math.min(6, number.split('.').length)
  if (chapter.test(line)) return 1
  return isCapitals(line) && !bullet.test(line) ? 2 : 0
}

const listOf = (group: Group): string | null => {
  if (!bullet.test(group[0] ?? '')) return null
  const items: string[][] = []
  for (const line of group) {
    if (bullet.test(line)) items.push([line])
    else items.at(-1)?.push(line)
  }
  return items.map(joinLines).join('\n')
}

const paragraphOf = (group: Group): string => {
  // The last line ends where its words end, so it tells nothing.
  const full = group.slice(0, Math.max(1, group.length - 1))
  const average = full.reduce((sum, line) => sum + line.length, 0) / full.length
  return average < shortLine ? group.join('\n') : joinLines(group)
}

/** The blocks of text without markup. */
export const blocksOfPlainText = (text: string): readonly Block[] => {
  const groups = groupsOf(text).filter((group) => group.length > 1 || !rule.test(group[0] ?? ''))
  return groups.map((group, index): Block => {
    const level = headingLevel(group, groups[index + 1])
    if (level > 0) return { kind: 'heading', level, text: group[0] ?? '', page: null, seconds: null }
    const list = listOf(group)
    const own =
      list === null
        ? ({ kind: 'paragraph', text: paragraphOf(group) } as const)
        : ({ kind: 'list', text: list } as const)
    return { ...own, level: 0, page: null, seconds: null }
  })
}

/** Reads plain text in any usual encoding. */
export const readPlainText: Reader = async (bytes) => ({
  kind: 'text',
  title: null,
  pages: null,
  pageLabels: null,
  blocks: blocksOfPlainText(decodeText(bytes)),
  notes: [],
})
