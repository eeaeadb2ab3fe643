import type { StyleProfile } from '../../../../shared/contract/learnedProfile.ts'
import { energyWords, formalityWords, paceWords, toneWords } from '../../../../shared/taxonomy/learningWords.ts'
import { useLearned } from '../learnedContext.ts'
import { monthWords, percent } from '../words.ts'
import { Section } from './Section.tsx'

const questionWords = {
  one_question: 'You usually ask one question at a time',
  several_questions: 'You usually ask several questions at once',
  few_questions: 'You rarely ask questions',
} as const satisfies Record<StyleProfile['styleSignature']['questionStyle'], string>

const metaphorWords = (share: number): string => {
  if (share < 0.02) return 'and hardly ever use a picture'
  return `and use a picture, such as a bridge or a race, in ${percent(share)} of your answers`
}

/** The coach's way of speaking in a few sentences. */
export const Style = ({ profile }: { readonly profile: StyleProfile }) => {
  const { show } = useLearned()
  const { styleSignature: style, frameworks } = profile
  return (
    <Section id="style" title="Your style">
      <p className="learned-prose">
        You are mostly{' '}
        {style.tones.slice(0, 2).map(({ tone, share }, index) => (
          <span key={tone}>
            {index > 0 ? ', sometimes ' : ''}
            <button
              type="button"
              className="link-button"
              onClick={() => show({ what: 'tone', tone }, `Where you were ${toneWords[tone]}`)}
            >
              {toneWords[tone]} ({percent(share)})
            </button>
          </span>
        ))}
        ; {energyWords[style.energyLevel]} and {formalityWords[style.formality]}, at a {paceWords[style.pace]} pace.{' '}
        {questionWords[style.questionStyle]}, {metaphorWords(style.metaphorFrequency)}.
        {style.typicalOpening === '' ? null : (
          <>
            {' '}
            You often begin with “<span dir="auto">{style.typicalOpening}</span>”.
          </>
        )}
      </p>
      {frameworks.length === 0 ? null : (
        <p className="muted">
          Frameworks that show:{' '}
          {frameworks
            .map(
              ({ name, usageFrequency, adaptations }) =>
                `${name} (${percent(usageFrequency)}${adaptations === '' ? '' : `, ${adaptations}`})`,
            )
            .join(', ')}
          .
        </p>
      )}
    </Section>
  )
}

const driftWords = (distance: number): string =>
  distance < 0.1 ? 'as usual' : distance < 0.3 ? 'a little different from your usual' : 'different from your usual'

const monthsShown = 12

/** How the coach's tone moved from month to month. */
export const Drift = ({ drift }: { readonly drift: StyleProfile['drift'] }) => {
  const { show } = useLearned()
  if (drift.length < 2) return null
  return (
    <Section id="drift" title="Your style over time" lead="How you mostly sounded, month by month.">
      <ul className="learned-rows">
        {drift
          .slice(-monthsShown)
          .toReversed()
          .map(({ from, tone, count, distance }) => (
            <li className="learned-row drift-row" key={from}>
              <button
                type="button"
                className="link-button"
                onClick={() => show({ what: 'period', period: from.slice(0, 7) }, `Your style in ${monthWords(from)}`)}
              >
                {monthWords(from)}
              </button>
              <span>mostly {toneWords[tone]}</span>
              <span className="muted">
                {count === 1 ? '1 answer' : `${count} answers`}, {driftWords(distance)}
              </span>
            </li>
          ))}
      </ul>
    </Section>
  )
}
