import './reports.css'
import { SegmentedControl, Switch } from '@mantine/core'
import { IconChartBar } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { hrefTo } from '../../app/router.ts'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { useNow } from '../../components/time.ts'
import { queries } from '../../transport/console.ts'
import { BehindDrawer } from './BehindDrawer.tsx'
import { FigureView, type Picked } from './FigureView.tsx'
import { figuresOf, isEmptyFigure, type Overview } from './figures.ts'
import { type Range, ranges, type Span, spanOf } from './range.ts'
import { Totals } from './Totals.tsx'

interface ReportProps {
  readonly overview: Overview
  readonly span: Span
  readonly onShow: (picked: Picked) => void
  readonly onCountPractice: () => void
}

const Report = ({ overview, span, onShow, onCountPractice }: ReportProps) => {
  const figures = figuresOf(overview, span)
  if (overview.totals.clientMessages === 0 && figures.every(isEmptyFigure)) {
    return (
      <EmptyState icon={<IconChartBar />} title="Nothing happened in this time">
        Once clients write, you see here how often the clone called you and why, how long a call waited for you, who
        answered, and what became of drafts. Each figure opens the messages behind it.
        {span.withPractice ? null : <Button onClick={onCountPractice}>Look at the practice clients</Button>}
      </EmptyState>
    )
  }
  return (
    <>
      <Totals totals={overview.totals} onShow={onShow} />
      {figures.map((figure) => (
        <FigureView key={figure.id} figure={figure} unit={overview.unit} onShow={onShow} />
      ))}
    </>
  )
}

const halfMinute = 30_000

/** What happened over time, as plots with the messages behind them. */
export const ReportsScreen = () => {
  // What has just happened counts too.
  const now = useNow() + halfMinute
  const [range, setRange] = useState<Range>('30')
  const [withPractice, setWithPractice] = useState(false)
  const [picked, setPicked] = useState<Picked | null>(null)
  const span = spanOf(range, withPractice, now)
  const overview = useQuery({
    ...queries.reports.overview.queryOptions({ input: span }),
    placeholderData: keepPreviousData,
  })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the page is scrolled by keyboard, also while it has nothing to press
    <main className="screen" tabIndex={0}>
      <div className="screen-inner reports">
        <h1 className="screen-title">Reports</h1>
        <div className="reports-choices">
          <SegmentedControl
            aria-label="How far back"
            data={[...ranges]}
            value={range}
            onChange={(next) => setRange(next)}
          />
          <Switch
            label="Count practice clients"
            checked={withPractice}
            onChange={(event) => setWithPractice(event.currentTarget.checked)}
          />
          <a href={hrefTo('crises')}>Record of crises</a>
        </div>
        {overview.isPending ? <Patience /> : null}
        {overview.isError ? <Problem error={overview.error} onRetry={() => void overview.refetch()} /> : null}
        {overview.data ? (
          <Report
            overview={overview.data}
            span={span}
            onShow={setPicked}
            onCountPractice={() => setWithPractice(true)}
          />
        ) : null}
      </div>
      {picked ? (
        <BehindDrawer picked={picked} span={span} unit={overview.data?.unit ?? 'day'} onClose={() => setPicked(null)} />
      ) : null}
    </main>
  )
}
