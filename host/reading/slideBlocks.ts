import type { Block } from './document.ts'
import { attributeOf, elementsNamed, type MarkupElement, type MarkupParent, nameOf, walk } from './markup.ts'
import { tidy } from './tidy.ts'

const titles = new Set(['title', 'ctrTitle'])
/** What PowerPoint puts on every slide by itself. */
const furniture = new Set(['sldNum', 'dt', 'ftr', 'hdr'])
const shapes = new Set(['sp', 'graphicFrame', 'pic'])

/** The lines of a shape's text: its paragraphs, with line breaks within them as spaces. */
const linesOf = (shape: MarkupParent): string[] => {
  const lines: string[] = []
  let words: string[] = []
  let isText = false
  walk(shape, {
    enter: (element) => {
      const name = nameOf(element)
      if (name === 'p') words = []
      if (name === 'br' || name === 'tab') words.push(' ')
      isText = name === 't'
      return true
    },
    leave: (element) => {
      isText = false
      if (nameOf(element) !== 'p') return
      const line = tidy(words.join(''))
      words = []
      if (line !== '') lines.push(line)
    },
    text: (text) => {
      if (isText) words.push(text)
    },
  })
  return lines
}

const rowsOf = (table: MarkupElement): string[] =>
  elementsNamed(table, 'tr')
    .map((row) => elementsNamed(row, 'tc').map((cell) => linesOf(cell).join(' ')))
    .filter((cells) => cells.some((cell) => cell !== ''))
    .map((cells) => cells.join(' | ').trim())

/** The outermost shapes with text or tables, in the order in which a screen reader reads them. */
const shapesOf = (slide: MarkupParent): MarkupElement[] => {
  const found: MarkupElement[] = []
  walk(slide, {
    enter: (element) => {
      const name = nameOf(element)
      if (name === 'Fallback') return false
      if (!shapes.has(name)) return true
      found.push(element)
      return false
    },
  })
  return found
}

/** What a shape stands for: a placeholder's type, `body` where it does not say, null where it is none. */
const placeholderOf = (shape: MarkupElement): string | null => {
  const [placeholder] = elementsNamed(shape, 'ph')
  return placeholder ? (attributeOf(placeholder, 'type') ?? 'body') : null
}

const blocksOfShape = (shape: MarkupElement, page: number): Block[] => {
  const block = (kind: Block['kind'], text: string, level = 0): Block => ({ kind, level, text, page, seconds: null })
  const [table] = elementsNamed(shape, 'tbl')
  if (table) return [block('table', rowsOf(table).join('\n'))]
  const type = placeholderOf(shape)
  const lines = linesOf(shape)
  if (type !== null && furniture.has(type)) return []
  if (type !== null && titles.has(type)) return [block('heading', lines.join(' '), 1)]
  if (type === 'body' && lines.length > 1) return [block('list', lines.map((line) => `• ${line}`).join('\n'))]
  return lines.map((line) => block('paragraph', line))
}

/** What a slide shows: its title, then the rest in its order. */
export const blocksOfSlide = (slide: MarkupParent, page: number): Block[] => {
  const blocks = shapesOf(slide)
    .flatMap((shape) => blocksOfShape(shape, page))
    .filter(({ text }) => text !== '')
  const isTitle = ({ kind }: Block): boolean => kind === 'heading'
  return [...blocks.filter(isTitle), ...blocks.filter((block) => !isTitle(block))]
}

/** What the speaker wrote beneath a slide. */
export const blocksOfNotes = (notes: MarkupParent, page: number): Block[] => {
  const lines = shapesOf(notes)
    .filter((shape) => placeholderOf(shape) === 'body')
    .flatMap(linesOf)
  return lines.length === 0 ? [] : [{ kind: 'notes', level: 0, text: lines.join('\n'), page, seconds: null }]
}

/** The words of a drawn diagram, which lie in a part of their own. */
export const blocksOfDiagram = (diagram: MarkupParent, page: number): Block[] => {
  const lines = linesOf(diagram)
  return lines.length === 0 ? [] : [{ kind: 'list', level: 0, text: lines.join('\n'), page, seconds: null }]
}
