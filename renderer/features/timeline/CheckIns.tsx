import { useRef, useState } from 'react'
import type { CheckIn } from '../../../shared/contract/timeline.ts'
import { focusOn } from '../../app/focusBack.ts'
import { useNow } from '../../components/time.ts'
import { CheckInDialog } from './CheckInDialog.tsx'
import { dueWords } from './checkInWords.ts'
import { useCheckInActions, useCheckIns } from './useCheckIns.ts'

const Item = ({ checkIn }: { readonly checkIn: CheckIn }) => {
  const now = useNow()
  const [isOpen, setOpen] = useState(false)
  const { done, dismiss, onSettled } = useCheckInActions(checkIn)
  const opener = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    focusOn(() => opener.current)
  }
  return (
    <li className="note">
      <p dir="auto">{checkIn.commitment}</p>
      <p className="note-facts">
        <span className={checkIn.dueTo <= now ? 'follow-up-due' : ''}>{dueWords(checkIn, checkIn.timeZone, now)}</span>
        {' · '}
        <button ref={opener} type="button" className="link-button" onClick={() => setOpen(true)}>
          Check in
        </button>
        {' · '}
        <button type="button" className="link-button" onClick={() => void done.run()}>
          They did it
        </button>
        {' · '}
        <button type="button" className="link-button" onClick={() => void dismiss.run()}>
          Not needed
        </button>
      </p>
      {isOpen ? <CheckInDialog checkIn={checkIn} onScheduled={onSettled} onClose={close} /> : null}
    </li>
  )
}

/** Beside a conversation: everything the client said they would do that falls due; nothing where nothing does. */
export const CheckIns = (place: { readonly clientId: string; readonly conversationId: string }) => {
  const due = useCheckIns(place)
  if (due.length === 0) return null
  return (
    <section className="pane-section" aria-label="Falls due">
      <h3>Falls due</h3>
      <ul className="notes">
        {due.map((checkIn) => (
          <Item key={checkIn.id} checkIn={checkIn} />
        ))}
      </ul>
    </section>
  )
}
