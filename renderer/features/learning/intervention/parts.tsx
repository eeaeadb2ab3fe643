import type { InterventionAnalysis } from '../../../../shared/contract/learning.ts'
import type { SenderType } from '../../../../shared/taxonomy/conversation.ts'
import type { Engagement } from '../../../../shared/taxonomy/learning.ts'
import {
  energyWords,
  formalityWords,
  paceWords,
  reactionLead,
  techniqueWords,
  toneWords,
} from '../../../../shared/taxonomy/learningWords.ts'
import { situationWords } from '../../../../shared/taxonomy/situations.ts'
import { hrefTo } from '../../../app/router.ts'
import { clockTime } from '../../../components/time.ts'
import { firstName, plural } from '../../../components/words.ts'
import { disagreementWords, percent, stepsWords } from '../words.ts'

interface PartProps {
  readonly analysis: InterventionAnalysis
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** "2 min", "3 h". */
const spanWords = (seconds: number): string => {
  const minutes = Math.round(seconds / 60)
  if (minutes < 1) return 'less than a minute'
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}

export const WhatYouDid = ({ analysis: one }: PartProps) => {
  const answered = one.responseSeconds === null ? '' : `You answered after ${spanWords(one.responseSeconds)}. `
  const facts: readonly (readonly [string, string])[] = [
    [
      'Tone',
      capital(
        `${toneWords[one.tone]}, ${energyWords[one.energy]}, ${formalityWords[one.formality]}, ${paceWords[one.pace]}`,
      ),
    ],
    ['Technique', [techniqueWords[one.technique], one.framework].filter(Boolean).join(' · ')],
    ['Steps', stepsWords(one.moves)],
    ['Picture', one.metaphor ?? ''],
    ['Feelings', one.emotionalHandling.map(capital).join('; ')],
    ['Advice', one.advice],
    ['Time', `${answered}It took ${spanWords(one.minutes * 60)} and ${plural(one.messagesExchanged, 'message')}.`],
  ]
  return (
    <section aria-labelledby="what-you-did">
      <h3 id="what-you-did">What you did</h3>
      <dl className="facts">
        {facts.map(([name, value]) =>
          value === '' ? null : (
            <div className="facts-row" key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ),
        )}
      </dl>
      {one.phrases.length > 0 ? (
        <ul className="phrase-chips" aria-label="Your phrases">
          {one.phrases.map((phrase) => (
            <li key={phrase} dir="auto">
              {phrase}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}

const engagementWords = {
  high: 'They stayed with it.',
  medium: 'They answered, if briefly.',
  low: 'They hardly answered.',
} as const satisfies Record<Engagement, string>

const Quoted = ({ text }: { readonly text: string }) => (
  <>
    : “<span dir="auto">{text}</span>”
  </>
)

export const WhatTheyDid = ({ analysis: one }: PartProps) => (
  <section aria-labelledby="what-they-did">
    <h3 id="what-they-did">What they did then</h3>
    {one.reaction === null ? (
      <p>
        {reactionLead(null, one.answer !== '')}
        {one.answer === '' ? '.' : <Quoted text={one.answer} />} It is read again once they write more.
      </p>
    ) : (
      <p>
        {reactionLead(one.reaction, one.answer !== '')}
        {one.answer === '' ? '.' : <Quoted text={one.answer} />}{' '}
        {one.engagement === null ? null : engagementWords[one.engagement]}{' '}
        {one.isResolved === true ? 'The matter seemed settled for now.' : null}
        {one.isResolved === false ? 'The matter stayed open.' : null}
      </p>
    )}
    {one.shift === '' ? null : <p dir="auto">{capital(one.shift)}</p>}
    {one.whyEffective === '' ? null : (
      <p className="muted" dir="auto">
        {one.whyEffective}
      </p>
    )}
  </section>
)

const recordWords = ({
  timesValidated: well,
  timesContradicted: badly,
}: NonNullable<InterventionAnalysis['learned']>) => {
  if (well + badly === 0) return 'It is not clear yet whether this works.'
  const worked = `So far this worked ${plural(well, 'time')}`
  return badly === 0 ? `${worked}.` : `${worked} and did not ${plural(badly, 'time')}.`
}

const nextTimeWords = (one: InterventionAnalysis): string => {
  const name = firstName(one.clientName)
  if (!one.isActive) return 'Nothing: you took this out of what was learned.'
  if (!one.isApplicable) return 'Nothing: this is not applied to other moments.'
  if (!one.learned) return 'Nothing yet: first it is seen how they take it.'
  if (one.learned.mark === 'paused') return `You paused what this taught the clone about ${name}.`
  if (one.learned.mark === 'undone') return `You undid what this taught the clone about ${name}.`
  return `With ${name}, in ${situationWords[one.situation]}, it tries the same: ${stepsWords(one.moves).toLowerCase()}. ${recordWords(one.learned)}`
}

export const NextTime = ({ analysis: one }: PartProps) => (
  <section aria-labelledby="next-time">
    <h3 id="next-time">What the clone does next time</h3>
    <p>{nextTimeWords(one)}</p>
    {one.isActive && one.isApplicable && one.isTransferable && !one.isPractice ? (
      <p className="muted">
        The steps, without any of these words, are also what the clone goes by with other clients in such moments.
      </p>
    ) : null}
    <p className="small muted">How sure this reading is: {percent(one.confidence)}.</p>
  </section>
)

export const Differences = ({ analysis: { disagreements, hasModelView } }: PartProps) =>
  hasModelView && disagreements.length > 0 ? (
    <section aria-labelledby="differences">
      <h3 id="differences">Where rules and model differ</h3>
      <ul className="differences">
        {disagreements.map((one) => (
          <li key={one.field}>{disagreementWords(one)}</li>
        ))}
      </ul>
      <p className="small muted">Correct it, and your word stands.</p>
    </section>
  ) : null

const authorOf = (senderType: SenderType, clientName: string): string =>
  senderType === 'client' ? firstName(clientName) : senderType === 'human_coach' ? 'You' : 'Clone'

const partWords = { before: 'Before', during: 'Your takeover', after: 'After' } as const

export const TheirWords = ({ analysis: one, onLeave }: PartProps & { readonly onLeave: () => void }) => (
  <section aria-labelledby="their-words">
    <h3 id="their-words">The messages behind it</h3>
    {(['before', 'during', 'after'] as const).map((part) => {
      const said = one.messages.filter((message) => message.part === part)
      if (said.length === 0) return null
      return (
        <div key={part} className={`said said-${part}`}>
          <h4>{partWords[part]}</h4>
          <ol>
            {said.map(({ seq, senderType, text, at }) => (
              <li key={seq}>
                <a className="small" href={hrefTo('inbox', one.conversationId, { at: seq })} onClick={onLeave}>
                  {authorOf(senderType, one.clientName)} · {clockTime(at)}
                </a>
                <p className="message-text" dir="auto">
                  {text}
                </p>
              </li>
            ))}
          </ol>
        </div>
      )
    })}
  </section>
)
