import { useState } from 'react'
import type { SpaceStatus } from '../../../../shared/contract/spaces.ts'
import { Button } from '../../../components/Button.tsx'
import { host } from '../../../transport/console.ts'
import { count, leftWords } from '../words.ts'
import { ConfirmEnd } from './ConfirmEnd.tsx'
import { placeWords } from './placeWords.ts'
import { SpaceTrouble } from './SpaceTrouble.tsx'

interface SpaceBeingBuiltProps {
  readonly space: SpaceStatus
  /** The model that answers meanwhile; null: words alone. */
  readonly inUse: string | null
}

/** The vectors that are being made: how far they are, why they do not get on, and the way to stop. */
export const SpaceBeingBuilt = ({ space, inUse }: SpaceBeingBuiltProps) => {
  const [isEnding, setEnding] = useState(false)
  const { model, passages, missing, problem } = space
  const left = problem === null ? leftWords(space.secondsLeft) : null
  return (
    <section className="space-card stack" aria-label="Being prepared">
      <p>
        <b>{model}</b> is being prepared. <span className="muted">{placeWords(space)}.</span>
      </p>
      <div className="space-progress">
        <p>
          {count(passages)} of {count(passages + missing)} passages done{left ? `, ${left}` : ''}
        </p>
        <progress
          className="bar"
          aria-label="Passages that are done"
          value={passages}
          max={Math.max(1, passages + missing)}
        />
      </div>
      <p className="muted small">
        Until all are done, {inUse === null ? 'searches use words only' : `${inUse} answers`}.
        {problem === null ? ' It goes on by itself after a restart.' : ''}
      </p>
      {problem === null ? null : <SpaceTrouble which="building" problem={problem} />}
      <div className="row-of-buttons">
        <Button onClick={() => setEnding(true)}>Stop preparing…</Button>
      </div>
      {isEnding ? (
        <ConfirmEnd
          title={`Stop preparing ${model}?`}
          name="Stop"
          keep="Go on"
          end={() => host.library.spaces.cancelBuilding({})}
          onClose={() => setEnding(false)}
        >
          Nothing more is sent. The {count(passages)} passages done so far are removed; what they cost stays spent.{' '}
          {inUse === null ? 'Searches go on by words.' : `${inUse} goes on answering.`}
        </ConfirmEnd>
      ) : null}
    </section>
  )
}
