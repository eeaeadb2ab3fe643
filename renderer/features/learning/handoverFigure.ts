import type { host } from '../../transport/console.ts'
import type { Figure } from '../reports/figures.ts'
import { bucketsOf, type Span } from '../reports/range.ts'
import { percent } from './words.ts'

export type Handovers = Awaited<ReturnType<typeof host.learning.handovers>>

/** "3 of 20 (15 %)"; a dash where nothing could have been. */
export const rateWords = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${part} of ${whole} (${percent(part / whole)})`

/** In whole percent, of which a plot has round ticks. */
const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 100))

/** Both rates as one plot, with every day or week of the span. */
export const handoverFigure = ({ unit, total, buckets }: Handovers, span: Span): Figure => {
  const starts = bucketsOf(
    span,
    unit,
    buckets.map(({ start }) => start),
  )
  return {
    id: 'handovers',
    title: 'Handed over, and missed',
    lead: `Handed over to you: ${rateWords(total.handoffs, total.turns)} of the clone’s turns. Should have been, by your marks: ${rateWords(total.missed, total.replies)} of its replies.`,
    isStacked: false,
    columns: [
      {
        key: 'handed',
        name: 'handed over to you',
        color: 'var(--plot-amber)',
        total: String(total.handoffs),
        behind: { what: 'handoff' },
      },
      {
        key: 'missed',
        name: 'should have been',
        color: 'var(--plot-red)',
        total: String(total.missed),
        behind: { what: 'should_have_handed_over' },
      },
    ],
    rows: starts.map((start) => {
      const one = buckets.find((bucket) => bucket.start === start)
      return {
        start,
        values: {
          handed: one ? shareOf(one.handoffs, one.turns) : null,
          missed: one ? shareOf(one.missed, one.replies) : null,
        },
      }
    }),
    words: (value) => `${value} %`,
    empty:
      total.turns === 0
        ? 'The clone had no turn in this time; practice is not counted.'
        : `None of the clone’s ${total.turns} turns was handed over, and you marked none as missed.`,
  }
}
