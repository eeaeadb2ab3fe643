import { useMediaQuery } from '@mantine/hooks'
import type { Conversation, OpenHandoff } from '../../../shared/contract/inbox.ts'
import { hrefTo } from '../../app/router.ts'
import { Button } from '../../components/Button.tsx'
import { clockTime, exactTime } from '../../components/time.ts'
import { firstName, triggerWords } from '../../components/words.ts'
import type { ThreadActions } from './useThreadActions.ts'

interface HandoffBannerProps {
  readonly conversation: Conversation
  readonly handoff: OpenHandoff
  readonly actions: ThreadActions
}

const Figures = ({ handoff }: { readonly handoff: OpenHandoff }) => (
  <dl className="score">
    {handoff.score === null || handoff.parts.length === 0 ? null : (
      <div>
        <dt>Score</dt>
        <dd>{handoff.score}</dd>
      </div>
    )}
    {handoff.parts.map((part) => (
      <div key={part.name}>
        <dt>
          {part.name} {part.value}
        </dt>
        <dd>{part.points}</dd>
      </div>
    ))}
    <div>
      <dt>Trigger</dt>
      <dd>{triggerWords[handoff.trigger]}</dd>
    </div>
  </dl>
)

/** Why the coach is needed, on what the decision rests, and the two things to do about it. */
export const HandoffBanner = ({ conversation, handoff, actions }: HandoffBannerProps) => {
  const isLow = useMediaQuery('(max-height: 559px)') ?? false
  const isCrisis = handoff.trigger === 'safety_crisis'
  const name = firstName(conversation.clientName)
  return (
    <section className={`banner banner-${conversation.owner}`} aria-label="Why you are needed">
      <div className="banner-words">
        <h3>{isCrisis ? `${name} may be in danger` : `${name} needs you: ${triggerWords[handoff.trigger]}`}</h3>
        <p>
          {handoff.reason}
          {isCrisis ? (
            <>
              {' '}
              <a href={hrefTo('crises', handoff.id)}>Record of this crisis</a>
            </>
          ) : null}
        </p>
      </div>
      {isCrisis || isLow ? (
        <details className="banner-details">
          <summary>Details</summary>
          <Figures handoff={handoff} />
        </details>
      ) : (
        <Figures handoff={handoff} />
      )}
      <div className="banner-actions">
        <Button
          kind="primary"
          shortcut="T"
          isBusy={actions.takeOver.isRunning}
          onClick={() => void actions.takeOver.run()}
        >
          Take over
        </Button>
        {handoff.acknowledgedAt === null ? (
          <Button shortcut="A" isBusy={actions.acknowledge.isRunning} onClick={() => void actions.acknowledge.run()}>
            Acknowledge
          </Button>
        ) : (
          <span className="acknowledged" title={exactTime(handoff.acknowledgedAt)}>
            Acknowledged at {clockTime(handoff.acknowledgedAt)}
          </span>
        )}
      </div>
    </section>
  )
}
