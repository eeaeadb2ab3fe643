import { IconFlag, IconMessages, IconUser } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { Milestone, TimelineHandoff, TimelineSession } from '../../../shared/contract/timeline.ts'
import type { MilestoneKind } from '../../../shared/taxonomy/memory.ts'
import { hrefTo } from '../../app/router.ts'
import { hiddenWords, Reveal } from '../../components/Reveal.tsx'
import { plural, triggerWords } from '../../components/words.ts'
import { monthOf, weekdayDate } from './calendar.ts'
import type { TimelineData } from './MoodFigure.tsx'

interface Happened {
  readonly id: string
  readonly at: number
  readonly date: string
  readonly place: { readonly conversationId: string; readonly seq: number } | null
  readonly kind: 'session' | 'milestone' | 'handoff'
  readonly words: ReactNode
  readonly facts: string | null
}

const milestoneNames = {
  breakthrough: 'Breakthrough',
  victory: 'Went well',
  goal_reached: 'Goal reached',
} as const satisfies Record<MilestoneKind, string>

const ofSession = ({ topics, messageCount, ...session }: TimelineSession): Happened => ({
  ...session,
  kind: 'session',
  words: topics.length === 0 ? 'Session' : topics.slice(0, 5).join(', '),
  facts: plural(messageCount, 'message'),
})

const ofMilestone = ({ kind, text, isSensitive, ...one }: Milestone, isRevealed: boolean): Happened => ({
  ...one,
  kind: 'milestone',
  words: (
    <>
      <b>{milestoneNames[kind]}:</b>{' '}
      {isSensitive && !isRevealed ? <span className="muted">{hiddenWords}</span> : <span dir="auto">{text}</span>}
    </>
  ),
  facts: null,
})

const durationWords = (minutes: number): string => {
  if (minutes < 1) return 'under a minute'
  if (minutes < 120) return `${minutes} min`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours} h` : plural(Math.round(hours / 24), 'day')
}

const handoffNames = {
  waiting: 'The clone called you',
  locked: 'Locked after a safety crisis',
  human: 'You took over',
} as const

const ofHandoff = ({ to, trigger, minutes, ...one }: TimelineHandoff): Happened => {
  const why = to === 'locked' || trigger === 'coach' ? '' : `: ${triggerWords[trigger]}`
  return {
    ...one,
    kind: 'handoff',
    words: `${handoffNames[to]}${why}`,
    facts: minutes === null ? null : durationWords(minutes),
  }
}

const icons = {
  session: <IconMessages size={16} aria-label="Session" />,
  milestone: <IconFlag size={16} aria-label="Milestone" />,
  handoff: <IconUser size={16} aria-label="Handoff" />,
} as const satisfies Record<Happened['kind'], ReactNode>

const Row = ({ one }: { readonly one: Happened }) => (
  <li className={`happened is-${one.kind}`}>
    <span className="happened-day">{weekdayDate(one.date)}</span>
    {icons[one.kind]}
    <p>
      {one.words}
      {one.facts === null ? null : <span className="muted"> · {one.facts}</span>}
    </p>
    {one.place === null ? null : (
      <a href={hrefTo('inbox', one.place.conversationId, { at: one.place.seq })} aria-label={`Read it, ${one.date}`}>
        Read
      </a>
    )}
  </li>
)

/** So many months stand open; the others unfold. */
const openMonths = 2

/** Everything that happened, the newest month first. */
export const Months = ({ timeline }: { readonly timeline: TimelineData }) => {
  const [isRevealed, setRevealed] = useState(false)
  const all = [
    ...timeline.sessions.map(ofSession),
    ...timeline.milestones.map((one) => ofMilestone(one, isRevealed)),
    ...timeline.handoffs.map(ofHandoff),
  ].toSorted((a, b) => b.at - a.at)
  const months = [...Map.groupBy(all, ({ date }) => date.slice(0, 7))]
  const leftOut = timeline.sessionCount - timeline.sessions.length
  return (
    <section className="timeline-part" aria-labelledby="months-title">
      <header className="timeline-part-header">
        <h3 id="months-title">What happened</h3>
        {timeline.milestones.some(({ isSensitive }) => isSensitive) ? (
          <Reveal isRevealed={isRevealed} onChange={setRevealed} />
        ) : null}
      </header>
      {months.map(([month, rows], index) => (
        <details key={month} className="month" open={index < openMonths}>
          <summary>
            {monthOf(`${month}-01`)} <span className="muted">{rows.length}</span>
          </summary>
          <ul>
            {rows.map((one) => (
              <Row key={`${one.kind} ${one.id}`} one={one} />
            ))}
          </ul>
        </details>
      ))}
      {leftOut > 0 ? <p className="muted">{plural(leftOut, 'older session')} in this time are not listed.</p> : null}
    </section>
  )
}
