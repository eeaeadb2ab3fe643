import { memo } from 'react'
import { dayTitle, useNow } from '../../components/time.ts'
import type { LogItem } from './logItems.ts'
import { MessageRow } from './MessageRow.tsx'

interface LogRowProps {
  readonly item: LogItem
  readonly conversationId: string
  readonly onWhy: (executionId: string) => void
}

const Day = ({ time }: { readonly time: number }) => <div className="log-day">{dayTitle(time, useNow())}</div>

export const LogRow = memo(({ item, conversationId, onWhy }: LogRowProps) => {
  switch (item.kind) {
    case 'start':
      return (
        <div className="log-start">
          {item.hasEarlier ? 'Loading earlier messages…' : 'The conversation starts here'}
        </div>
      )
    case 'day':
      return <Day time={item.time} />
    case 'new':
      return (
        <div className="log-new">
          <span>New</span>
        </div>
      )
    case 'handoff':
      return <div className="log-note">{item.text}</div>
    case 'message':
      return <MessageRow item={item} conversationId={conversationId} onWhy={onWhy} />
  }
})
LogRow.displayName = 'LogRow'
