import { createHash } from 'node:crypto'
import type { Block, ReadDocument } from '../../reading/index.ts'
import { loadTokenCounter } from '../../tokens/index.ts'
import { chooseBorders } from './borders.ts'
import { chapterStarts, headingPaths } from './sections.ts'
import { type Unit, unitsOfBlock } from './units.ts'

/** A passage of a document, as it is searched and cited. */
export interface NewChunk {
  readonly position: number
  readonly title: string
  /** The headings it stands under, joined with " › "; empty where there are none. */
  readonly headingPath: string
  /** The canonical text from `charFrom` to `charTo`. */
  readonly text: string
  /** In the cl100k_base encoding, counted by the sentence: a few more than in one piece. */
  readonly tokens: number
  readonly pageFrom: number | null
  readonly pageTo: number | null
  /** Whole seconds from the start of a recording. */
  readonly seconds: number | null
  readonly charFrom: number
  readonly charTo: number
  /** SHA-256 of title, heading path and text: what is indexed of it, and not where it stands. */
  readonly contentHash: string
}

const separator = '\n\n'
/** Tokens repeated from the passage before, and the most where one sentence is longer. */
const overlap = 60
const longestOverlap = 90

/** A document's text as passages count its characters: its blocks, parted by an empty line. */
export const canonicalText = ({ blocks }: Pick<ReadDocument, 'blocks'>): string =>
  blocks.map(({ text }) => text).join(separator)

const unitsOf = async (text: string, blocks: readonly Block[]): Promise<Unit[]> => {
  const count = await loadTokenCounter()
  const units: Unit[] = []
  let from = 0
  for (const [index, block] of blocks.entries()) {
    for (const unit of unitsOfBlock(text, from, block, index, blocks[index - 1], count)) units.push(unit)
    from += block.text.length + separator.length
  }
  return units
}

/** The unit from which a passage repeats what came before; a passage that begins with a heading repeats nothing. */
const overlapStart = (units: readonly Unit[], begin: number, forced: ReadonlySet<number>): number => {
  let start = begin
  let tokens = 0
  while (start > 0 && !forced.has(start) && units[start]?.border !== 'heading') {
    tokens += units[start - 1]?.tokens ?? 0
    if (tokens > (start === begin ? longestOverlap : overlap)) break
    start -= 1
  }
  return start
}

const spread = (numbers: readonly (number | null)[]): [number | null, number | null] => {
  const known = numbers.filter((one) => one !== null)
  return known.length === 0 ? [null, null] : [Math.min(...known), Math.max(...known)]
}

/**
 * Cuts a document into passages of about 500 tokens (650 at most) along its structure, each repeating the end of the one
 * before. Takes time in proportion to the text. An edit changes the hashes of the passages near it only.
 */
export const chunkDocument = async (read: Pick<ReadDocument, 'blocks'>, title: string): Promise<NewChunk[]> => {
  const { blocks } = read
  const text = canonicalText(read)
  const units = await unitsOf(text, blocks)
  const paths = headingPaths(blocks, title)
  const forced = chapterStarts(blocks, units)
  const begins = chooseBorders(text, units, forced)
  return begins.flatMap((begin, position) => {
    const held = units.slice(overlapStart(units, begin, forced), begins[position + 1])
    const [first, last] = [held[0], held.at(-1)]
    if (!first || !last) return []
    const own = text.slice(first.from, last.to)
    const within = blocks.slice(first.block, last.block + 1)
    const [pageFrom, pageTo] = spread(within.map(({ page }) => page))
    const [seconds] = spread(within.map((block) => block.seconds))
    // A title or chapter heading with nothing under it is not what the passage is about.
    const about = held.find(({ block, from }) => from >= (units[begin]?.from ?? 0) && blocks[block]?.kind !== 'heading')
    const headingPath = paths[(about ?? first).block] ?? ''
    return [
      {
        position,
        title,
        headingPath,
        text: own,
        tokens: held.reduce((sum, unit) => sum + unit.tokens, 0),
        pageFrom,
        pageTo,
        seconds: seconds === null ? null : Math.floor(seconds),
        charFrom: first.from,
        charTo: last.to,
        contentHash: createHash('sha256').update([title, headingPath, own].join('\u0000')).digest('hex'),
      },
    ]
  })
}
