import './unanswered.css'
import type { UnansweredCrisis } from '../../shared/contract/handoffs.ts'
import { clockTime, exactTime, isSameDay, mediumTime, useNow } from '../components/time.ts'
import { plural } from '../components/words.ts'
import { focusBack } from './focusBack.ts'
import { hrefTo, type Route } from './router.ts'
import { useUnansweredCrises } from './useCrises.ts'

const Since = ({ crisis }: { readonly crisis: UnansweredCrisis }) => {
  const now = useNow()
  const when = isSameDay(crisis.since, now) ? `at ${clockTime(crisis.since)}` : `on ${mediumTime(crisis.since)}`
  return (
    <span title={exactTime(crisis.since)}>
      {crisis.isTakenOver ? 'taken over' : 'acknowledged'} {when}
    </span>
  )
}

const mostNamed = 3

/** After the alarm is off: who was in danger and has not heard from the coach yet. It makes no sound. */
export const UnansweredCrises = ({ route }: { readonly route: Route }) => {
  const unanswered = useUnansweredCrises()
  const first = unanswered[0]
  if (!first) return null
  const isOpen = route.screen === 'inbox' && route.id === first.conversationId
  return (
    <section className="crisis-unanswered" aria-label="Crisis not answered yet">
      <p id="unanswered-words">
        <b>{first.clientName}</b>: <Since crisis={first} />, not answered yet
      </p>
      <span className="crisis-actions">
        {isOpen ? null : (
          <a href={hrefTo('inbox', first.conversationId)} aria-describedby="unanswered-words" onClick={focusBack}>
            Open the conversation
          </a>
        )}
        {unanswered.slice(1, mostNamed).map((other) => (
          <a key={other.conversationId} href={hrefTo('inbox', other.conversationId)} onClick={focusBack}>
            {other.clientName}: not answered
          </a>
        ))}
        {unanswered.length > mostNamed ? (
          <a href={hrefTo('crises')}>{plural(unanswered.length - mostNamed, 'other')} not answered</a>
        ) : null}
      </span>
    </section>
  )
}
