import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { Message } from '../../../shared/contract/messages.ts'
import { Problem } from '../../components/Problem.tsx'
import { Clock } from '../../components/Time.tsx'
import { exactTime } from '../../components/time.ts'
import { firstName } from '../../components/words.ts'
import { queries } from '../../transport/console.ts'
import { unreadableWords } from './messageWords.ts'
import { useThread } from './threadContext.ts'

/** The message this one answers; choosing it goes there. */
export const Quote = ({ replyTo }: { readonly replyTo: NonNullable<Message['replyTo']> }) => {
  const { jumpTo } = useThread()
  return (
    <button type="button" className="quote" onClick={() => jumpTo(replyTo.seq)}>
      <span className="visually-hidden">In answer to: </span>
      <span dir="auto">{replyTo.preview || 'An earlier message'}</span>
    </button>
  )
}

const Versions = ({ messageId }: { readonly messageId: string }) => {
  const versions = useQuery({ ...queries.inbox.versions.queryOptions({ input: { messageId } }), staleTime: 0 })
  if (versions.isError) return <Problem error={versions.error} />
  return (
    <ol className="versions" aria-label="Earlier texts">
      {versions.data?.rows.map((version) => (
        <li key={version.replacedAt}>
          <p className="message-text" dir="auto">
            {version.content}
          </p>
          <span className="muted">
            until <Clock time={version.replacedAt} />
          </span>
        </li>
      ))}
    </ol>
  )
}

/** That a message was edited, with its earlier texts one click away. */
export const Edited = ({ message, editedAt }: { readonly message: Message; readonly editedAt: number }) => {
  const [isOpen, setOpen] = useState(false)
  const listId = useId()
  return (
    <div className="message-mark">
      <button
        type="button"
        className="link-button"
        aria-expanded={isOpen}
        aria-controls={listId}
        title={`Edited ${exactTime(editedAt)}`}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? 'Edited · hide earlier texts' : 'Edited · show earlier texts'}
      </button>
      <div id={listId}>{isOpen ? <Versions messageId={message.id} /> : null}</div>
    </div>
  )
}

/** That the other side no longer has a message. */
export const Removed = ({ message, removedAt }: { readonly message: Message; readonly removedAt: number }) => {
  const { clientName, channelTitle } = useThread()
  const who = message.senderType === 'client' ? firstName(clientName) : 'you'
  return (
    <p className="message-mark" title={exactTime(removedAt)}>
      Deleted by {who} on {channelTitle}; the text is kept here
    </p>
  )
}

export const Unreadable = ({ kind }: { readonly kind: NonNullable<Message['unreadable']> }) => (
  <p className="message-mark message-mark-wait">{unreadableWords[kind]}</p>
)
