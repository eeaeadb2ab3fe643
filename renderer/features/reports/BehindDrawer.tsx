import { Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { SenderType } from '../../../shared/taxonomy/conversation.ts'
import { hrefTo } from '../../app/router.ts'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { Ago } from '../../components/Time.tsx'
import { queries } from '../../transport/console.ts'
import type { Picked } from './FigureView.tsx'
import { bucketSpan, type Span } from './range.ts'

const most = 100

const authorWords = {
  client: 'the client wrote',
  ai: 'the clone wrote',
  human_coach: 'you wrote',
  system: 'fixed notice',
} as const satisfies Record<SenderType, string>

interface BehindDrawerProps {
  readonly picked: Picked
  readonly span: Span
  readonly unit: 'day' | 'week'
  readonly onClose: () => void
}

/** The messages behind a number, each with the way into its conversation. */
export const BehindDrawer = ({ picked, span, unit, onClose }: BehindDrawerProps) => {
  const { what, trigger, start, title } = picked
  const within = start === null ? span : bucketSpan(span, start, unit)
  const behind = useQuery(
    queries.reports.behind.queryOptions({
      input: { ...within, what, ...(trigger ? { trigger } : {}), limit: most },
    }),
  )
  const rows = behind.data?.rows ?? []
  return (
    <Drawer opened onClose={onClose} title={title} size={520} closeButtonProps={{ 'aria-label': 'Close' }}>
      {behind.isPending ? <Patience /> : null}
      {behind.isError ? <Problem error={behind.error} onRetry={() => void behind.refetch()} /> : null}
      {behind.isSuccess && rows.length === 0 ? (
        <p className="muted">No messages stand behind this: they may have been erased since.</p>
      ) : null}
      <ul className="behind" aria-label="Messages behind this figure">
        {rows.map((row) => (
          <li key={`${row.conversationId}-${row.messageId}-${row.at}`}>
            <p className="behind-head">
              <a href={hrefTo('inbox', row.conversationId, { at: row.messageSeq })}>{row.clientName}</a>
              <span className="small muted">
                {row.senderType ? `${authorWords[row.senderType]} · ` : ''}
                <Ago time={row.at} />
              </span>
            </p>
            <p className="behind-text" dir="auto">
              {row.preview}
            </p>
            {row.detail ? <p className="small muted">{row.detail}</p> : null}
          </li>
        ))}
      </ul>
      {rows.length === most ? <p className="small muted">These are the newest {most}.</p> : null}
    </Drawer>
  )
}
