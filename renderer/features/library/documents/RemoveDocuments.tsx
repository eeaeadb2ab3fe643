import { Modal } from '@mantine/core'
import type { DocumentRow } from '../../../../shared/contract/library.ts'
import { useAction } from '../../../app/action.ts'
import { Button } from '../../../components/Button.tsx'
import { plural } from '../../../components/words.ts'
import { count } from '../words.ts'
import { actOn } from './act.ts'

interface RemoveDocumentsProps {
  readonly documents: readonly DocumentRow[]
  readonly onClose: () => void
  readonly onRemoved: () => void
}

/** Asks before documents are erased, and says what goes with them. */
export const RemoveDocuments = ({ documents, onClose, onRemoved }: RemoveDocumentsProps) => {
  const [only] = documents.length === 1 ? documents : []
  const passages = documents.reduce((sum, each) => sum + each.passages, 0)
  const watched = documents.filter(({ isWatched }) => isWatched).length
  const remove = useAction(async () => {
    await actOn(documents, 'remove')
    onRemoved()
    onClose()
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={only ? 'Remove this document?' : `Remove ${plural(documents.length, 'document')}?`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="stack">
        {only ? (
          <p dir="auto">
            <b>{only.title}</b>
          </p>
        ) : null}
        <p>
          Gone for good: the copy kept here, its text, and {count(passages)} {passages === 1 ? 'passage' : 'passages'}{' '}
          that search and the clone could use. Replies already written stay as they are. Your own files elsewhere are
          not touched.
        </p>
        {watched > 0 ? (
          <p>
            {watched === documents.length ? (only ? 'It lies' : 'They lie') : `${count(watched)} of them lie`} in a
            watched folder: the file stays there, and is not added again by itself.
          </p>
        ) : null}
        <div className="row-of-buttons">
          <Button kind="danger" isBusy={remove.isRunning} onClick={() => void remove.run()}>
            {remove.isRunning ? 'Removing…' : 'Remove'}
          </Button>
          <Button kind="primary" data-autofocus onClick={onClose}>
            Keep
          </Button>
        </div>
      </div>
    </Modal>
  )
}
