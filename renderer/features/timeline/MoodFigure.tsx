import { lazy, Suspense } from 'react'
import type { host } from '../../transport/console.ts'
import { pointName } from './calendar.ts'
import { moodWords, motivationWords } from './moodWords.ts'

// The charts are as large as the rest of the console together, and only shown here and in Reports.
const MoodPlot = lazy(() => import('./MoodPlot.tsx').then((module) => ({ default: module.MoodPlot })))

export type TimelineData = Awaited<ReturnType<typeof host.timeline.read>>

const unitNames = { day: 'Day', week: 'Week', month: 'Month' } as const

const Table = ({ timeline: { points, unit } }: { readonly timeline: TimelineData }) => (
  <details className="timeline-table">
    <summary>As a table</summary>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long table is scrolled by keyboard */}
    <section className="timeline-frame" aria-label="Mood and motivation, as a table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{unitNames[unit]}</th>
            <th scope="col">Mood</th>
            <th scope="col">Motivation</th>
            <th scope="col">Sessions</th>
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map(({ date, mood, motivation, sessionCount }) => (
            <tr key={date}>
              <th scope="row">{pointName(date, unit)}</th>
              <td>{moodWords(mood)}</td>
              <td>{motivationWords(motivation)}</td>
              <td>{sessionCount}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  </details>
)

const dots = {
  day: 'Each dot is a day with a session.',
  week: 'Each dot is a week with sessions.',
  month: 'Each dot is a month with sessions.',
} as const

/** Mood and motivation over time, as a picture and as a table. */
export const MoodFigure = ({ timeline }: { readonly timeline: TimelineData }) => {
  const isTold = timeline.points.some(({ mood, motivation }) => mood !== null || motivation !== null)
  return (
    <section className="timeline-part" aria-labelledby="mood-title">
      <h3 id="mood-title">Mood and motivation</h3>
      {isTold ? (
        <>
          <p className="muted">Estimated from what they wrote. {dots[timeline.unit]}</p>
          <div className="mood-plots">
            <Suspense>
              <MoodPlot timeline={timeline} />
            </Suspense>
          </div>
          <Table timeline={timeline} />
        </>
      ) : (
        <p className="muted">They wrote too little in this time to tell.</p>
      )}
    </section>
  )
}
