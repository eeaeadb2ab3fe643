import { Modal, TagsInput } from '@mantine/core'
import { useState } from 'react'
import type { DocumentRow } from '../../../../shared/contract/library.ts'
import { useAction } from '../../../app/action.ts'
import { Button } from '../../../components/Button.tsx'
import { plural } from '../../../components/words.ts'
import { longestTag, mostTags, useKnown } from '../useKnown.ts'
import { updateEach } from './act.ts'

interface TagDocumentsProps {
  readonly documents: readonly DocumentRow[]
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Adds tags to several documents; those they have stay. */
export const TagDocuments = ({ documents, onClose, onDone }: TagDocumentsProps) => {
  const { tags } = useKnown()
  const [chosen, setChosen] = useState<string[]>([])
  const add = useAction(async () => {
    await updateEach(documents, (each) => ({ tags: [...new Set([...each.tags, ...chosen])].slice(0, mostTags) }))
    onDone()
    onClose()
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Tag ${plural(documents.length, 'document')}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (chosen.length > 0) void add.run()
        }}
      >
        <TagsInput
          label="Tags to add"
          description="Press Enter after each."
          maxLength={longestTag}
          maxTags={mostTags}
          data={tags}
          data-autofocus
          value={chosen}
          onChange={setChosen}
          acceptValueOnBlur
        />
        <div className="row-of-buttons">
          <Button type="submit" kind="primary" disabled={chosen.length === 0} isBusy={add.isRunning}>
            Add
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Modal>
  )
}
