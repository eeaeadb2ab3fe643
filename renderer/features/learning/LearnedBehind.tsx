import '../reports/reports.css'
import { Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { queries } from '../../transport/console.ts'
import { BehindRows } from '../reports/BehindRows.tsx'
import type { Shown } from './learnedContext.ts'

const most = 100

interface LearnedBehindProps extends Shown {
  readonly onOpen: (interventionId: string) => void
  readonly onClose: () => void
}

/** The messages behind a figure, and what was learned from them. */
export const LearnedBehind = ({ figure, title, onOpen, onClose }: LearnedBehindProps) => {
  const behind = useQuery(queries.learning.behind.queryOptions({ input: { figure, limit: most } }))
  const rows = behind.data?.rows ?? []
  return (
    <Drawer opened onClose={onClose} title={title} size={520} closeButtonProps={{ 'aria-label': 'Close' }}>
      {behind.isPending ? <Patience /> : null}
      {behind.isError ? <Problem error={behind.error} onRetry={() => void behind.refetch()} /> : null}
      {behind.isSuccess && rows.length === 0 ? (
        <p className="muted">
          No messages of your conversations here stand behind this: it comes from past conversations, or they have been
          erased since.
        </p>
      ) : null}
      <BehindRows
        rows={rows}
        more={({ interventionId }) =>
          interventionId === null ? null : (
            <button type="button" className="link-button small" onClick={() => onOpen(interventionId)}>
              What was learned from it
            </button>
          )
        }
      />
      {rows.length === most ? <p className="small muted">These are the newest {most}.</p> : null}
    </Drawer>
  )
}
