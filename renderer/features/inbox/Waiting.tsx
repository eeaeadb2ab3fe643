import type { Message } from '../../../shared/contract/messages.ts'
import { useAction } from '../../app/action.ts'
import { exactTime, useNow } from '../../components/time.ts'
import { firstName } from '../../components/words.ts'
import type { Leaving } from './leaving.ts'
import type { Scheduled } from './logItems.ts'
import { draftBy } from './messageWords.ts'
import { undoSend, unschedule } from './sending.ts'
import { dayAndTime } from './sendTimes.ts'
import { useThread } from './threadContext.ts'

const Countdown = ({ until }: { readonly until: number }) => {
  const now = useNow('second')
  const seconds = Math.ceil((until - now) / 1_000)
  return <>{seconds > 0 ? `Goes in ${seconds} s` : 'Going now'}</>
}

const Undo = ({ outboxId }: { readonly outboxId: string }) => {
  const { conversationId } = useThread()
  const undo = useAction(() => undoSend(conversationId, outboxId))
  return (
    <>
      {' · '}
      <button type="button" className="link-button" onClick={() => void undo.run()}>
        Undo
      </button>
    </>
  )
}

interface WaitingProps {
  readonly waiting: NonNullable<Message['waiting']>
  /** A fixed notice goes in any case. */
  readonly canUndo: boolean
}

/** A message that has not gone yet: when it goes, or what it waits for. */
export const Waiting = ({ waiting, canUndo }: WaitingProps) => (
  <span className="delivery">
    {waiting.note ? `Waiting to be sent. ${waiting.note}` : <Countdown until={waiting.sendAfter} />}
    {canUndo ? <Undo outboxId={waiting.outboxId} /> : null}
  </span>
)

/** An approved draft in its undo window. */
export const LeavingRow = ({ leaving }: { readonly leaving: Leaving }) => (
  <div className="message message-ai has-header">
    <div className="message-header">
      <span>{draftBy(leaving.isEdited)}</span>
      {leaving.isEdited ? null : <b>AI</b>}
    </div>
    <div className="bubble is-waiting" dir="auto">
      <p className="message-text">{leaving.text}</p>
    </div>
    <p className="delivery">
      <Countdown until={leaving.undoUntil} />
      <Undo outboxId={leaving.outboxId} />
    </p>
  </div>
)

/** What the coach wrote for later, or what was held back because the client wrote first. */
export const ScheduledRow = ({ scheduled }: { readonly scheduled: Scheduled }) => {
  const { conversationId, clientName } = useThread()
  const now = useNow()
  const take = useAction((isToChange: boolean) => unschedule(conversationId, scheduled, isToChange))
  return (
    <div className="message message-human_coach has-header">
      <div className="message-header">
        <b>You</b>
      </div>
      <div className="bubble is-waiting" dir="auto">
        <p className="message-text">{scheduled.text}</p>
      </div>
      <p className={`delivery ${scheduled.note ? 'delivery-held' : ''}`}>
        {scheduled.note ?? (
          <span title={exactTime(scheduled.sendAt)}>
            Goes {dayAndTime(scheduled.sendAt, now)}
            {scheduled.onlyIfSilent ? `, unless ${firstName(clientName)} writes first` : ''}
          </span>
        )}
        {' · '}
        <button type="button" className="link-button" onClick={() => void take.run(false)}>
          Cancel
        </button>
        {' · '}
        <button type="button" className="link-button" onClick={() => void take.run(true)}>
          Edit
        </button>
      </p>
    </div>
  )
}
