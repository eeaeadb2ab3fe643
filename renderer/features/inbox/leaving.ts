import { create } from 'zustand'

/** A draft the coach has approved and that can still be taken back; it stands in the thread only once it has gone. */
export interface Leaving {
  readonly outboxId: string
  readonly executionId: string
  readonly text: string
  /** The coach changed the clone's words. */
  readonly isEdited: boolean
  /** Milliseconds UTC. */
  readonly undoUntil: number
}

const useLeavings = create<Readonly<Record<string, Leaving>>>(() => ({}))

const goneAfterMs = 4_000

export const useLeaving = (conversationId: string): Leaving | null => useLeavings((all) => all[conversationId] ?? null)

export const removeLeaving = (outboxId: string) =>
  useLeavings.setState(
    (all) => Object.fromEntries(Object.entries(all).filter(([, leaving]) => leaving.outboxId !== outboxId)),
    true,
  )

/** Shows an approved draft as on its way until its message stands in the thread. */
export const addLeaving = (conversationId: string, leaving: Leaving) => {
  useLeavings.setState({ [conversationId]: leaving })
  setTimeout(() => removeLeaving(leaving.outboxId), leaving.undoUntil - Date.now() + goneAfterMs)
}
