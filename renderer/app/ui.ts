import { create } from 'zustand'
import type { InboxFilter } from '../../shared/contract/inbox.ts'

/** What only this window knows: nothing of it is the truth about a client. */
interface Ui {
  readonly filter: InboxFilter
  readonly overlay: 'none' | 'palette' | 'shortcuts'
  readonly isClientPaneOpen: boolean
  /** The newest arrival in words, for screen readers. */
  readonly announcement: string
  /** The handback that waits for the coach's word because of a safety crisis. */
  readonly crisisHandBack: { readonly conversationId: string; readonly sentence: string } | null
}

export const useUi = create<Ui>(() => ({
  filter: 'all',
  overlay: 'none',
  isClientPaneOpen: false,
  announcement: '',
  crisisHandBack: null,
}))

export const setUi = (change: Partial<Ui>) => useUi.setState(change)
