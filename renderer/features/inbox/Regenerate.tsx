import { useEffect, useState } from 'react'
import type { Conversation } from '../../../shared/contract/inbox.ts'
import { useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { focusMessages } from './focus.ts'
import { endRegenerating, regenerate, useRegenerating } from './regenerating.ts'
import { Thinking } from './Thinking.tsx'

const longestHint = 400

interface RegenerateFormProps {
  readonly conversationId: string
  readonly draftId: string
  readonly onClose: () => void
}

/** Asks what should be different about the next draft; nothing needs to be said. */
export const RegenerateForm = ({ conversationId, draftId, onClose }: RegenerateFormProps) => {
  const [hint, setHint] = useState('')
  const again = useAction(async () => {
    await regenerate(conversationId, draftId, hint)
    focusMessages()
  })
  return (
    <form
      className="regenerate"
      onSubmit={(event) => {
        event.preventDefault()
        void again.run()
      }}
    >
      <input
        className="draft-field"
        aria-label="What should be different?"
        placeholder="What should be different? e.g. shorter, warmer, ask about …"
        // biome-ignore lint/a11y/noAutofocus: another draft was just asked for
        autoFocus
        maxLength={longestHint}
        value={hint}
        onChange={(event) => setHint(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose()
        }}
      />
      <Button type="submit" isBusy={again.isRunning} onClick={() => undefined}>
        Write another
      </Button>
    </form>
  )
}

const startMs = 8_000

/** Stands where the draft stood while the clone thinks of another. */
export const RegeneratingCard = ({ conversation }: { readonly conversation: Conversation }) => {
  const { id, isThinking, draft } = conversation
  const regenerating = useRegenerating(id)
  const [hasBegun, setBegun] = useState(false)
  const isDone = regenerating !== null && draft !== null && draft.id !== regenerating.draftId
  useEffect(() => {
    if (regenerating && isThinking) setBegun(true)
  }, [regenerating, isThinking])
  useEffect(() => {
    if (!regenerating) return setBegun(false)
    if (isDone || (hasBegun && !isThinking)) return endRegenerating(id)
    // A run that ended at once or never began is not waited for.
    const timer = setTimeout(() => !isThinking && endRegenerating(id), startMs)
    return () => clearTimeout(timer)
  }, [regenerating, isDone, hasBegun, isThinking, id])
  if (!regenerating || draft) return null
  return (
    <section className="draft" aria-label="Another draft" aria-live="polite">
      <Thinking>The clone is writing another draft</Thinking>
      {regenerating.hint ? <p className="draft-note">You asked for: {regenerating.hint}</p> : null}
    </section>
  )
}
