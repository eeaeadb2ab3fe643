import { useState } from 'react'
import type { Plan } from '../../../shared/contract/timeline.ts'
import { type InsightState, insightStates } from '../../../shared/taxonomy/memory.ts'
import { useAction } from '../../app/action.ts'
import { focusOn } from '../../app/focusBack.ts'
import { hrefTo } from '../../app/router.ts'
import { pushUndo } from '../../app/undo.ts'
import { hiddenWords, Reveal } from '../../components/Reveal.tsx'
import { sinceWords, useNow } from '../../components/time.ts'
import { host } from '../../transport/console.ts'
import { dueWords } from './checkInWords.ts'

const kindNames = { goal: 'Goal', commitment: 'Commitment' } as const
const stateNames = { open: 'Open', done: 'Done', dropped: 'Dropped' } as const satisfies Record<InsightState, string>

interface PlanRowProps {
  readonly clientId: string
  readonly plan: Plan
  readonly timeZone: string
}

const Due = ({ plan: { state, dueFrom, dueTo, isOverdue }, timeZone }: Omit<PlanRowProps, 'clientId'>) => {
  const now = useNow()
  if (state !== 'open' || dueFrom === null || dueTo === null) return null
  return (
    <>
      {' · '}
      <span className={isOverdue ? 'plan-overdue' : ''}>{dueWords({ dueFrom, dueTo }, timeZone, now)}</span>
    </>
  )
}

const PlanRow = ({ clientId, plan, timeZone }: PlanRowProps) => {
  const now = useNow()
  const set = useAction(async (state: InsightState) => {
    const { id, state: before } = plan
    await host.timeline.setState({ clientId, id, state })
    const undo = () => host.timeline.setState({ clientId, id, state: before })
    pushUndo({ label: `Marked as ${stateNames[state].toLowerCase()}`, undo })
  })
  const said = `said ${sinceWords(plan.saidAt, now, timeZone)}`
  return (
    <li className={`plan is-${plan.state}`}>
      <div className="plan-words">
        <p dir="auto">{plan.text}</p>
        <p className="plan-facts">
          {kindNames[plan.kind]}
          {' · '}
          {plan.place ? <a href={hrefTo('inbox', plan.place.conversationId, { at: plan.place.seq })}>{said}</a> : said}
          <Due plan={plan} timeZone={timeZone} />
          {plan.isStateByCoach ? ' · by your word' : null}
        </p>
      </div>
      <select
        className="plan-state"
        aria-label={`State of ${plan.text}`}
        value={plan.state}
        disabled={set.isRunning}
        onChange={(event) => {
          const state = insightStates.find((one) => one === event.currentTarget.value)
          if (!state) return
          // The row goes to the other list, which may be closed.
          focusOn(() => document.getElementById('plans-title'))
          void set.run(state)
        }}
      >
        {insightStates.map((state) => (
          <option key={state} value={state}>
            {stateNames[state]}
          </option>
        ))}
      </select>
    </li>
  )
}

interface PlansProps {
  readonly clientId: string
  readonly plans: readonly Plan[]
  readonly timeZone: string
}

/** What a client set out to do, and where it stands; the coach's word goes before what was read. */
export const Plans = ({ clientId, plans, timeZone }: PlansProps) => {
  const [isRevealed, setRevealed] = useState(false)
  const open = plans.filter(({ state }) => state === 'open')
  const settled = plans.filter(({ state }) => state !== 'open')
  const list = (shown: readonly Plan[], label: string) => (
    <ul className="plans" aria-label={label}>
      {shown.map((plan) =>
        plan.isSensitive && !isRevealed ? (
          <li key={plan.id} className="plan">
            <p className="muted">{hiddenWords}</p>
          </li>
        ) : (
          <PlanRow key={plan.id} clientId={clientId} plan={plan} timeZone={timeZone} />
        ),
      )}
    </ul>
  )
  return (
    <section className="timeline-part" aria-labelledby="plans-title">
      <header className="timeline-part-header">
        <h3 id="plans-title" tabIndex={-1}>
          Goals and commitments
        </h3>
        {plans.some(({ isSensitive }) => isSensitive) ? (
          <Reveal isRevealed={isRevealed} onChange={setRevealed} />
        ) : null}
      </header>
      {open.length === 0 ? (
        <p className="muted">
          {settled.length === 0 ? 'What they say they want or will do appears here.' : 'Nothing is open.'}
        </p>
      ) : (
        list(open, 'Open goals and commitments')
      )}
      {settled.length === 0 ? null : (
        <details className="timeline-table">
          <summary>{settled.length} done or dropped</summary>
          {list(settled, 'Done or dropped')}
        </details>
      )}
    </section>
  )
}
