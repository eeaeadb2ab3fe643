import { Fragment } from 'react'
import type { SearchHit } from '../../../shared/contract/inbox.ts'

interface Piece {
  readonly at: number
  readonly text: string
  readonly isMarked: boolean
}

/** Cuts a text at its marks; a mark that lies outside or overlaps the one before is cut to what is left of it. */
export const piecesOf = (text: string, marks: SearchHit['marks']): readonly Piece[] => {
  const pieces: Piece[] = []
  const add = (from: number, to: number, isMarked: boolean) => {
    if (to > from) pieces.push({ at: from, text: text.slice(from, to), isMarked })
  }
  let at = 0
  for (const mark of [...marks].sort((a, b) => a.start - b.start)) {
    const start = Math.min(text.length, Math.max(at, mark.start))
    const end = Math.min(text.length, Math.max(start, mark.end))
    add(at, start, false)
    add(start, end, true)
    at = end
  }
  add(at, text.length, false)
  return pieces
}

/** A text with the words that were found marked in it. */
export const Marked = ({ text, marks }: { readonly text: string; readonly marks: SearchHit['marks'] }) =>
  piecesOf(text, marks).map((piece) =>
    piece.isMarked ? <mark key={piece.at}>{piece.text}</mark> : <Fragment key={piece.at}>{piece.text}</Fragment>,
  )
