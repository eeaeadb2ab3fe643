import { Fragment } from 'react'
import { placeInRecording } from '../words.ts'
import { type Block, linesOf, type PageShown, type Piece } from './pieces.ts'

const Pieces = ({ pieces }: { readonly pieces: readonly Piece[] }) =>
  pieces.map((piece, index) =>
    piece.marked ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text never move
      <mark key={index}>{piece.text}</mark>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text never move
      <Fragment key={index}>{piece.text}</Fragment>
    ),
  )

const headings = ['h3', 'h3', 'h4', 'h5', 'h6'] as const

const BlockView = ({ block }: { readonly block: Block }) => {
  const { kind, level, pieces, seconds } = block
  if (kind === 'heading') {
    const Heading = headings[level] ?? 'h6'
    return (
      <Heading className="page-heading" dir="auto">
        <Pieces pieces={pieces} />
      </Heading>
    )
  }
  if (kind === 'list' || kind === 'table') {
    return (
      <ul className={`page-${kind}`}>
        {linesOf(pieces).map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a text never move
          <li key={index} dir="auto">
            <Pieces pieces={line} />
          </li>
        ))}
      </ul>
    )
  }
  return (
    <p className={`page-${kind}`} dir="auto">
      {kind === 'notes' ? <span className="page-label">Notes </span> : null}
      {seconds === null ? null : <span className="page-label">{placeInRecording(seconds)} </span>}
      <Pieces pieces={pieces} />
    </p>
  )
}

/** The text of a page as it was read, with the passage that was asked for marked. */
export const PageText = ({ page }: { readonly page: PageShown }) =>
  page.blocks.length === 0 ? (
    <p className="muted">There is no text on this page.</p>
  ) : (
    page.blocks.map((block, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a page never move
      <BlockView key={index} block={block} />
    ))
  )
