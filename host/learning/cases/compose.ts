import type { Move } from '../../../shared/taxonomy/learning.ts'
import { phraseKey } from '../profile/index.ts'
import type { Piece } from './pieces.ts'

const mostSentences = 7

const isQuestion = ({ text, moves }: Piece): boolean => moves.includes('question') || /[?？؟]\s*$/u.test(text)

/** One question, at the end: the last of those that are there. */
const withOneQuestion = (pieces: readonly Piece[]): Piece[] => {
  const asked = pieces.findLast(isQuestion)
  const told = pieces
    .filter((piece) => !isQuestion(piece))
    .slice(0, asked === undefined ? mostSentences : mostSentences - 1)
  return asked === undefined ? told : [...told, asked]
}

const onceEach = (pieces: readonly Piece[]): Piece[] => [
  ...new Map(pieces.map((piece) => [phraseKey(piece.text), piece])).values(),
]

/** Sentences as the coach once put them, from one moment. */
export const asItWas = (pieces: readonly Piece[]): Piece[] => withOneQuestion(onceEach(pieces))

/** For each move in order the sentence that makes it best; sentences that make several moves count for each. */
export const byMoves = (wanted: readonly Move[], pieces: readonly Piece[]): Piece[] => {
  const left = onceEach(pieces).toSorted((a, b) => b.rank - a.rank)
  const chosen: Piece[] = left.filter(({ isGreeting }) => isGreeting).slice(0, 1)
  let last: Piece | undefined
  for (const move of wanted) {
    if (last?.moves.includes(move)) continue
    const next = left.find((piece) => piece.moves.includes(move) && !chosen.includes(piece))
    if (next === undefined) continue
    chosen.push(next)
    last = next
  }
  return withOneQuestion(chosen)
}

/** Of the moves that were wanted, the share that the sentences make: 0 to 1. */
export const shareMade = (wanted: readonly Move[], pieces: readonly Piece[]): number => {
  const made = new Set(pieces.flatMap(({ moves }) => moves))
  const all = new Set(wanted)
  return all.size === 0 ? 0 : [...all].filter((move) => made.has(move)).length / all.size
}
