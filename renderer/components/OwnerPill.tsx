import type { ReactNode } from 'react'
import type { HandoffTrigger, Owner } from '../../shared/taxonomy/conversation.ts'
import { ownerWords, triggerShort } from './words.ts'

interface OwnerPillProps {
  readonly owner: Owner
  readonly trigger?: HandoffTrigger | null
  readonly hasDraft?: boolean
  /** More than the word, where there is room for it. */
  readonly children?: ReactNode
}

/** Who speaks in a conversation: a colour, a shape and a word, everywhere the same. */
export const OwnerPill = ({ owner, trigger, hasDraft, children }: OwnerPillProps) => {
  const waits = owner === 'waiting' || owner === 'locked'
  const [first, ...rest] = ownerWords[owner].split(' ')
  return (
    <span className={`owner owner-${owner}`}>
      <span className="owner-word">
        {children ?? (
          <>
            {first}
            {rest.length > 0 ? <span className="owner-rest"> {rest.join(' ')}</span> : null}
          </>
        )}
      </span>
      {waits && trigger ? <span className="owner-why">{triggerShort[trigger]}</span> : null}
      {hasDraft ? <span className="owner-why">draft ready</span> : null}
    </span>
  )
}
