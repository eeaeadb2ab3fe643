import type { ReactNode } from 'react'
import type { SenderType } from '../../../shared/taxonomy/conversation.ts'
import { hrefTo } from '../../app/router.ts'
import { Ago } from '../../components/Time.tsx'

const authorWords = {
  client: 'the client wrote',
  ai: 'the clone wrote',
  human_coach: 'you wrote',
  system: 'fixed notice',
} as const satisfies Record<SenderType, string>

interface BehindRow {
  readonly conversationId: string
  readonly messageId: string | null
  readonly messageSeq: number | null
  readonly clientName: string
  readonly senderType: SenderType | null
  readonly preview: string
  readonly detail: string
  readonly at: number
}

interface BehindRowsProps<Row extends BehindRow> {
  readonly rows: readonly Row[]
  /** What else can be done with a row. */
  readonly more?: (row: Row) => ReactNode
}

/** Messages behind a number, each with the way into its conversation. */
export const BehindRows = <Row extends BehindRow>({ rows, more }: BehindRowsProps<Row>) => (
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
        {more?.(row)}
      </li>
    ))}
  </ul>
)
