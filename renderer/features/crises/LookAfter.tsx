import { Menu } from '@mantine/core'
import type { FollowUp } from '../../../shared/contract/handoffs.ts'
import { useAction } from '../../app/action.ts'
import { hrefTo } from '../../app/router.ts'
import { Button } from '../../components/Button.tsx'
import { exactTime, untilWords, useNow } from '../../components/time.ts'
import { firstName } from '../../components/words.ts'
import { host } from '../../transport/console.ts'

const hourMs = 3_600_000
const morning = 9

const morningIn = (now: number, days: number): number => {
  const day = new Date(now)
  day.setDate(day.getDate() + days)
  return day.setHours(morning, 0, 0, 0)
}

const laterChoices = (now: number) => [
  { name: 'In three hours', at: now + 3 * hourMs },
  { name: 'Tomorrow morning', at: morningIn(now, 1) },
  { name: 'In three days', at: morningIn(now, 3) },
  { name: 'In a week', at: morningIn(now, 7) },
]

const FollowUpRow = ({ followUp, linksRecord }: { readonly followUp: FollowUp; readonly linksRecord: boolean }) => {
  const now = useNow()
  const finish = useAction(() => host.handoffs.followUpDone({ id: followUp.id }))
  const postpone = useAction((dueAt: number) => host.handoffs.followUpLater({ id: followUp.id, dueAt }))
  const name = firstName(followUp.clientName)
  return (
    <li className={`follow-up ${followUp.isDue ? 'is-due' : ''}`}>
      <div>
        <a href={hrefTo('inbox', followUp.conversationId)}>{followUp.clientName}</a>{' '}
        <span className="small" title={exactTime(followUp.dueAt)}>
          {followUp.isDue ? 'due now' : <span className="muted">{untilWords(followUp.dueAt, now)}</span>}
        </span>
        <p>
          <span dir="auto">{followUp.reason}</span>
          {linksRecord && followUp.crisisId !== null ? (
            <>
              {' '}
              <a href={hrefTo('crises', followUp.crisisId)}>Crisis record</a>
            </>
          ) : null}
        </p>
      </div>
      <div className="row-of-buttons">
        <Button
          kind={followUp.isDue ? 'primary' : 'plain'}
          aria-label={`Done: ${name}`}
          isBusy={finish.isRunning}
          onClick={() => void finish.run()}
        >
          Done
        </Button>
        <Menu position="bottom-end" transitionProps={{ duration: 80 }}>
          <Menu.Target>
            <Button aria-label={`Later: ${name}`} isBusy={postpone.isRunning}>
              Later
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {laterChoices(now).map((choice) => (
              <Menu.Item key={choice.name} onClick={() => void postpone.run(choice.at)}>
                {choice.name} <span className="small muted">{untilWords(choice.at, now)}</span>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </li>
  )
}

interface LookAfterProps {
  readonly followUps: readonly FollowUp[]
  readonly title: string
  /** Inside a record there is none to go to. */
  readonly linksRecord?: boolean
}

/** Reminders to look after clients, the most pressing first. */
export const LookAfter = ({ followUps, title, linksRecord = true }: LookAfterProps) => {
  if (followUps.length === 0) return null
  return (
    <section className="look-after" aria-labelledby="look-after-title">
      <h2 id="look-after-title" className="section-title crises-title">
        {title}
      </h2>
      <ul className="follow-ups">
        {followUps
          .toSorted((a, b) => a.dueAt - b.dueAt)
          .map((followUp) => (
            <FollowUpRow key={followUp.id} followUp={followUp} linksRecord={linksRecord} />
          ))}
      </ul>
    </section>
  )
}
