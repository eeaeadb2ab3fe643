import type { Message } from '../../../shared/contract/messages.ts'
import { Clock } from '../../components/Time.tsx'
import { deliveryWords, firstName } from '../../components/words.ts'
import { Attachments } from './Attachments.tsx'
import type { LogItem } from './logItems.ts'
import { TroubleChoices } from './TroubleChoices.tsx'

interface MessageRowProps {
  readonly item: Extract<LogItem, { kind: 'message' }>
  readonly conversationId: string
  readonly onWhy: (executionId: string) => void
}

const approvedWords = (message: Message): string =>
  message.metadata.original_draft === undefined ? 'AI draft, approved by you' : 'AI draft, edited by you'

const Header = ({ message, onWhy }: { readonly message: Message; readonly onWhy: MessageRowProps['onWhy'] }) => {
  const { confidence, execution_id: executionId, approved_by_coach: isApproved } = message.metadata
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
    isApproved ? approvedWords(message) : null,
  ].filter((detail) => detail !== null)
  return (
    <div className="message-header">
      <span>
        <Clock time={message.sentAt} />
        {details.map((detail) => ` · ${detail}`)}
        {executionId ? (
          <>
            {' · '}
            <button type="button" className="link-button" onClick={() => onWhy(executionId)}>
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
  if (!words || message.trouble || (isSettled && !isLastOutgoing)) return null
  return <span className={`delivery delivery-${message.deliveryStatus}`}>{words}</span>
}

export const MessageRow = ({ item, conversationId, onWhy }: MessageRowProps) => {
  const { message } = item
  const trouble = message.trouble ? (
    <TroubleChoices trouble={message.trouble} conversationId={conversationId} seq={message.seq} />
  ) : null
  const delivery = <Delivery message={message} isLastOutgoing={item.isLastOutgoing} />
  if (message.senderType === 'system') {
    return (
      <div className="message message-system">
        <div className="log-note">
          <p className="message-text" dir="auto">
            {message.content}
          </p>
          <span className="log-note-by">
            Notice to the client · <Clock time={message.sentAt} /> {delivery}
          </span>
        </div>
        {trouble}
      </div>
    )
  }
  return (
    <div className={`message message-${message.senderType} ${item.hasHeader ? 'has-header' : ''}`}>
      {item.hasHeader ? <Header message={message} onWhy={onWhy} /> : null}
      <div className="bubble" dir="auto">
        {message.content ? <p className="message-text">{message.content}</p> : null}
        <Attachments attachments={message.attachments} />
      </div>
      {delivery}
      {trouble}
    </div>
  )
}
