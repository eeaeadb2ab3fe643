import { useState } from 'react'
import type { SpaceStatus } from '../../../../shared/contract/spaces.ts'
import { Button } from '../../../components/Button.tsx'
import { host } from '../../../transport/console.ts'
import { count } from '../words.ts'
import { ConfirmEnd } from './ConfirmEnd.tsx'
import { placeWords } from './placeWords.ts'
import { SetUpSpace } from './SetUpSpace.tsx'
import { SpaceTrouble } from './SpaceTrouble.tsx'

const keptBackWords = ({ isLocal, keptBack }: SpaceStatus): string => {
  if (isLocal) return 'None need to: nothing leaves this computer.'
  if (keptBack === 0) return 'None now. Those of clients you mark sensitive are never sent.'
  return `${count(keptBack)} of sensitive clients. They are never sent, and found by words.`
}

const doneWords = ({ passages, missing }: SpaceStatus): string => {
  const all = passages + missing
  if (all === 0) return 'None yet: there is no document'
  return missing === 0
    ? `All ${count(all)}`
    : `${count(passages)} of ${count(all)}; the rest is found by words meanwhile`
}

interface SpaceInUseProps {
  readonly space: SpaceStatus
  /** Another one is being prepared already. */
  readonly isSwitching: boolean
}

/** The vectors that answer now: whose, where, how many, and the ways to another or to none. */
export const SpaceInUse = ({ space, isSwitching }: SpaceInUseProps) => {
  const [asks, setAsks] = useState<'nothing' | 'switch' | 'off'>('nothing')
  const close = () => setAsks('nothing')
  return (
    <section className="space-card stack" aria-label="In use">
      <dl className="facts">
        <div className="facts-row">
          <dt>Model</dt>
          <dd>{space.model}</dd>
        </div>
        <div className="facts-row">
          <dt>Where</dt>
          <dd>{placeWords(space)}</dd>
        </div>
        <div className="facts-row">
          <dt>Passages found by meaning</dt>
          <dd>{doneWords(space)}</dd>
        </div>
        <div className="facts-row">
          <dt>Passages that stay out</dt>
          <dd>{keptBackWords(space)}</dd>
        </div>
        <div className="facts-row">
          <dt>Moments of clients</dt>
          <dd>
            {space.moments
              ? 'The clone finds them by meaning too, but for sensitive ones.'
              : 'Found by words only. To send them too, switch to the same model again; nothing is made twice.'}
          </dd>
        </div>
        <div className="facts-row">
          <dt>When it does not answer</dt>
          <dd>Searches and the clone use words only, and a search says so.</dd>
        </div>
      </dl>
      {space.problem === null ? null : <SpaceTrouble which="active" problem={space.problem} />}
      <div className="row-of-buttons">
        {isSwitching ? null : <Button onClick={() => setAsks('switch')}>Switch to another model…</Button>}
        <Button onClick={() => setAsks('off')}>Turn off…</Button>
      </div>
      {asks === 'switch' ? <SetUpSpace inUse={space.model} onClose={close} /> : null}
      {asks === 'off' ? (
        <ConfirmEnd
          title="Turn off search by meaning?"
          name="Turn off"
          keep="Keep it on"
          end={() => host.library.spaces.turnOff({})}
          onClose={close}
        >
          Your library is searched by words alone again. What {space.model} made of your passages and of clients’
          moments is removed, and so is its key. Your documents stay as they are. To turn it on again, everything has to
          be made anew.
        </ConfirmEnd>
      ) : null}
    </section>
  )
}
