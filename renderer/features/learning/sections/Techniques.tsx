import { techniqueWords } from '../../../../shared/taxonomy/learningWords.ts'
import { situationWords } from '../../../../shared/taxonomy/situations.ts'
import { Interval } from '../Interval.tsx'
import { type Overview, useLearned } from '../learnedContext.ts'
import { inSituations, ratedWords, stepsWords } from '../words.ts'
import { Section } from './Section.tsx'

const shareOf = ({ known, well }: { readonly known: number; readonly well: number }): number =>
  known === 0 ? 0 : well / known

/** What the coach does, the surest first. */
export const Techniques = ({ techniques }: { readonly techniques: Overview['techniques'] }) => {
  const { show } = useLearned()
  if (techniques.length === 0) return null
  return (
    <Section
      id="techniques"
      title="What you do, and how clients take it"
      lead="The dot is how often they took it well. The bar is where that lies with 95 % certainty: the more often you did it, the shorter it gets."
    >
      <ul className="learned-rows">
        {techniques.map((one) => (
          <li className="learned-row rated-row" key={one.technique}>
            <button
              type="button"
              className="link-button rated-name"
              onClick={() => show({ what: 'technique', technique: one.technique }, techniqueWords[one.technique])}
            >
              {techniqueWords[one.technique]}
            </button>
            {one.known === 0 ? <span /> : <Interval at={shareOf(one)} low={one.low} high={one.high} />}
            <span className="rated-words">{ratedWords(one)}</span>
            <p className="learned-more">
              {one.count === 1 ? 'Once' : `${one.count} times`}, mostly {inSituations(one.situations)}
              {one.examples.map((example) => (
                <span key={example}>
                  {' · '}“<span dir="auto">{example}</span>”
                </span>
              ))}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What the coach usually does in each kind of moment. */
export const Responses = ({ responses }: { readonly responses: Overview['responses'] }) => {
  const { show } = useLearned()
  if (responses.length === 0) return null
  return (
    <Section
      id="responses"
      title="What you usually do when"
      lead="Taken from all your clients; no words are carried over."
    >
      <ul className="learned-rows">
        {responses.map((one) => (
          <li className="learned-row rated-row" key={one.situation}>
            <button
              type="button"
              className="link-button rated-name"
              onClick={() =>
                show({ what: 'situation', situation: one.situation }, `In ${situationWords[one.situation]}`)
              }
            >
              In {situationWords[one.situation]}
            </button>
            {one.known === 0 ? <span /> : <Interval at={shareOf(one)} low={one.low} high={one.high} />}
            <span className="rated-words">{ratedWords(one)}</span>
            <p className="learned-more">
              {stepsWords(one.moves)}
              {one.template === '' ? null : (
                <>
                  {' · '}“<span dir="auto">{one.template}</span>”
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  )
}
