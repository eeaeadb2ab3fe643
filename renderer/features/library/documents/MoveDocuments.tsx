import { Autocomplete, Modal } from '@mantine/core'
import { useState } from 'react'
import type { DocumentRow } from '../../../../shared/contract/library.ts'
import { useAction } from '../../../app/action.ts'
import { Button } from '../../../components/Button.tsx'
import { plural } from '../../../components/words.ts'
import { useKnown } from '../useKnown.ts'
import { updateEach } from './act.ts'

interface MoveDocumentsProps {
  readonly documents: readonly DocumentRow[]
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Puts documents into a folder of the library, an old one or a new one. */
export const MoveDocuments = ({ documents, onClose, onDone }: MoveDocumentsProps) => {
  const { folders } = useKnown()
  const [folder, setFolder] = useState('')
  const move = useAction(async () => {
    await updateEach(documents, () => ({ folder: folder.trim() }))
    onDone()
    onClose()
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Move ${plural(documents.length, 'document')}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void move.run()
        }}
      >
        <Autocomplete
          label="Folder"
          description="Choose one or write a new one, with / between a folder and the one within. Empty: no folder."
          placeholder="e.g. Courses/Boundaries"
          maxLength={500}
          data={folders}
          limit={50}
          data-autofocus
          value={folder}
          onChange={setFolder}
        />
        <div className="row-of-buttons">
          <Button type="submit" kind="primary" isBusy={move.isRunning}>
            {folder.trim() === '' ? 'Take out of their folders' : 'Move'}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Modal>
  )
}
