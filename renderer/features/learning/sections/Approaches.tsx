import { useState } from 'react'
import { situationWords } from '../../../../shared/taxonomy/situations.ts'
import { hrefTo } from '../../../app/router.ts'
import { Button } from '../../../components/Button.tsx'
import { dayThere } from '../../../components/time.ts'
import { plural } from '../../../components/words.ts'
import { Interval } from '../Interval.tsx'
import { type Overview, useLearned } from '../learnedContext.ts'
import { Marking } from '../Marking.tsx'
import { stepsWords } from '../words.ts'
import { Section } from './Section.tsx'

const shownAtFirst = 8

/** What was learned to work for each client, and how often it did. */
export const Approaches = ({ approaches, approachCount }: Pick<Overview, 'approaches' | 'approachCount'>) => {
  const { show } = useLearned()
  const [showsAll, setShowsAll] = useState(false)
  if (approaches.length === 0) return null
  return (
    <Section
      id="approaches"
      title="What works for whom"
      lead="Used for this client only. It can lose its good record as well as gain one."
    >
      <ul className="learned-rows">
        {approaches.slice(0, showsAll ? approaches.length : shownAtFirst).map((one) => (
          <li className={`learned-row approach-row ${one.mark ? 'is-off' : ''}`} key={one.id}>
            <div className="approach-what">
              <p>
                <a href={hrefTo('clients', one.clientId)}>{one.clientName}</a>, in {situationWords[one.situation]}:{' '}
                <b>{stepsWords(one.moves)}</b>
              </p>
              <p className="learned-more">
                <button
                  type="button"
                  className="link-button"
                  onClick={() =>
                    show({ what: 'approach', approachId: one.id }, `${one.clientName}: ${stepsWords(one.moves)}`)
                  }
                >
                  Worked {plural(one.timesValidated, 'time')}, did not {plural(one.timesContradicted, 'time')}
                </button>
                {one.source ? (
                  <>
                    {' · '}
                    <a href={hrefTo('inbox', one.source.conversationId, { at: one.source.seq })}>
                      from the talk on {dayThere(one.source.at, null)}
                    </a>
                  </>
                ) : null}
                {one.examples.slice(0, 1).map((example) => (
                  <span key={example}>
                    {' · '}“<span dir="auto">{example}</span>”
                  </span>
                ))}
              </p>
            </div>
            <Interval at={one.effectiveness} low={one.low} high={one.high} />
            <Marking
              kind="approach"
              itemKey={one.id}
              clientId={one.clientId}
              mark={one.mark}
              name={`${stepsWords(one.moves)}, for ${one.clientName}`}
            />
          </li>
        ))}
      </ul>
      {approaches.length > shownAtFirst && !showsAll ? (
        <Button kind="quiet" onClick={() => setShowsAll(true)}>
          Show {approachCount > approaches.length ? `the best proven ${approaches.length}` : `all ${approachCount}`}
        </Button>
      ) : null}
    </Section>
  )
}
