import '@mantine/charts/styles.layer.css'
import { BarChart } from '@mantine/charts'
import type { Figure } from './figures.ts'
import { bucketName, tickName } from './range.ts'

interface PlotProps {
  readonly figure: Figure
  readonly unit: 'day' | 'week'
  readonly onPick: (columnKey: string, start: number) => void
}

const height = 220

/** The picture of a figure; its legend and its table say the same to those who do not see it. */
export const Plot = ({ figure, unit, onPick }: PlotProps) => {
  const columns = figure.columns.flatMap(({ key, name, color }) => (color === null ? [] : [{ key, name, color }]))
  return (
    <div aria-hidden="true">
      <BarChart
        h={height}
        data={figure.rows.map(({ start, values }) => ({ start, ...values }))}
        dataKey="start"
        type={figure.isStacked ? 'stacked' : 'default'}
        series={columns.map(({ key, name, color }) => ({ name: key, label: name, color }))}
        valueFormatter={figure.words}
        xAxisProps={{ tickFormatter: tickName, minTickGap: 24 }}
        yAxisProps={{ width: figure.isStacked ? 36 : 76, allowDecimals: false }}
        tooltipProps={{ labelFormatter: (start) => (typeof start === 'number' ? bucketName(start, unit) : null) }}
        tickLine="none"
        maxBarWidth={28}
        barChartProps={{ accessibilityLayer: false }}
        barProps={({ name }) => ({
          isAnimationActive: false,
          stroke: 'var(--surface)',
          strokeWidth: 1,
          cursor: 'pointer',
          onClick: (_bar, index) => {
            const row = figure.rows[index]
            if (row) onPick(name, row.start)
          },
        })}
      />
    </div>
  )
}
