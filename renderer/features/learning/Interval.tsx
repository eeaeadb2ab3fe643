interface IntervalProps {
  /** 0 to 1. */
  readonly at: number
  readonly low: number | null
  readonly high: number | null
}

const along = (share: number): string => `${share * 100}%`

/** A share as a dot, and how sure it is as the bar through it; the words beside it say the same. */
export const Interval = ({ at, low, high }: IntervalProps) => (
  <svg className="interval" aria-hidden="true">
    <line className="interval-track" x1="0" x2="100%" y1="8" y2="8" />
    {low === null || high === null ? null : (
      <line className="interval-bar" x1={along(low)} x2={along(high)} y1="8" y2="8" />
    )}
    <circle cx={along(at)} cy="8" r="4.5" />
  </svg>
)
