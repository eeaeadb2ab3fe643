import { type ChangeEvent, memo } from 'react'
import type { ConversationRow } from '../../../shared/contract/inbox.ts'
import { hrefTo } from '../../app/router.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { OwnerPill } from '../../components/OwnerPill.tsx'
import { Ago, Until, Waits } from '../../components/Time.tsx'
import { firstName } from '../../components/words.ts'
import { attempt } from './list/rowActions.ts'

const sayer = (row: ConversationRow): string => {
  if (row.previewSender === 'ai') return 'AI: '
  if (row.previewSender === 'human_coach') return 'You: '
  return row.previewSender === 'system' ? 'Notice: ' : ''
}

const Preview = ({ row }: { readonly row: ConversationRow }) => (
  <span className="conversation-preview">
    {row.acceptance === 'requested' ? <b>Wants to write to you: </b> : null}
    {sayer(row)}
    {row.preview}
  </span>
)

/** How the channel calls the client; in place of it, that nothing reaches them any more. */
const Reach = ({ row }: { readonly row: ConversationRow }) => {
  if (!row.isReachable) {
    return (
      <span className="tag" title={`${firstName(row.clientName)} has blocked this channel. Nothing you send arrives.`}>
        not reachable
      </span>
    )
  }
  if (row.handle === null || row.handle === row.clientName) return null
  return <span className="conversation-handle">{row.handle}</span>
}

/** Who owns it, whether they want to give it back, and how long it has been waiting, on one line. */
const Facts = ({ row, isToAsk }: Pick<ConversationItemProps, 'row' | 'isToAsk'>) => (
  <span className="conversation-facts">
    <OwnerPill owner={row.owner} trigger={row.trigger} hasDraft={row.hasDraft} />
    {row.owner === 'human' && row.trigger === 'safety_crisis' ? (
      <span className="tag" title="A safety crisis that has not been handed back yet.">
        ⚠ crisis
      </span>
    ) : null}
    {row.asksToHandBack ? (
      <span className="tag" title="You answered on your own device and have been quiet since. Hand back to the clone?">
        hand back?
      </span>
    ) : null}
    {isToAsk ? (
      <span className="tag" title="Something they said they would do is due. Ask how it went?">
        check in
      </span>
    ) : null}
    <span className="conversation-wait">
      {row.snoozedUntil === null ? null : (
        <span className="tag">
          until <Until time={row.snoozedUntil} />
        </span>
      )}
      {row.unansweredSince !== null && row.snoozedUntil === null && row.doneAt === null ? (
        <Waits time={row.unansweredSince} />
      ) : null}
    </span>
  </span>
)

const Request = ({ row }: { readonly row: ConversationRow }) => (
  <span className="conversation-request">
    <button
      type="button"
      className="button button-primary button-small"
      aria-label={`Accept ${row.clientName}`}
      onClick={() => void attempt([row], { kind: 'accept' })}
    >
      Accept
    </button>
    <button
      type="button"
      className="button button-plain button-small"
      aria-label={`Decline ${row.clientName}`}
      onClick={() => void attempt([row], { kind: 'decline' })}
    >
      Decline
    </button>
  </span>
)

interface ConversationItemProps {
  readonly row: ConversationRow
  readonly isOpen: boolean
  readonly isSelected: boolean
  /** The end of the stretch that Shift+J and Shift+K move. */
  readonly isHead: boolean
  /** Something the client said they would do falls due. */
  readonly isToAsk: boolean
  readonly onSelect: (id: string, isStretch: boolean) => void
}

const classesOf = ({ row, isOpen, isSelected, isHead }: ConversationItemProps): string =>
  [
    'conversation',
    isOpen ? 'is-open' : '',
    isSelected ? 'is-selected' : '',
    isHead ? 'is-head' : '',
    row.unreadCount > 0 ? 'is-unread' : '',
  ]
    .filter(Boolean)
    .join(' ')

export const ConversationItem = memo((props: ConversationItemProps) => {
  const { row, isOpen, isSelected, isToAsk, onSelect } = props
  const isRequest = row.acceptance === 'requested'
  const select = ({ nativeEvent }: ChangeEvent) =>
    onSelect(row.id, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
  return (
    <div className={classesOf(props)}>
      <a
        className="conversation-link"
        href={hrefTo('inbox', row.id)}
        aria-current={isOpen ? 'true' : undefined}
        data-conversation={row.id}
      >
        <Avatar name={row.clientName} />
        <span className="conversation-body">
          <span className="conversation-top">
            <b className="conversation-name">{row.clientName}</b>
            <Reach row={row} />
            {row.unreadCount > 0 ? (
              <span className="unread-dot" title={`${row.unreadCount} unread`}>
                <span className="visually-hidden">{row.unreadCount} unread</span>
              </span>
            ) : null}
            <span className="conversation-time">
              <Ago time={row.lastMessageAt} />
            </span>
          </span>
          <Preview row={row} />
          {isRequest ? null : <Facts row={row} isToAsk={isToAsk} />}
        </span>
      </a>
      <input
        type="checkbox"
        className="conversation-select"
        aria-label={`Select ${row.clientName}`}
        tabIndex={-1}
        checked={isSelected}
        onChange={select}
      />
      {isRequest ? <Request row={row} /> : null}
    </div>
  )
})
ConversationItem.displayName = 'ConversationItem'
