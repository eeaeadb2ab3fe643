import { Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { LedgerRow } from '../../../shared/contract/privacy.ts'
import { isProblemCode, problems } from '../../../shared/contract/problems.ts'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { exactTime } from '../../components/time.ts'
import { sizeWords } from '../../components/words.ts'
import { queries } from '../../transport/console.ts'
import { contentWords, hasStayedHere, purposeWords, statusWords, stayedHere, timesInTheHour } from './words.ts'

/** JSON is easier to read with its lines; anything else is shown as it left. */
const readable = (payload: string): string => {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2)
  } catch {
    return payload
  }
}

const facts = (row: LedgerRow): readonly (readonly [string, string])[] => [
  ['When', exactTime(row.createdAt)],
  ['Where to', hasStayedHere(row) ? `${row.destination} (${stayedHere})` : row.destination],
  ...(row.clientName ? [['Client', row.clientName] as const] : []),
  ...(row.calls > 1 ? [['How often', timesInTheHour(row)] as const] : []),
  ['Sent', sizeWords(row.bytesOut)],
  ...(row.bytesIn === null ? [] : [['Received', sizeWords(row.bytesIn)] as const]),
  ['Names replaced', String(row.replacedNames)],
  ...(row.latencyMs === null ? [] : [['Took', `${(row.latencyMs / 1_000).toFixed(1)} s`] as const]),
  ['Result', statusWords[row.status]],
]

export const PayloadDrawer = ({ row, onClose }: { readonly row: LedgerRow; readonly onClose: () => void }) => {
  const payload = useQuery({ ...queries.privacy.payload.queryOptions({ input: { entryId: row.id } }), gcTime: 0 })
  return (
    <Drawer
      opened
      onClose={onClose}
      title={purposeWords[row.purpose]}
      size={560}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="stack">
        <dl className="facts">
          {facts(row).map(([name, value]) => (
            <div className="facts-row" key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {row.errorCode ? (
          <p className="notice">{isProblemCode(row.errorCode) ? problems[row.errorCode].message : row.errorCode}</p>
        ) : null}
        <section>
          <h3 className="section-title">What exactly was sent</h3>
          {payload.isPending ? <Patience /> : null}
          {payload.isError ? <Problem error={payload.error} /> : null}
          {payload.data?.payload ? (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: long content is scrolled by keyboard
            <pre className="payload" tabIndex={0}>
              {readable(payload.data.payload)}
            </pre>
          ) : null}
          {payload.data?.payload && row.purpose === 'embedding' ? (
            <p className="muted small">
              Passages of documents stand here by their numbers, so that a document you remove is gone from here too.
            </p>
          ) : null}
          {payload.data?.payload === null ? <p className="muted">{contentWords[row.purpose]}</p> : null}
        </section>
      </div>
    </Drawer>
  )
}
