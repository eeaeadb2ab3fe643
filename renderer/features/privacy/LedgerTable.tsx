import type { LedgerRow } from '../../../shared/contract/privacy.ts'
import { Ago } from '../../components/Time.tsx'
import { sizeWords } from '../../components/words.ts'
import { hasStayedHere, purposeWords, statusWords, stayedHere, timesInTheHour } from './words.ts'

interface LedgerTableProps {
  readonly rows: readonly LedgerRow[]
  readonly onShow: (row: LedgerRow) => void
}

export const LedgerTable = ({ rows, onShow }: LedgerTableProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard
  <section className="ledger-frame" aria-label="Ledger" tabIndex={0}>
    <table className="ledger">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">What for</th>
          <th scope="col">Where to</th>
          <th scope="col">Client</th>
          <th scope="col" className="number">
            Sent
          </th>
          <th scope="col" className="number">
            Names replaced
          </th>
          <th scope="col">Result</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className="nowrap">
              <Ago time={row.createdAt} />
            </td>
            <td>
              <button type="button" className="link-button ledger-open" onClick={() => onShow(row)}>
                {purposeWords[row.purpose]}
              </button>
              {row.calls > 1 ? <span className="ledger-calls">{timesInTheHour(row)}</span> : null}
            </td>
            <td className="wrap">
              {row.destination}
              {hasStayedHere(row) ? <span className="ledger-here">{stayedHere}</span> : null}
            </td>
            <td>{row.clientName ?? ''}</td>
            <td className="number nowrap">{sizeWords(row.bytesOut)}</td>
            <td className="number">{row.replacedNames}</td>
            <td>
              <span className={`ledger-status ledger-${row.status}`}>{statusWords[row.status]}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)
