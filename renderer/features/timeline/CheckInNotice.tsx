import './timeline.css'
import { useRef, useState } from 'react'
import type { CheckIn } from '../../../shared/contract/timeline.ts'
import { focusOn } from '../../app/focusBack.ts'
import { Button } from '../../components/Button.tsx'
import { exactTime, useNow } from '../../components/time.ts'
import { firstName, plural } from '../../components/words.ts'
import { CheckInDialog } from './CheckInDialog.tsx'
import { dueWords, suggestedWords } from './checkInWords.ts'
import { useCheckInActions, useCheckIns } from './useCheckIns.ts'

const Suggestion = ({ checkIn, others }: { readonly checkIn: CheckIn; readonly others: number }) => {
  const now = useNow()
  const [isOpen, setOpen] = useState(false)
  const { done, dismiss, onSettled } = useCheckInActions(checkIn)
  const opener = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    focusOn(() => opener.current)
  }
  const name = firstName(checkIn.clientName)
  return (
    <section className="strip" aria-label="Check-in">
      <p>
        <b>{name} said:</b> <span dir="auto">“{checkIn.commitment}”</span>. {checkIn.dueTo <= now ? 'It ' : 'It is '}
        <span title={exactTime(checkIn.dueTo)}>{dueWords(checkIn, checkIn.timeZone, now)}</span>. Ask how it went{' '}
        {suggestedWords(checkIn, now)}?
        {others === 0 ? null : <span className="muted"> {plural(others, 'more', 'more')} after this.</span>}
      </p>
      <div className="row-of-buttons">
        <Button ref={opener} kind="primary" onClick={() => setOpen(true)}>
          Check in…
        </Button>
        <Button isBusy={done.isRunning} onClick={() => void done.run()}>
          They did it
        </Button>
        <Button kind="quiet" isBusy={dismiss.isRunning} onClick={() => void dismiss.run()}>
          Not needed
        </Button>
      </div>
      {isOpen ? <CheckInDialog checkIn={checkIn} onScheduled={onSettled} onClose={close} /> : null}
    </section>
  )
}

interface CheckInNoticeProps {
  readonly clientId: string
  readonly conversationId: string
}

/** Over a thread: the commitment that falls due first, to be asked after, settled or left. */
export const CheckInNotice = (place: CheckInNoticeProps) => {
  const [first, ...others] = useCheckIns(place)
  return first ? <Suggestion key={first.id} checkIn={first} others={others.length} /> : null
}
