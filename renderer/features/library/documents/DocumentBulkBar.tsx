import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { DocumentRow } from '../../../../shared/contract/library.ts'
import { useAction } from '../../../app/action.ts'
import { Button } from '../../../components/Button.tsx'
import { actOn, actWords, offered } from './act.ts'
import { MoveDocuments } from './MoveDocuments.tsx'
import { RemoveDocuments } from './RemoveDocuments.tsx'
import { TagDocuments } from './TagDocuments.tsx'

interface DocumentBulkBarProps {
  readonly selected: readonly DocumentRow[]
  readonly onClear: () => void
}

/** What can be done with all selected documents at once; they stay selected where it did not work. */
export const DocumentBulkBar = ({ selected, onClear }: DocumentBulkBarProps) => {
  const [asks, setAsks] = useState<'move' | 'tag' | 'remove' | null>(null)
  const act = useAction((which: Parameters<typeof actOn>[1]) => actOn(selected, which).then(onClear))
  const close = () => setAsks(null)
  return (
    <fieldset className="bulk document-bulk">
      <legend className="visually-hidden">Selected documents</legend>
      <button type="button" className="bulk-clear" aria-label="Select none" title="Select none (Esc)" onClick={onClear}>
        <IconX size={14} aria-hidden="true" />
      </button>
      <p className="bulk-count" role="status">
        {selected.length} selected
      </p>
      {offered(selected).map((each) => (
        <Button key={each} kind="quiet" onClick={() => void act.run(each)}>
          {actWords[each]}
        </Button>
      ))}
      <Button kind="quiet" onClick={() => setAsks('move')}>
        Move…
      </Button>
      <Button kind="quiet" onClick={() => setAsks('tag')}>
        Tag…
      </Button>
      <Button kind="quiet" className="button-danger" onClick={() => setAsks('remove')}>
        Remove…
      </Button>
      {asks === 'move' ? <MoveDocuments documents={selected} onClose={close} onDone={onClear} /> : null}
      {asks === 'tag' ? <TagDocuments documents={selected} onClose={close} onDone={onClear} /> : null}
      {asks === 'remove' ? <RemoveDocuments documents={selected} onClose={close} onRemoved={onClear} /> : null}
    </fieldset>
  )
}
