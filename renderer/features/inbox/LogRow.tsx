import { memo } from 'react'
import { dayTitle, mediumTime, useNow } from '../../components/time.ts'
import type { LogItem } from './logItems.ts'
import { MessageRow } from './MessageRow.tsx'
import { OwnerChangeRow } from './OwnerChangeRow.tsx'
import { useThread } from './threadContext.ts'
import type { Gap } from './useThreadWindow.ts'
import { LeavingRow, ScheduledRow } from './Waiting.tsx'

interface LogRowProps {
  readonly item: LogItem
  readonly isCurrent: boolean
  readonly isFound: boolean
}

const Day = ({ time }: { readonly time: number }) => <div className="log-day">{dayTitle(time, useNow())}</div>

const Away = ({ gap }: { readonly gap: Gap }) => {
  const { channelTitle } = useThread()
  return (
    <div className="log-note log-gap">
      The console was away from {mediumTime(gap.from)} to {mediumTime(gap.to)}: {channelTitle} keeps messages for 24
      hours, some may be missing
    </div>
  )
}

export const LogRow = memo(({ item, isCurrent, isFound }: LogRowProps) => {
  switch (item.kind) {
    case 'start':
      return <div className="log-start">The conversation starts here</div>
    case 'end':
      return <div className="log-start">Loading later messages…</div>
    case 'day':
      return <Day time={item.time} />
    case 'new':
      return (
        <div className="log-new">
          <span>New</span>
        </div>
      )
    case 'gap':
      return <Away gap={item.gap} />
    case 'owner':
      return <OwnerChangeRow item={item} />
    case 'scheduled':
      return <ScheduledRow scheduled={item.scheduled} />
    case 'leaving':
      return <LeavingRow leaving={item.leaving} />
    case 'message':
      return <MessageRow item={item} isCurrent={isCurrent} isFound={isFound} />
  }
})
LogRow.displayName = 'LogRow'
