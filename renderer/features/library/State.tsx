import { useQuery } from '@tanstack/react-query'
import type { DocumentRow } from '../../../shared/contract/library.ts'
import { queries } from '../../transport/console.ts'
import { heldMeans, isUnderWay, progressWords, stateLook, stateMeans, stateWords } from './words.ts'

/** Where a document stands: a word, a shape and a colour, everywhere the same. */
export const State = ({ document }: { readonly document: Pick<DocumentRow, 'state' | 'progress' | 'problem'> }) => {
  const isAllPaused = useQuery(queries.library.overview.queryOptions()).data?.progress?.isPaused === true
  const isHeld = isAllPaused && isUnderWay(document.state)
  return (
    <span
      className={`document-state is-${isHeld ? 'paused' : stateLook(document.state)}`}
      title={isHeld ? heldMeans : (document.problem ?? stateMeans[document.state])}
    >
      {isHeld ? stateWords.paused : progressWords(document)}
    </span>
  )
}
