import { memo } from 'react'
import type { ConversationRow } from '../../../shared/contract/inbox.ts'
import { hrefTo } from '../../app/router.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { OwnerPill } from '../../components/OwnerPill.tsx'
import { Ago } from '../../components/Time.tsx'

const sayer = (row: ConversationRow): string => {
  if (row.previewSender === 'ai') return 'AI: '
  if (row.previewSender === 'human_coach') return 'You: '
  return row.previewSender === 'system' ? 'Notice: ' : ''
}

export const ConversationItem = memo(({ row, isOpen }: { readonly row: ConversationRow; readonly isOpen: boolean }) => (
  <a
    className={`conversation ${isOpen ? 'is-open' : ''} ${row.unreadCount > 0 ? 'is-unread' : ''}`}
    href={hrefTo('inbox', row.id)}
    aria-current={isOpen ? 'true' : undefined}
    data-conversation={row.id}
  >
    <Avatar name={row.clientName} />
    <span className="conversation-body">
      <span className="conversation-top">
        <b className="conversation-name">{row.clientName}</b>
        {row.unreadCount > 0 ? (
          <span className="unread-dot" title={`${row.unreadCount} unread`}>
            <span className="visually-hidden">{row.unreadCount} unread</span>
          </span>
        ) : null}
        <span className="conversation-time">
          <Ago time={row.lastMessageAt} />
        </span>
      </span>
      <span className="conversation-preview">
        {sayer(row)}
        {row.preview}
      </span>
      <OwnerPill owner={row.owner} trigger={row.trigger} waitingSince={row.waitingSince} hasDraft={row.hasDraft} />
    </span>
  </a>
))
ConversationItem.displayName = 'ConversationItem'
