import type { StyleProfile } from '../../../../shared/contract/learnedProfile.ts'
import { plural } from '../../../components/words.ts'
import { Interval } from '../Interval.tsx'
import { useLearned } from '../learnedContext.ts'
import { monthWords } from '../words.ts'
import { Section } from './Section.tsx'

const monthsShown = 12

const nextMonth = (day: string): number => {
  const start = new Date(Date.parse(day))
  return Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1)
}

/** How sure the clone was of its replies, month by month. */
export const ConfidenceTrend = ({ trend }: { readonly trend: StyleProfile['aiConfidenceTrend'] }) => {
  const { show } = useLearned()
  if (trend.length === 0) return null
  return (
    <Section
      id="confidence"
      title="How sure the clone was"
      lead="The mean of its confidence in each month, from 0 to 1. Sure is not the same as right."
    >
      <ul className="learned-rows">
        {trend
          .slice(-monthsShown)
          .toReversed()
          .map(({ date, score, count }) => (
            <li className="learned-row rated-row" key={date}>
              <button
                type="button"
                className="link-button rated-name"
                onClick={() =>
                  show(
                    { what: 'confidence', from: Date.parse(date), to: nextMonth(date) },
                    `How sure the clone was in ${monthWords(date)}`,
                  )
                }
              >
                {monthWords(date)}
              </button>
              <Interval at={score} low={null} high={null} />
              <span className="rated-words">
                {score.toFixed(2)} <span className="muted">in {plural(count, 'reply', 'replies')}</span>
              </span>
            </li>
          ))}
      </ul>
    </Section>
  )
}
