import { create } from 'zustand'
import type { Owner } from '../../shared/taxonomy/conversation.ts'
import { type InboxFilter, inboxFilters } from '../../shared/taxonomy/conversation.ts'

/** A conversation to be put aside, as far as the words about it need. */
export interface Putting {
  readonly id: string
  readonly clientName: string
  readonly owner: Owner
  readonly snoozedUntil: number | null
}

/** What only this window knows: nothing of it is the truth about a client. */
interface Ui {
  readonly filter: InboxFilter
  /** The words searched for in all messages; empty while the list is shown. */
  readonly search: string
  /** The one client to search in; null for all. */
  readonly searchIn: { readonly clientId: string; readonly clientName: string } | null
  /** The conversations to be snoozed, while the coach chooses until when. */
  readonly snoozing: { readonly targets: readonly Putting[]; readonly onSnoozed: () => void } | null
  readonly overlay: 'none' | 'palette' | 'shortcuts'
  readonly isClientPaneOpen: boolean
  /** The newest arrival in words, for screen readers. */
  readonly announcement: string
  /** The handback that waits for the coach's word because of a safety crisis. */
  readonly crisisHandBack: { readonly conversationId: string; readonly sentence: string } | null
}

// For this window only: whoever opens the console anew shall not miss anybody because of an old filter.
const filterKey = 'opencoach.inbox-filter'

const keptFilter = (): InboxFilter => {
  const kept = sessionStorage.getItem(filterKey)
  return inboxFilters.find((filter) => filter === kept) ?? 'all'
}

export const useUi = create<Ui>(() => ({
  filter: keptFilter(),
  search: '',
  searchIn: null,
  snoozing: null,
  overlay: 'none',
  isClientPaneOpen: false,
  announcement: '',
  crisisHandBack: null,
}))

export const setUi = (change: Partial<Ui>) => useUi.setState(change)

useUi.subscribe(({ filter }, before) => {
  if (filter !== before.filter) sessionStorage.setItem(filterKey, filter)
})
