import type { Block, BlockKind } from './document.ts'
import { tidy, tidyLines } from './tidy.ts'

/** Gathers the text of a marked-up document and makes blocks of it at each border. */
export interface Gatherer {
  readonly blocks: readonly Block[]
  readonly text: (text: string) => void
  /** Two in a row end a paragraph. */
  readonly lineBreak: () => void
  /** Ends what was gathered so far: a paragraph, a heading, a part of an item or of a cell. */
  readonly border: () => void
  /** From here on text is a heading of this level; 0 ends that. */
  readonly setHeading: (level: number) => void
  readonly keepLines: (isKept: boolean) => void
  /** Lists may hold lists; `firstNumber` is null where items are not numbered. */
  readonly openList: (firstNumber: number | null) => void
  readonly startItem: (isMarked: boolean) => void
  readonly closeList: () => void
  readonly openTable: () => void
  readonly startCell: () => void
  readonly endCell: () => void
  readonly endRow: () => void
  readonly closeTable: () => void
}

interface Table {
  readonly rows: string[]
  cells: string[]
  cell: string[] | null
}

export const createGatherer = (page: number | null): Gatherer => {
  const blocks: Block[] = []
  let words: string[] = []
  let lastBreak = -1
  let heading = 0
  let keptLines = 0
  let items: string[] = []
  const numbers: (number | null)[] = []
  let marker: string | null = null
  let table: Table | null = null

  const push = (kind: BlockKind, text: string, level = 0): void => {
    if (text !== '') blocks.push({ kind, level, text, page, seconds: null })
  }
  const endItems = (): void => {
    push('list', items.join('\n'))
    items = []
  }
  const addToItem = (text: string): void => {
    if (marker === null && items.length > 0) items.push(`${items.pop()} ${text}`)
    else items.push((marker ?? '') + text)
    marker = null
  }
  const border = (): void => {
    const raw = words.join('')
    words = []
    lastBreak = -1
    const isPlain = !table && numbers.length === 0
    const text = isPlain && keptLines > 0 ? tidyLines(raw.split('\n')) : tidy(raw)
    if (text === '') return
    if (table) (table.cell ?? table.rows).push(text)
    else if (!isPlain) addToItem(text)
    else push(heading > 0 ? 'heading' : 'paragraph', text, heading)
    // A heading that nobody closed does not make headings of all that follows.
    heading = 0
  }

  return {
    blocks,
    border,
    text: (text) => {
      if (lastBreak !== words.length || text.trim() !== '') words.push(text)
    },
    lineBreak: () => {
      if (lastBreak === words.length) return border()
      words.push(keptLines > 0 ? '\n' : ' ')
      lastBreak = words.length
    },
    setHeading: (level) => {
      heading = level
    },
    keepLines: (isKept) => {
      keptLines += isKept ? 1 : -1
    },
    openList: (firstNumber) => void numbers.push(firstNumber),
    startItem: (isMarked) => {
      const number = numbers.pop()
      if (number === undefined) return
      marker = !isMarked ? '' : number === null ? '• ' : `${number}. `
      numbers.push(number === null ? null : number + 1)
    },
    closeList: () => {
      numbers.pop()
      if (numbers.length === 0) endItems()
    },
    openTable: () => {
      endItems()
      table = { rows: [], cells: [], cell: null }
    },
    startCell: () => {
      if (table) table.cell = []
    },
    endCell: () => {
      if (table?.cell) table.cells.push(table.cell.join(' '))
      if (table) table.cell = null
    },
    endRow: () => {
      if (table?.cells.some((cell) => cell !== '')) table.rows.push(table.cells.join(' | ').trim())
      if (table) table.cells = []
    },
    closeTable: () => {
      const rows = table?.rows ?? []
      table = null
      push('table', rows.join('\n'))
    },
  }
}
