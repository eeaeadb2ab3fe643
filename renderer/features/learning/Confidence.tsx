import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { plural } from '../../components/words.ts'
import { queries } from '../../transport/console.ts'
import { ConfidencePlot } from './ConfidencePlot.tsx'
import { ConfidenceReplies } from './ConfidenceReplies.tsx'
import {
  binName,
  errorWords,
  percent,
  recordWords,
  type SurenessBin,
  type SurenessRecord,
  usedWords,
} from './confidenceWords.ts'
import './confidence.css'

interface ConfidenceProps {
  /** The level at which the heading stands where this is shown. */
  readonly heading?: 'h2' | 'h3'
}

/** How far the clone's confidence agrees with what the coach did with its drafts; every bin opens its drafts. */
export const Confidence = ({ heading: Heading = 'h2' }: ConfidenceProps) => {
  const record = useQuery(queries.confidence.record.queryOptions())
  const [picked, setPicked] = useState<SurenessBin | null>(null)
  return (
    <section className="sureness" aria-labelledby="sureness-title">
      <Heading id="sureness-title">How far its confidence can be relied on</Heading>
      {record.isPending ? <Patience /> : null}
      {record.isError ? <Problem error={record.error} onRetry={() => void record.refetch()} /> : null}
      {record.data ? <Record record={record.data} onPick={setPicked} /> : null}
      {picked ? <ConfidenceReplies bin={picked} onClose={() => setPicked(null)} /> : null}
    </section>
  )
}

interface RecordProps {
  readonly record: SurenessRecord
  readonly onPick: (bin: SurenessBin) => void
}

const Record = ({ record, onPick }: RecordProps) => {
  const { decided, error } = record
  if (decided === 0)
    return (
      <p className="sureness-words">
        You have not decided about any draft yet. Once you send, change or discard drafts, you see here how often you
        agree with the clone when it is sure.
      </p>
    )
  return (
    <>
      <p className="sureness-finding">{recordWords(record)}</p>
      <p className="sureness-words">
        This rests on {plural(decided, 'draft')} that you sent, changed, discarded or wished otherwise. What the clone
        sends by itself is not counted, nor is practice. {usedWords(record)}
      </p>
      {error === null ? null : <p className="sureness-words">{errorWords(error)}</p>}
      <ConfidencePlot bins={record.bins} onPick={onPick} />
      <Table record={record} onPick={onPick} />
    </>
  )
}

const Table = ({ record: { bins, isInUse }, onPick }: RecordProps) => (
  <details className="sureness-table">
    <summary>As a table, with the drafts behind each row</summary>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard */}
    <section className="sureness-frame" aria-label="Confidence and what you did, as a table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">The clone said</th>
            <th scope="col">Drafts</th>
            <th scope="col">You sent as they were, or nearly</th>
            <th scope="col">Likely between</th>
            {isInUse ? <th scope="col">Shown now</th> : null}
          </tr>
        </thead>
        <tbody>
          {bins
            .filter(({ count }) => count > 0)
            .map((bin) => (
              <tr key={bin.from}>
                <th scope="row">{binName(bin)}</th>
                <td>
                  <button type="button" className="link-button" onClick={() => onPick(bin)}>
                    {plural(bin.count, 'draft')}
                  </button>
                </td>
                <td>
                  {bin.accepted}, that is {percent(bin.accepted / bin.count)}
                </td>
                <td>
                  {percent(bin.low)} and {percent(bin.high)}
                </td>
                {isInUse ? <td>{bin.shown === null ? '–' : percent(bin.shown)}</td> : null}
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  </details>
)
