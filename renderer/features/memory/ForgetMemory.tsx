import { Modal } from '@mantine/core'
import { useState } from 'react'
import type { MemoryItem } from '../../../shared/contract/memory.ts'
import { notify, useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { plural } from '../../components/words.ts'
import { host } from '../../transport/console.ts'
import { named } from './actions.ts'

interface ForgetMemoryProps {
  readonly clientId: string
  readonly item: MemoryItem
  /** How many things said before it took the place of. */
  readonly earlierCount: number
  readonly onClose: () => void
  readonly onForgotten: () => void
}

/** Asks before something is forgotten, for there is no way back, and says what stays. */
export const ForgetMemory = ({ clientId, item, earlierCount, onClose, onForgotten }: ForgetMemoryProps) => {
  const [withEarlier, setWithEarlier] = useState(true)
  const forget = useAction(async () => {
    await host.memory.forget({ ...named(clientId, item), withEarlier })
    onForgotten()
    notify('Forgotten. It stays so when it is said again.')
  })
  return (
    <Modal opened onClose={onClose} title="Forget this?" closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className="stack">
        <p dir="auto" className="memory-quote">
          {item.text}
        </p>
        <p>Gone for good, also from summaries, and not remembered again when it is said again. You cannot undo this.</p>
        <p className="muted">
          The messages themselves stay, and the clone can find them. To keep something from being brought up at all,
          choose “Never mention”.
        </p>
        {earlierCount > 0 ? (
          <label className="memory-with-earlier">
            <input
              type="checkbox"
              checked={withEarlier}
              onChange={(event) => setWithEarlier(event.currentTarget.checked)}
            />
            <span>
              Also forget what was said of it before ({plural(earlierCount, 'entry', 'entries')}). Otherwise the last of
              that counts again.
            </span>
          </label>
        ) : null}
        <div className="row-of-buttons">
          <Button kind="danger" isBusy={forget.isRunning} onClick={() => void forget.run()}>
            Forget
          </Button>
          <Button kind="primary" data-autofocus onClick={onClose}>
            Keep
          </Button>
        </div>
      </div>
    </Modal>
  )
}
