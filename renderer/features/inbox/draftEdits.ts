import { useEffect } from 'react'
import { create } from 'zustand'
import type { Conversation } from '../../../shared/contract/inbox.ts'
import { notify } from '../../app/action.ts'
import { firstName } from '../../components/words.ts'
import { host } from '../../transport/console.ts'
import { useUnsent, writeUnsent } from './composerStore.ts'

interface Edit {
  readonly conversationId: string
  readonly text: string
  /** What the host has in the reply field beside it. */
  readonly composerText: string
  /** On its way to the client: no longer to be rescued. */
  readonly isSending: boolean
}

/** What the coach changed in drafts that are still open, by draft. */
const useEdits = create<Readonly<Record<string, Edit>>>(() => ({}))

/** All of them, for when the host cannot take them any more. */
export const useDraftEdits = (): readonly Edit[] => Object.values(useEdits())

export const useDraftEdit = (draftId: string): string | null => useEdits((all) => all[draftId]?.text ?? null)

export const setDraftEdit = (draftId: string, edit: Edit | null) =>
  useEdits.setState(({ [draftId]: _before, ...others }) => (edit ? { ...others, [draftId]: edit } : others), true)

const composerTextOf = (conversation: Conversation): string =>
  useUnsent.getState()[conversation.id]?.text ?? conversation.composerText

/** A draft can end while it is being edited; the coach's words then go on in the reply field. */
export const useRescuedEdits = (conversation: Conversation | undefined) => {
  const edits = useEdits()
  useEffect(() => {
    if (!conversation) return
    for (const [draftId, edit] of Object.entries(edits)) {
      if (edit.conversationId !== conversation.id || edit.isSending || draftId === conversation.draft?.id) continue
      setDraftEdit(draftId, null)
      writeUnsent(conversation.id, [composerTextOf(conversation), edit.text].filter(Boolean).join('\n\n'))
      notify(
        `The draft you were editing is gone. Your words to ${firstName(conversation.clientName)} are in the reply field.`,
      )
    }
  }, [conversation, edits])
}

window.addEventListener('pagehide', () => {
  for (const edit of Object.values(useEdits.getState())) {
    if (edit.isSending) continue
    const { conversationId } = edit
    const beside = useUnsent.getState()[conversationId]?.text ?? edit.composerText
    const text = [beside, edit.text].filter(Boolean).join('\n\n')
    host.inbox.saveComposer({ conversationId, text }).catch(() => undefined)
  }
})
