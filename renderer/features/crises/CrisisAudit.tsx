import { useQuery } from '@tanstack/react-query'
import type { AuditEvent, CrisisRecord } from '../../../shared/contract/handoffs.ts'
import { crisisKindWords, crisisSeverityWords } from '../../../shared/taxonomy/crisisWords.ts'
import { hrefTo } from '../../app/router.ts'
import { Button } from '../../components/Button.tsx'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { exactTime, isSameDay, mediumTime } from '../../components/time.ts'
import { queries } from '../../transport/console.ts'
import { LookAfter } from './LookAfter.tsx'
import { markOf, stateOf, stateWords } from './words.ts'

const toTheSecond = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

const facts = (crisis: CrisisRecord): readonly (readonly [string, string])[] => [
  ['State', stateWords[stateOf(crisis)]],
  ['How grave', crisisSeverityWords[crisis.severity]],
  ...(crisis.kinds.length > 0
    ? [['Points to', crisis.kinds.map((kind) => crisisKindWords[kind]).join(', ')] as const]
    : []),
  ['Detected', mediumTime(crisis.createdAt)],
  ['Acknowledged', crisis.acknowledgedAt === null ? 'not yet' : mediumTime(crisis.acknowledgedAt)],
  ['Over', crisis.endedAt === null ? 'not yet' : mediumTime(crisis.endedAt)],
]

// These stand beside a line about the same message.
const sameMessageBeside: ReadonlySet<AuditEvent['kind']> = new Set(['detected', 'notice_queued'])

interface TimelineProps {
  readonly conversationId: string
  readonly events: readonly AuditEvent[]
}

const Timeline = ({ conversationId, events }: TimelineProps) => (
  <ol className="timeline" aria-label="What happened">
    {events.map((event, index) => {
      const before = events[index - 1]
      return (
        // biome-ignore lint/suspicious/noArrayIndexKey: the record only ever grows at its end
        <li key={index} className={`timeline-${markOf[event.kind]}`}>
          {!before || !isSameDay(before.at, event.at) ? <p className="timeline-day">{day.format(event.at)}</p> : null}
          <div className="timeline-line">
            <time dateTime={new Date(event.at).toISOString()} title={exactTime(event.at)}>
              {toTheSecond.format(event.at)}
            </time>
            <span className="timeline-mark" aria-hidden="true" />
            <p>
              {event.text}
              {event.messageId && !sameMessageBeside.has(event.kind) ? (
                <>
                  {' '}
                  <a className="timeline-link" href={hrefTo('inbox', conversationId, { at: event.messageSeq })}>
                    Read it in the conversation
                  </a>
                </>
              ) : null}
            </p>
          </div>
        </li>
      )
    })}
  </ol>
)

/** The record of one crisis, line by line as it happened; made to be printed too. */
export const CrisisAudit = ({ handoffId }: { readonly handoffId: string }) => {
  const audit = useQuery(queries.handoffs.audit.queryOptions({ input: { handoffId } }))
  const followUps = useQuery(queries.handoffs.followUps.queryOptions()).data?.rows ?? []
  const crisis = audit.data
  return (
    <>
      <p className="crises-back">
        <a href={hrefTo('crises')}>All crises</a>
      </p>
      {audit.isPending ? <Patience /> : null}
      {audit.isError ? <Problem error={audit.error} onRetry={() => void audit.refetch()} /> : null}
      {crisis ? (
        <>
          <header className="crisis-header">
            <h1 className="screen-title">Safety crisis of {crisis.clientName}</h1>
            <div className="row-of-buttons">
              <a className="button" href={hrefTo('inbox', crisis.conversationId)}>
                Open the conversation
              </a>
              <Button onClick={() => window.print()}>Print</Button>
            </div>
          </header>
          <dl className="facts">
            {facts(crisis).map(([name, value]) => (
              <div className="facts-row" key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <LookAfter
            followUps={followUps.filter((followUp) => followUp.conversationId === crisis.conversationId)}
            title="To look after"
            linksRecord={false}
          />
          <h2 className="section-title crises-title">What happened</h2>
          <Timeline conversationId={crisis.conversationId} events={crisis.events} />
        </>
      ) : null}
    </>
  )
}
