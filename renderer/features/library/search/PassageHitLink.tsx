import { Fragment } from 'react'
import type { PassageHit } from '../../../../shared/contract/library.ts'
import { hrefTo } from '../../../app/router.ts'
import { kindWords, pageWord, placeInRecording } from '../words.ts'

/** "page iv", "pages 4 to 5", "4:05" in a recording; null where the document has no places to name. */
export const placeOf = ({ kind, pageFrom, pageTo, pageLabel, seconds }: PassageHit): string | null => {
  if (seconds !== null) return placeInRecording(seconds)
  const word = pageWord(kind)
  if (pageFrom === null || word === null) return null
  if (pageLabel !== null) return `${word} ${pageLabel}`
  return pageTo === null || pageTo === pageFrom ? `${word} ${pageFrom}` : `${word}s ${pageFrom} to ${pageTo}`
}

interface PassageHitLinkProps {
  readonly hit: PassageHit
  readonly words: string
  readonly isOpen: boolean
}

/** One passage that was found, with the words that led to it. */
export const PassageHitLink = ({ hit, words, isOpen }: PassageHitLinkProps) => (
  <a
    className={`passage-hit ${isOpen ? 'is-open' : ''}`}
    href={hrefTo('library', 'search', { params: { words, document: hit.documentId, passage: hit.chunkId } })}
    aria-current={isOpen ? 'true' : undefined}
  >
    <span className="passage-hit-top">
      <b dir="auto">{hit.title}</b>
      {hit.clientName === null ? null : <span className="tag">only {hit.clientName}</span>}
      <span className="passage-hit-place">{placeOf(hit) ?? kindWords[hit.kind]}</span>
    </span>
    {hit.headingPath === '' ? null : (
      <span className="passage-hit-heading" dir="auto">
        {hit.headingPath}
      </span>
    )}
    <span className="passage-hit-text" dir="auto">
      {hit.snippet.map((piece, index) =>
        piece.found ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text never move
          <mark key={index}>{piece.text}</mark>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text never move
          <Fragment key={index}>{piece.text}</Fragment>
        ),
      )}
    </span>
  </a>
)
