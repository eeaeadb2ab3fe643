import type { Message } from '../../../shared/contract/messages.ts'
import { Clock } from '../../components/Time.tsx'
import { deliveryWords, firstName } from '../../components/words.ts'
import { Attachments } from './Attachments.tsx'
import type { LogItem } from './logItems.ts'
import { MessageEdit } from './MessageEdit.tsx'
import { MessageFeedback } from './MessageFeedback.tsx'
import { Edited, Quote, Removed, Unreadable } from './MessageParts.tsx'
import { MessageTools } from './MessageTools.tsx'
import { useMessageEdit } from './messageEdits.ts'
import { draftBy } from './messageWords.ts'
import { TroubleChoices } from './TroubleChoices.tsx'
import { useThread } from './threadContext.ts'
import { Waiting } from './Waiting.tsx'

interface MessageRowProps {
  readonly item: Extract<LogItem, { kind: 'message' }>
  readonly isCurrent: boolean
  /** The coach was brought to this message, from a search or a quotation. */
  readonly isFound: boolean
}

const Header = ({ message }: { readonly message: Message }) => {
  const { showWhy } = useThread()
  const { metadata } = message
  const { confidence, execution_id: executionId } = metadata
  if (message.senderType === 'client') {
    return (
      <div className="message-header">
        <b>{firstName(message.senderName)}</b>
        <Clock time={message.sentAt} />
      </div>
    )
  }
  const details = [
    confidence === undefined ? null : `confidence ${confidence.toFixed(2)}`,
    metadata.approved_by_coach ? draftBy(metadata.original_draft !== undefined) : null,
    metadata.from_own_device ? 'from your own device' : null,
    metadata.scheduled_for === undefined ? null : 'scheduled',
  ].filter((detail) => detail !== null)
  return (
    <div className="message-header">
      <span>
        <Clock time={message.sentAt} />
        {details.map((detail) => ` · ${detail}`)}
        {executionId ? (
          <>
            {' · '}
            <button type="button" className="link-button" onClick={() => showWhy(executionId)}>
              Why this reply
            </button>
          </>
        ) : null}
      </span>
      <b>{message.senderType === 'ai' ? 'AI' : 'You'}</b>
    </div>
  )
}

const Delivery = ({ message, isLastOutgoing }: { readonly message: Message; readonly isLastOutgoing: boolean }) => {
  const words = deliveryWords[message.deliveryStatus]
  const isSettled = ['sent', 'delivered', 'read'].includes(message.deliveryStatus)
  if (message.waiting) return <Waiting waiting={message.waiting} canUndo={message.senderType !== 'system'} />
  if (!words || message.trouble || message.removedAt !== null || (isSettled && !isLastOutgoing)) return null
  return <span className={`delivery delivery-${message.deliveryStatus}`}>{words}</span>
}

const Notice = ({ item, isFound }: Pick<MessageRowProps, 'item' | 'isFound'>) => {
  const { conversationId } = useThread()
  const { message } = item
  return (
    <div className={`message message-system ${isFound ? 'is-found' : ''}`}>
      <div className="log-note">
        <p className="message-text" dir="auto">
          {message.content}
        </p>
        <span className="log-note-by">
          Notice to the client · <Clock time={message.sentAt} />{' '}
          <Delivery message={message} isLastOutgoing={item.isLastOutgoing} />
        </span>
      </div>
      {message.trouble ? (
        <TroubleChoices trouble={message.trouble} conversationId={conversationId} seq={message.seq} />
      ) : null}
    </div>
  )
}

const Bubble = ({ message }: { readonly message: Message }) => (
  <div
    className={`bubble ${message.waiting ? 'is-waiting' : ''} ${message.removedAt === null ? '' : 'is-removed'}`}
    dir="auto"
  >
    {message.replyTo ? <Quote replyTo={message.replyTo} /> : null}
    {message.content ? <p className="message-text">{message.content}</p> : null}
    <Attachments attachments={message.attachments} />
  </div>
)

export const MessageRow = ({ item, isCurrent, isFound }: MessageRowProps) => {
  const { conversationId } = useThread()
  const { message } = item
  const edit = useMessageEdit(message.id)
  if (message.senderType === 'system') return <Notice item={item} isFound={isFound} />
  const states = [item.hasHeader ? 'has-header' : '', isFound ? 'is-found' : ''].filter(Boolean).join(' ')
  return (
    <div className={`message message-${message.senderType} ${states}`} data-message-id={message.id}>
      {item.hasHeader ? <Header message={message} /> : null}
      {edit === null ? (
        <div className="message-line">
          <Bubble message={message} />
          <MessageTools message={message} isCurrent={isCurrent} />
        </div>
      ) : (
        <MessageEdit message={message} text={edit} />
      )}
      {message.editedAt === null ? null : <Edited message={message} editedAt={message.editedAt} />}
      {message.removedAt === null ? null : <Removed message={message} removedAt={message.removedAt} />}
      {message.unreadable ? <Unreadable kind={message.unreadable} /> : null}
      <MessageFeedback message={message} />
      <Delivery message={message} isLastOutgoing={item.isLastOutgoing} />
      {message.trouble ? (
        <TroubleChoices trouble={message.trouble} conversationId={conversationId} seq={message.seq} />
      ) : null}
    </div>
  )
}
