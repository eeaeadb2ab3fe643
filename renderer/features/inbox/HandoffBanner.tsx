import './banner.css'
import { useMediaQuery } from '@mantine/hooks'
import type { Conversation, OpenHandoff } from '../../../shared/contract/inbox.ts'
import { crisisSeverityWords } from '../../../shared/taxonomy/crisisWords.ts'
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
    {handoff.score === null ? null : (
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
  </dl>
)

const isSeverity = (word: string | undefined): word is keyof typeof crisisSeverityWords =>
  word !== undefined && word in crisisSeverityWords

/** In a crisis no figures: what was read in their words, in words. */
const signOf = ({ name, value }: OpenHandoff['parts'][number]): string => {
  switch (name) {
    case 'Safety crisis':
      return isSeverity(value) ? crisisSeverityWords[value] : 'danger'
    case 'Confidence':
      return 'the clone was not sure what to answer'
    case 'Sentiment':
      return 'their mood is very low'
    case 'High stakes':
      return 'they are about to make a big decision'
    case 'Asked for a person':
      return 'they asked to talk to a person'
    default:
      return name
  }
}

const Signs = ({ handoff }: { readonly handoff: OpenHandoff }) => (
  <ul className="signs">
    {handoff.parts.map((part) => (
      <li key={part.name}>{signOf(part)}</li>
    ))}
  </ul>
)

/** On what the decision rests. */
const Grounds = ({ handoff }: { readonly handoff: OpenHandoff }) => {
  const isLow = useMediaQuery('(max-height: 559px)') ?? false
  const isCrisis = handoff.trigger === 'safety_crisis'
  if (!isCrisis && !isLow) return <Figures handoff={handoff} />
  return (
    <details className="banner-details">
      <summary>{isCrisis ? 'What was read' : 'Details'}</summary>
      {isCrisis ? <Signs handoff={handoff} /> : <Figures handoff={handoff} />}
    </details>
  )
}

const HeldBack = ({ heldBack }: { readonly heldBack: NonNullable<OpenHandoff['heldBack']> }) => (
  <details className="banner-details">
    <summary>{heldBack.why}</summary>
    <p className="held-back" dir="auto">
      {heldBack.text}
    </p>
  </details>
)

/** Why the coach is needed, on what the decision rests, and the two things to do about it. */
export const HandoffBanner = ({ conversation, handoff, actions }: HandoffBannerProps) => {
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
              <a href={hrefTo('crises', handoff.id)}>Crisis record</a>
            </>
          ) : null}
        </p>
      </div>
      {handoff.heldBack ? <HeldBack heldBack={handoff.heldBack} /> : null}
      {handoff.parts.length > 0 ? <Grounds handoff={handoff} /> : null}
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
