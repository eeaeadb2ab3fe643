import { binName, percent, type SurenessBin } from './confidenceWords.ts'

const side = 240
const left = 44
const top = 10
const right = 12
const bottom = 40
const ticks = [0, 0.5, 1] as const

const x = (share: number): number => left + share * side
const y = (share: number): number => top + (1 - share) * side

/** Larger where more drafts stand behind it; its area, not its width, goes by their number. */
const radius = (count: number, most: number): number => 4 + 7 * Math.sqrt(count / most)

interface ConfidencePlotProps {
  readonly bins: readonly SurenessBin[]
  readonly onPick: (bin: SurenessBin) => void
}

/** What the clone said against what the coach did; the table below says the same, and opens the same, for everybody. */
export const ConfidencePlot = ({ bins, onPick }: ConfidencePlotProps) => {
  const most = Math.max(1, ...bins.map(({ count }) => count))
  return (
    <div className="sureness-plot" aria-hidden="true">
      <svg aria-hidden="true" viewBox={`0 0 ${left + side + right} ${top + side + bottom}`}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line className="grid" x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} />
            <text x={x(0) - 8} y={y(tick)} dy="0.35em" textAnchor="end">
              {percent(tick)}
            </text>
            <text x={x(tick)} y={y(0) + 16} textAnchor={tick === 1 ? 'end' : 'middle'}>
              {percent(tick)}
            </text>
          </g>
        ))}
        <text x={x(0.5)} y={y(0) + 34} textAnchor="middle">
          how sure the clone said it was
        </text>
        <line className="agreed" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
        {bins.map((bin) =>
          bin.said === null ? null : (
            // biome-ignore lint/a11y/noStaticElementInteractions: the table has a button for the same
            <g key={bin.from} className="bin" onClick={() => onPick(bin)}>
              <title>{`${binName(bin)}: you sent ${bin.accepted} of ${bin.count}`}</title>
              <line x1={x(bin.said)} x2={x(bin.said)} y1={y(bin.low)} y2={y(bin.high)} />
              <circle cx={x(bin.said)} cy={y(bin.accepted / bin.count)} r={radius(bin.count, most)} />
            </g>
          ),
        )}
      </svg>
      <p className="sureness-legend">
        Upwards: how many of those drafts you sent as they were, or nearly. On the dashed line clone and coach agree;
        below it the clone is too sure. The thin lines show how much a few drafts leave open.
      </p>
    </div>
  )
}
