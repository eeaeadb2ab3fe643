import type { DocumentRow } from '../../../shared/contract/library.ts'
import { progressWords, stateLook, stateMeans } from './words.ts'

/** Where a document stands: a word, a shape and a colour, everywhere the same. */
export const State = ({ document }: { readonly document: Pick<DocumentRow, 'state' | 'progress' | 'problem'> }) => (
  <span
    className={`document-state is-${stateLook(document.state)}`}
    title={document.problem ?? stateMeans[document.state]}
  >
    {progressWords(document)}
  </span>
)
