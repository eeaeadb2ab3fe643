import { create } from 'zustand'
import type { documentSorts } from '../../../../shared/taxonomy/library.ts'

export type DocumentSort = (typeof documentSorts)[number]
export type StateFilter = 'ready' | 'working' | 'failed' | 'paused'

/** What the list shows; it stays while other screens are looked at. */
export interface DocumentFilter {
  readonly words: string
  /** Null: all folders. Empty: what lies in none. */
  readonly folder: string | null
  readonly tag: string | null
  readonly state: StateFilter | null
  readonly sort: DocumentSort
}

export const everything: DocumentFilter = { words: '', folder: null, tag: null, state: null, sort: 'newest' }

export const useFilter = create<DocumentFilter>(() => everything)
export const setFilter = (change: Partial<DocumentFilter>) => useFilter.setState(change)

export const isFiltered = ({ words, folder, tag, state }: DocumentFilter): boolean =>
  words !== '' || folder !== null || tag !== null || state !== null
