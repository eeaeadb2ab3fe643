import '@mantine/charts/styles.layer.css'
import { LineChart } from '@mantine/charts'
import { dayOfDate, pointName, shortDate } from './calendar.ts'
import type { TimelineData } from './MoodFigure.tsx'
import { moodWords, motivationWords } from './moodWords.ts'

const height = 130
const axisWidth = 48

const lines = [
  {
    key: 'mood',
    name: 'Mood',
    color: 'var(--mood)',
    domain: [-1, 1],
    ticks: [-1, 0, 1],
    tick: (value: number) => (value > 0 ? 'good' : value < 0 ? 'low' : 'even'),
    words: moodWords,
  },
  {
    key: 'motivation',
    name: 'Motivation',
    color: 'var(--motivation)',
    domain: [1, 10],
    ticks: [1, 5, 10],
    tick: (value: number) => `${value}`,
    words: motivationWords,
  },
] as const

const margin = { top: 8, right: 16, bottom: 0, left: 0 }

/** One line above the other on the same days; the table beside it says the same to those who do not see it. */
export const MoodPlot = ({ timeline: { points, unit, from, to } }: { readonly timeline: TimelineData }) => {
  const rows = points.map(({ date, mood, motivation }) => ({ day: dayOfDate(date), date, mood, motivation }))
  const [first, last] = [dayOfDate(from), dayOfDate(to)]
  // A single day would have no width.
  const span = [first, Math.max(last, first + 1)]
  return (
    <div aria-hidden="true">
      {lines.map(({ key, name, color, domain, ticks, tick, words }) => (
        <div key={key} className="mood-plot">
          <p>
            <svg className="swatch" viewBox="0 0 10 10" aria-hidden="true">
              <rect width="10" height="10" rx="2" fill={color} />
            </svg>
            {name}
          </p>
          <LineChart
            h={height}
            data={rows}
            dataKey="day"
            series={[{ name: key, label: name, color }]}
            connectNulls
            curveType="linear"
            strokeWidth={1.5}
            withDots
            dotProps={{ r: 2.5, strokeWidth: 0, fill: color }}
            activeDotProps={{ r: 4, strokeWidth: 1 }}
            tickLine="none"
            gridAxis="x"
            valueFormatter={words}
            xAxisProps={{ type: 'number', domain: span, tickFormatter: shortDate, minTickGap: 32, tickCount: 6 }}
            yAxisProps={{ width: axisWidth, domain: [...domain], ticks: [...ticks], tickFormatter: tick, interval: 0 }}
            tooltipProps={{
              labelFormatter: (day) => {
                const row = rows.find((one) => one.day === day)
                return row ? pointName(row.date, unit) : null
              },
            }}
            lineChartProps={{ accessibilityLayer: false, margin }}
            lineProps={{ isAnimationActive: false }}
          />
        </div>
      ))}
    </div>
  )
}
