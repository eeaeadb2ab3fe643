import { Modal } from '@mantine/core'
import { useState } from 'react'
import type { CheckIn } from '../../../shared/contract/timeline.ts'
import { maxMessageLength } from '../../../shared/limits.ts'
import { useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { useNow } from '../../components/time.ts'
import { firstName } from '../../components/words.ts'
import { host } from '../../transport/console.ts'
import { takeBack } from '../inbox/composerStore.ts'
import { offerUndo } from '../inbox/sending.ts'
import { bothClocks, fieldTime } from '../inbox/sendTimes.ts'
import { hourWords } from './checkInWords.ts'

interface CheckInDialogProps {
  readonly checkIn: CheckIn
  readonly onScheduled: () => void
  readonly onClose: () => void
}

/** The words and the time of a check-in, for the coach to change and to approve; nothing goes out without them. */
export const CheckInDialog = ({ checkIn, onScheduled, onClose }: CheckInDialogProps) => {
  const now = useNow()
  const [text, setText] = useState(checkIn.text)
  const [suggestedAt] = useState(checkIn.sendAt)
  const [field, setField] = useState(() => fieldTime(checkIn.sendAt))
  const [requestId] = useState(() => crypto.randomUUID())
  const name = firstName(checkIn.clientName)
  const sendAt = new Date(field).getTime()
  const isPossible = sendAt > now && text.trim() !== ''
  const zone = checkIn.isGuessedZone ? undefined : checkIn.timeZone
  const approve = useAction(async () => {
    const { clientId, id, conversationId } = checkIn
    const { outboxId } = await host.checkIns.approve({ clientId, id, requestId, text, sendAt })
    onScheduled()
    offerUndo(outboxId, `Check-in for ${name} scheduled`, null, () => takeBack(conversationId, outboxId))
    onClose()
  })
  return (
    <Modal opened onClose={onClose} title={`Ask ${name} how it went`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (isPossible) void approve.run()
        }}
      >
        <p className="muted">
          {name} said: <span dir="auto">“{checkIn.commitment}”</span>
        </p>
        <label className="pick-time">
          <span>Your words</span>
          <textarea
            className="note-field check-in-text"
            data-autofocus
            dir="auto"
            maxLength={maxMessageLength}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <label className="pick-time">
          <span>Day and time, on your clock</span>
          <input
            type="datetime-local"
            value={field}
            min={fieldTime(now)}
            onChange={(event) => setField(event.currentTarget.value)}
          />
        </label>
        <p className="muted" aria-live="polite">
          {sendAt > now ? `Goes ${bothClocks(sendAt, now, zone, name)}.` : 'Choose a time that lies ahead.'}{' '}
          {field === fieldTime(suggestedAt) ? hourWords(checkIn) : null}
        </p>
        <p className="muted">If {name} writes first, it is not sent and comes back to you.</p>
        <div className="row-of-buttons">
          <Button
            type="submit"
            kind="primary"
            isBusy={approve.isRunning}
            disabled={!isPossible}
            onClick={() => undefined}
          >
            Schedule
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Modal>
  )
}
