import { readLinks, understand } from './words/question.ts'
import type { ConceptLink } from './words/store.ts'
import { plainWordsOf, wordsOf } from './words/tokens.ts'

export interface Piece {
  readonly text: string
  readonly found: boolean
}

const snippetLength = 260
const wordsInPiece = /[\p{L}\p{N}\p{M}\p{Co}]+|[^\p{L}\p{N}\p{M}\p{Co}]+/gu

/** The terms a question asks for, with what concept links add. */
export const askedTerms = (question: string, links: readonly ConceptLink[]): ReadonlySet<number> =>
  new Set(understand(question, readLinks(links), () => 1).map(({ term }) => term))

/** The stretch of a passage with most of the asked words in it, in pieces; the words found are told apart. */
export const snippetOf = (text: string, asked: ReadonlySet<number>): Piece[] => {
  const parts = text.match(wordsInPiece) ?? []
  const isFound = parts.map(
    (part) => plainWordsOf(part).length > 0 && wordsOf(part).some(({ term }) => asked.has(term)),
  )
  const { from, to } = densest(parts, isFound)
  const pieces: Piece[] = from > 0 ? [{ text: '… ', found: false }] : []
  for (let index = from; index < to; index += 1) {
    const [part, found] = [parts[index] ?? '', isFound[index] ?? false]
    const last = pieces.at(-1)
    if (last && last.found === found) pieces[pieces.length - 1] = { text: last.text + part, found }
    else pieces.push({ text: part, found })
  }
  return to < parts.length ? [...pieces, { text: ' …', found: false }] : pieces
}

/** A window over the parts, by its end: as soon as it is too long it loses its first part. */
const densest = (parts: readonly string[], isFound: readonly boolean[]): { from: number; to: number } => {
  let best = { from: 0, to: 0, hits: -1 }
  let [from, length, hits] = [0, 0, 0]
  for (let to = 0; to < parts.length; to += 1) {
    length += parts[to]?.length ?? 0
    if (isFound[to]) hits += 1
    while (length > snippetLength && from < to) {
      length -= parts[from]?.length ?? 0
      if (isFound[from]) hits -= 1
      from += 1
    }
    const isLonger = hits === best.hits && best.from === from
    if (hits > best.hits || isLonger) best = { from, to: to + 1, hits }
  }
  return best
}
