import type { Conversation } from '../../../shared/contract/inbox.ts'
import { queries, queryClient } from '../../transport/console.ts'
import { useUnsavedNotes } from '../notes/unsavedNotes.ts'
import { useUnsent } from './composerStore.ts'
import { useDraftEdits } from './draftEdits.ts'

const knownConversations = (): readonly Conversation[] =>
  queryClient
    .getQueriesData<Conversation>({ queryKey: queries.inbox.conversation.key() })
    .flatMap(([, conversation]) => (conversation ? [conversation] : []))

/** Everything the coach has written in this window that no client has got: replies, changed drafts and notes; '' for nothing. */
export const useWritten = (): string => {
  const unsent = useUnsent()
  const edits = useDraftEdits()
  const notes = useUnsavedNotes()
  const known = knownConversations()
  const nameOf = (conversationId: string) => known.find(({ id }) => id === conversationId)?.clientName ?? 'a client'
  const clientOf = (clientId: string) => known.find((each) => each.clientId === clientId)?.clientName ?? 'a client'
  const pieces = [
    ...Object.entries(unsent).map(([id, { text }]) => ({ to: `To ${nameOf(id)}`, text })),
    ...edits.map(({ conversationId, text }) => ({ to: `Draft to ${nameOf(conversationId)}`, text })),
    ...Object.entries(notes).map(([id, text]) => ({ to: `Note about ${clientOf(id)}`, text })),
  ].filter(({ text }) => text.trim() !== '')
  const [only] = pieces.length === 1 ? pieces : []
  return only ? only.text : pieces.map(({ to, text }) => `${to}:\n${text}`).join('\n\n')
}
