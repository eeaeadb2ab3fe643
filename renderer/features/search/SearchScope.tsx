import type { ConversationRow } from '../../../shared/contract/inbox.ts'
import { setUi, useUi } from '../../app/ui.ts'
import { firstName } from '../../components/words.ts'

/** Whether all clients are searched or the one whose conversation was read last. */
export const SearchScope = ({ near }: { readonly near: ConversationRow | undefined }) => {
  const searchIn = useUi((ui) => ui.searchIn)
  const one = searchIn ?? (near ? { clientId: near.clientId, clientName: near.clientName } : null)
  return (
    <fieldset className="chips">
      <legend className="visually-hidden">Search in</legend>
      <button type="button" className="chip" aria-pressed={searchIn === null} onClick={() => setUi({ searchIn: null })}>
        All clients
      </button>
      {one ? (
        <button
          type="button"
          className="chip"
          aria-pressed={searchIn !== null}
          title={one.clientName}
          onClick={() => setUi({ searchIn: one })}
        >
          Only {firstName(one.clientName)}
        </button>
      ) : null}
    </fieldset>
  )
}
