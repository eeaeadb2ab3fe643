import './search.css'
import { IconSearch, IconX } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import { useShortcuts } from '../../app/keyboard.ts'
import { setUi, useUi } from '../../app/ui.ts'
import { Kbd } from '../../components/Kbd.tsx'
import { focusSearch, openWantedHit, searchFieldId, wantFirstHit } from './focus.ts'

const longest = 200

const close = () => setUi({ search: '', searchIn: null })

const firstHit = (): HTMLElement | null => document.querySelector<HTMLElement>('.hit')

/** The field over the list. What stands in it is searched for in the messages of all clients. */
export const SearchField = () => {
  const search = useUi((ui) => ui.search)
  useShortcuts({
    '/': () => {
      focusSearch()
      return true
    },
    escape: () => {
      if (useUi.getState().search === '') return false
      close()
      return true
    },
  })
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      if (search === '') event.currentTarget.blur()
      close()
    } else if (event.key === 'ArrowDown') firstHit()?.focus()
    else if (event.key === 'Enter') {
      wantFirstHit(true)
      if (document.querySelector('.search-scroller.is-settled')) openWantedHit()
    } else return
    event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers in use do not all know the search element
    <div className="search" role="search">
      <IconSearch size={15} aria-hidden="true" />
      <input
        id={searchFieldId}
        type="search"
        className="search-field"
        aria-label="Search messages"
        aria-keyshortcuts="/"
        placeholder="Search messages"
        autoComplete="off"
        maxLength={longest}
        value={search}
        onChange={(event) => {
          wantFirstHit(false)
          setUi({ search: event.currentTarget.value })
        }}
        onKeyDown={press}
      />
      {search === '' ? (
        <Kbd>/</Kbd>
      ) : (
        <button type="button" className="search-close" aria-label="End the search" onClick={close}>
          <IconX size={14} aria-hidden="true" />
        </button>
      )}
    </div>
  )
}
