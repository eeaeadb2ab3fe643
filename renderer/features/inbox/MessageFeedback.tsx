import { IconThumbDown, IconThumbUp, IconUserExclamation } from '@tabler/icons-react'
import type { Message } from '../../../shared/contract/messages.ts'
import { feedbackReasons } from '../../../shared/taxonomy/conversation.ts'
import { firstName } from '../../components/words.ts'
import { feedbackReasonWords } from './messageWords.ts'
import { useThread } from './threadContext.ts'
import { useFeedback } from './useFeedback.ts'

const Reasons = ({ message }: { readonly message: Message }) => {
  const give = useFeedback(message)
  return (
    <fieldset className="reasons" aria-label="What was wrong?">
      <span aria-hidden="true">What was wrong?</span>
      {feedbackReasons.map((reason) => (
        <button key={reason} type="button" className="chip" onClick={() => void give.run({ reason })}>
          {feedbackReasonWords[reason]}
        </button>
      ))}
    </fieldset>
  )
}

interface GivenProps {
  readonly icon: typeof IconThumbUp
  readonly words: string
  readonly onTakeBack?: () => void
}

const Given = ({ icon: Icon, words, onTakeBack }: GivenProps) => (
  <p className="message-mark feedback">
    <Icon size={14} aria-hidden="true" /> {words}
    {onTakeBack ? (
      <>
        {' · '}
        <button type="button" className="link-button" onClick={onTakeBack}>
          Take back
        </button>
      </>
    ) : null}
  </p>
)

/** What the coach and the client thought of a reply of the clone; nothing where neither has said so. */
export const MessageFeedback = ({ message }: { readonly message: Message }) => {
  const { clientName } = useThread()
  const give = useFeedback(message)
  const { feedback } = message
  if (!feedback) return null
  const { isHelpful, reason, shouldHaveHandedOver, clientFoundHelpful } = feedback
  const takeBackOpinion = () => void give.run({ isHelpful: null, reason: null })
  return (
    <>
      {isHelpful === true ? (
        <Given icon={IconThumbUp} words="You found this helpful" onTakeBack={takeBackOpinion} />
      ) : null}
      {isHelpful === false ? (
        <Given
          icon={IconThumbDown}
          words={`You found this not helpful${reason ? `: ${feedbackReasonWords[reason].toLowerCase()}` : ''}`}
          onTakeBack={takeBackOpinion}
        />
      ) : null}
      {isHelpful === false && reason === null ? <Reasons message={message} /> : null}
      {shouldHaveHandedOver ? (
        <Given
          icon={IconUserExclamation}
          words="Should have been handed over"
          onTakeBack={() => void give.run({ shouldHaveHandedOver: false })}
        />
      ) : null}
      {clientFoundHelpful === null ? null : (
        <Given
          icon={clientFoundHelpful ? IconThumbUp : IconThumbDown}
          words={`${firstName(clientName)} found this ${clientFoundHelpful ? 'helpful' : 'not helpful'}`}
        />
      )}
    </>
  )
}
