import { create } from 'zustand'
import { host } from '../../transport/console.ts'

interface Regenerating {
  /** The draft that was set aside for another. */
  readonly draftId: string
  readonly hint: string
}

/** Drafts that are being thought of anew, by conversation. */
const useAll = create<Readonly<Record<string, Regenerating>>>(() => ({}))

export const useRegenerating = (conversationId: string): Regenerating | null =>
  useAll((all) => all[conversationId] ?? null)

export const endRegenerating = (conversationId: string) =>
  useAll.setState(({ [conversationId]: _ended, ...others }) => others, true)

/** Asks the clone for another draft; `hint` may be empty. */
export const regenerate = async (conversationId: string, draftId: string, hint: string): Promise<void> => {
  useAll.setState({ [conversationId]: { draftId, hint } })
  try {
    await host.inbox.regenerate({ conversationId, hint })
  } catch (error) {
    endRegenerating(conversationId)
    throw error
  }
}
