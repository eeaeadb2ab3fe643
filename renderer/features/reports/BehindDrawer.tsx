import { Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { queries } from '../../transport/console.ts'
import { BehindRows } from './BehindRows.tsx'
import type { Picked } from './FigureView.tsx'
import { bucketSpan, type Span } from './range.ts'

const most = 100

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
      <BehindRows rows={rows} />
      {rows.length === most ? <p className="small muted">These are the newest {most}.</p> : null}
    </Drawer>
  )
}
