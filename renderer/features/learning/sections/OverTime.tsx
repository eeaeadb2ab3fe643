import '../../reports/reports.css'
import { SegmentedControl } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { situationWords } from '../../../../shared/taxonomy/situations.ts'
import { Patience } from '../../../components/Patience.tsx'
import { Problem } from '../../../components/Problem.tsx'
import { queries } from '../../../transport/console.ts'
import { BehindDrawer } from '../../reports/BehindDrawer.tsx'
import { FigureView, type Picked } from '../../reports/FigureView.tsx'
import { figuresOf } from '../../reports/figures.ts'
import { type Range, ranges, type Span } from '../../reports/range.ts'
import { type Handovers, handoverFigure, rateWords } from '../handoverFigure.ts'
import { useLearned } from '../learnedContext.ts'
import { Section } from './Section.tsx'

interface BreakdownProps {
  readonly title: string
  readonly span: Span
  readonly rows: readonly {
    readonly key: string
    readonly name: string
    readonly counts: Handovers['total']
    readonly narrowed:
      | { readonly clientId: string }
      | { readonly situation: Handovers['situations'][number]['situation'] }
  }[]
}

const shownInTable = 20

const Breakdown = ({ title, span: { from, to }, rows }: BreakdownProps) => {
  const { show } = useLearned()
  if (rows.length === 0) return null
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard
    <section className="table-frame breakdown" aria-label={title} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col" className="number">
              handed over
            </th>
            <th scope="col" className="number">
              should have been
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shownInTable).map(({ key, name, counts, narrowed }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {(['handoff', 'missed'] as const).map((what) => {
                const [part, whole] =
                  what === 'handoff' ? [counts.handoffs, counts.turns] : [counts.missed, counts.replies]
                const label = what === 'handoff' ? 'handed over' : 'should have been handed over'
                return (
                  <td key={what} className="number">
                    {part === 0 ? (
                      rateWords(part, whole)
                    ) : (
                      <button
                        type="button"
                        className="link-button"
                        onClick={() => show({ what, from, to, ...narrowed }, `${name}: ${label}`)}
                      >
                        {rateWords(part, whole)}
                      </button>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface OverTimeProps {
  readonly range: Range
  readonly span: Span
  readonly onRange: (range: Range) => void
}

/** What became of drafts, and how often the coach was called, with the calls that were missed beside it. */
export const OverTime = ({ range, span, onRange }: OverTimeProps) => {
  const [picked, setPicked] = useState<Picked | null>(null)
  const { from, to, timeZone } = span
  const reports = useQuery({
    ...queries.reports.overview.queryOptions({ input: span }),
    placeholderData: keepPreviousData,
  })
  const handovers = useQuery({
    ...queries.learning.handovers.queryOptions({ input: { from, to, timeZone } }),
    placeholderData: keepPreviousData,
  })
  const drafts = reports.data ? figuresOf(reports.data, span).find(({ id }) => id === 'drafts') : undefined
  return (
    <Section
      id="over-time"
      title="Drafts and handoffs over time"
      lead="Fewer handoffs are only good news while none are missed, so the two stand side by side."
    >
      <div className="reports">
        <div className="reports-choices">
          <SegmentedControl aria-label="How far back" data={[...ranges]} value={range} onChange={onRange} />
        </div>
        {reports.isPending || handovers.isPending ? <Patience /> : null}
        {reports.isError ? <Problem error={reports.error} onRetry={() => void reports.refetch()} /> : null}
        {handovers.isError ? <Problem error={handovers.error} onRetry={() => void handovers.refetch()} /> : null}
        {drafts && reports.data ? <FigureView figure={drafts} unit={reports.data.unit} onShow={setPicked} /> : null}
        {handovers.data ? (
          <>
            <FigureView figure={handoverFigure(handovers.data, span)} unit={handovers.data.unit} onShow={setPicked} />
            <div className="breakdowns">
              <Breakdown
                title="By client"
                span={span}
                rows={handovers.data.clients.map(({ clientId, clientName, ...counts }) => ({
                  key: clientId,
                  name: clientName,
                  counts,
                  narrowed: { clientId },
                }))}
              />
              <Breakdown
                title="By situation"
                span={span}
                rows={handovers.data.situations.map(({ situation, ...counts }) => ({
                  key: situation,
                  name: situationWords[situation],
                  counts,
                  narrowed: { situation },
                }))}
              />
            </div>
          </>
        ) : null}
      </div>
      {picked ? (
        <BehindDrawer picked={picked} span={span} unit={reports.data?.unit ?? 'day'} onClose={() => setPicked(null)} />
      ) : null}
    </Section>
  )
}
