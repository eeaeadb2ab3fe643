import type { MemoryPatterns } from '../../../shared/contract/memory.ts'
import { plural } from '../../components/words.ts'
import { listed, messageTypeWords, sureness, weekdayWords } from './words.ts'

const hourWords = (hour: number): string => `${String(hour).padStart(2, '0')}:00`

/** "40 minutes", "3 hours". */
const minutesWords = (minutes: number): string =>
  minutes < 60 ? plural(minutes, 'minute') : plural(Math.round(minutes / 60), 'hour')

interface RhythmProps {
  readonly patterns: MemoryPatterns
  readonly timeZone: string | null
}

/** When and to what a client answers. */
export const Rhythm = ({ patterns, timeZone }: RhythmProps) => {
  const facts = [
    ['Writes most on', patterns.activeDays.map((day) => weekdayWords[day])],
    ['Around', patterns.activeHours.map(hourWords)],
    [
      'Answers within',
      patterns.responseMinutes === null ? [] : [`about ${minutesWords(Math.max(1, patterns.responseMinutes))}`],
    ],
    ['Best times to call', patterns.bestCallTimes],
    ['Answers most to', patterns.engages.map((type) => messageTypeWords[type])],
    ['Answers least to', patterns.engagesLittle.map((type) => messageTypeWords[type])],
  ] as const
  return (
    <section className="memory-group" aria-labelledby="memory-rhythm">
      <header className="memory-group-header">
        <h3 id="memory-rhythm">Rhythm</h3>
        <span className="small muted">
          {sureness(patterns.confidence)}, from {plural(patterns.messageCount, 'message')}
        </span>
      </header>
      <dl className="memory-said">
        {facts
          .filter(([, words]) => words.length > 0)
          .map(([title, words]) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>{listed(words)}</dd>
            </div>
          ))}
      </dl>
      <p className="small muted">
        {timeZone === null
          ? 'Hours are by this computer’s clock. Set the client’s time zone under Details to see theirs.'
          : 'Hours are by the client’s own clock.'}
      </p>
    </section>
  )
}
