import { useRef, useState } from 'react'
import type { NeverMention as Wish } from '../../../shared/contract/memory.ts'
import { useAction } from '../../app/action.ts'
import { focusOn } from '../../app/focusBack.ts'
import { Button } from '../../components/Button.tsx'
import { mentionAgain } from './actions.ts'
import { NeverMentionDialog } from './NeverMentionDialog.tsx'

const WishRow = ({ clientId, wish }: { readonly clientId: string; readonly wish: Wish }) => {
  const remove = useAction(() => mentionAgain(clientId, wish))
  return (
    <li className="memory-wish">
      <span dir="auto">{wish.words}</span>
      <button
        type="button"
        className="link-button small"
        aria-label={`Let “${wish.words}” be mentioned again`}
        onClick={() => void remove.run()}
      >
        Remove
      </button>
    </li>
  )
}

interface NeverMentionProps {
  readonly clientId: string
  readonly wishes: readonly Wish[]
}

/** The words that are never brought up with a client. */
export const NeverMention = ({ clientId, wishes }: NeverMentionProps) => {
  const [isAdding, setAdding] = useState(false)
  const add = useRef<HTMLButtonElement>(null)
  const close = () => {
    setAdding(false)
    focusOn(() => add.current)
  }
  return (
    <section className="memory-group" aria-labelledby="memory-never">
      <header className="memory-group-header">
        <h3 id="memory-never">Never mention</h3>
      </header>
      {wishes.length === 0 ? (
        <p className="small muted">Words that the clone should keep quiet about with this client, such as a name.</p>
      ) : (
        <ul className="memory-wishes" aria-labelledby="memory-never">
          {wishes.map((wish) => (
            <WishRow key={wish.id} clientId={clientId} wish={wish} />
          ))}
        </ul>
      )}
      <Button ref={add} kind="quiet" onClick={() => setAdding(true)}>
        Add words
      </Button>
      {isAdding ? <NeverMentionDialog clientId={clientId} words="" onClose={close} /> : null}
    </section>
  )
}
