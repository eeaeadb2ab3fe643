import { Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { hrefTo } from '../../app/router.ts'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { Ago } from '../../components/Time.tsx'
import { queries } from '../../transport/console.ts'
import { binName, percent, type SurenessBin } from './confidenceWords.ts'

const most = 100

interface ConfidenceRepliesProps {
  readonly bin: SurenessBin
  readonly onClose: () => void
}

/** The drafts behind one bin, each with what the coach did and the way to its place in the thread. */
export const ConfidenceReplies = ({ bin, onClose }: ConfidenceRepliesProps) => {
  const behind = useQuery(queries.confidence.behind.queryOptions({ input: { from: bin.from, limit: most } }))
  const rows = behind.data?.rows ?? []
  return (
    <Drawer
      opened
      onClose={onClose}
      title={`Drafts of which the clone was ${binName(bin)} sure`}
      size={520}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {behind.isPending ? <Patience /> : null}
      {behind.isError ? <Problem error={behind.error} onRetry={() => void behind.refetch()} /> : null}
      {behind.isSuccess && rows.length === 0 ? (
        <p className="muted">No drafts stand behind this any more: they may have been erased since.</p>
      ) : null}
      <ul className="sureness-replies" aria-label="Drafts behind this figure">
        {rows.map((row) => (
          <li key={`${row.conversationId}-${row.messageSeq}-${row.at}`}>
            <p className="sureness-reply-head">
              <a href={hrefTo('inbox', row.conversationId, { at: row.messageSeq })}>{row.clientName}</a>
              <span className="small muted">
                {percent(row.said)} sure · <Ago time={row.at} />
              </span>
            </p>
            <p className="sureness-reply-text" dir="auto">
              {row.text}
            </p>
            <p className="small muted">{row.decision}</p>
          </li>
        ))}
      </ul>
      {rows.length === most ? <p className="small muted">These are the newest {most}.</p> : null}
    </Drawer>
  )
}
