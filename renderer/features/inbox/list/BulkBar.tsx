import { IconX } from '@tabler/icons-react'
import type { ConversationRow } from '../../../../shared/contract/inbox.ts'
import { Button } from '../../../components/Button.tsx'
import { attempt, doneOrReopen, readOrUnread } from './rowActions.ts'
import { askSnooze } from './triage.ts'

interface BulkBarProps {
  readonly selected: readonly ConversationRow[]
  readonly onClear: () => void
}

/** Does one thing with all selected conversations; they stay selected where it did not work. */
export const bulk = (selected: readonly ConversationRow[], onClear: () => void) => ({
  done: () => void attempt(selected, doneOrReopen(selected)).then((worked) => worked && onClear()),
  snooze: () => askSnooze(selected, onClear),
  read: () => void attempt(selected, readOrUnread(selected)).then((worked) => worked && onClear()),
})

/** What can be done with all selected conversations at once; it takes the place of the filters. */
export const BulkBar = ({ selected, onClear }: BulkBarProps) => {
  const act = bulk(selected, onClear)
  return (
    <fieldset className="bulk">
      <legend className="visually-hidden">Selected conversations</legend>
      <button type="button" className="bulk-clear" aria-label="Select none" title="Select none (Esc)" onClick={onClear}>
        <IconX size={14} aria-hidden="true" />
      </button>
      <p className="bulk-count" role="status">
        {selected.length} <span className="visually-hidden">selected</span>
      </p>
      <Button kind="quiet" shortcut="E" onClick={act.done}>
        {doneOrReopen(selected).kind === 'done' ? 'Done' : 'Reopen'}
      </Button>
      <Button kind="quiet" shortcut="H" onClick={act.snooze}>
        Snooze
      </Button>
      <Button kind="quiet" shortcut="U" onClick={act.read}>
        {readOrUnread(selected).kind === 'read' ? 'Read' : 'Unread'}
      </Button>
    </fieldset>
  )
}
