import { useState } from 'react'
import { Button } from '../../../components/Button.tsx'
import { type Overview, useLearned } from '../learnedContext.ts'
import { Marking } from '../Marking.tsx'
import { inSituations, percent } from '../words.ts'
import { Section } from './Section.tsx'

const shownAtFirst = 6

/** Words that are the coach's own, each with a way to pause or undo it. */
export const Phrases = ({ profile, phraseMarks }: Pick<Overview, 'profile' | 'phraseMarks'>) => {
  const { show } = useLearned()
  const [showsAll, setShowsAll] = useState(false)
  const phrases = profile?.signaturePhrases ?? []
  if (phrases.length === 0) return null
  return (
    <Section
      id="phrases"
      title="Your phrases"
      lead="Words that are more yours than everybody’s. The clone uses them now and then, where you would."
    >
      <ul className="learned-rows">
        {phrases.slice(0, showsAll ? phrases.length : shownAtFirst).map(({ key, phrase, frequency, contexts }) => (
          <li className={`learned-row phrase-row ${phraseMarks[key] ? 'is-off' : ''}`} key={key}>
            <p>
              <button
                type="button"
                className="link-button"
                onClick={() => show({ what: 'phrase', key }, `“${phrase}”`)}
              >
                “<span dir="auto">{phrase}</span>”
              </button>{' '}
              <span className="small muted">
                {percent(frequency)} of your answers{contexts.length > 0 ? `, ${inSituations(contexts)}` : ''}
              </span>
            </p>
            <Marking kind="phrase" itemKey={key} clientId={null} mark={phraseMarks[key] ?? null} name={phrase} />
          </li>
        ))}
      </ul>
      {phrases.length > shownAtFirst && !showsAll ? (
        <Button kind="quiet" onClick={() => setShowsAll(true)}>
          Show all {phrases.length}
        </Button>
      ) : null}
    </Section>
  )
}
