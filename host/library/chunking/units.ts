import type { Block } from '../../reading/index.ts'
import type { CountTokens } from '../../tokens/index.ts'
import { linesOf, middleOf, type Span, sentencesOf } from './spans.ts'

/** What stands before a unit. */
export type Border = 'heading' | 'underHeading' | 'block' | 'line' | 'sentence' | 'word'

/** The smallest stretch of text that is kept in one piece. */
export interface Unit extends Span {
  readonly block: number
  readonly tokens: number
  readonly border: Border
}

/** Blocks of so many tokens are kept whole, as are rows, items and sentences up to theirs. */
const wholeBlock = 80
const wholeLine = 450
const wholeSentence = 150
/** Characters that are counted at once: even one token each, they would be too many for one piece. */
const countedAtOnce = 2_048

interface Piece extends Span {
  readonly tokens: number
  readonly border: Border
}

const halved = (text: string, span: Span, count: CountTokens): readonly { span: Span; tokens: number }[] => {
  const tokens = span.to - span.from > countedAtOnce ? null : count(text.slice(span.from, span.to))
  if (tokens !== null && (tokens <= wholeSentence || span.to - span.from < 2)) return [{ span, tokens }]
  const middle = middleOf(text, span)
  return [
    { from: span.from, to: middle },
    { from: middle, to: span.to },
  ].flatMap((half) => halved(text, half, count))
}

const piecesOfLine = (text: string, line: Span, mostTokens: number, count: CountTokens): Piece[] => {
  if (line.to - line.from <= countedAtOnce) {
    const tokens = count(text.slice(line.from, line.to))
    if (tokens <= mostTokens) return [{ ...line, tokens, border: 'line' }]
  }
  return sentencesOf(text, line).flatMap((sentence, at) =>
    halved(text, sentence, count).map(({ span, tokens }, part): Piece => {
      const border = part > 0 ? 'word' : at > 0 ? 'sentence' : 'line'
      return { ...span, tokens, border }
    }),
  )
}

/** Cuts a block, which begins at `from` in the whole text, into units; the time grows with its length, no faster. */
export const unitsOfBlock = (
  text: string,
  from: number,
  { kind, text: own }: Block,
  block: number,
  before: Block | undefined,
  count: CountTokens,
): Unit[] => {
  const mostTokens = kind === 'list' || kind === 'table' ? wholeLine : wholeBlock
  const lines = linesOf(text, { from, to: from + own.length })
  const border: Border = kind === 'heading' ? 'heading' : before?.kind === 'heading' ? 'underHeading' : 'block'
  return lines
    .flatMap((line) => piecesOfLine(text, line, mostTokens, count))
    .map((piece, index) => ({
      from: piece.from,
      to: piece.to,
      block,
      // What parts it from the line before counts too.
      tokens: piece.tokens + (piece.border === 'line' ? 1 : 0),
      border: index === 0 ? border : piece.border,
    }))
}
