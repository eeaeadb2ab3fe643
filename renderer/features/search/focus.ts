import { currentRoute, navigate } from '../../app/router.ts'
import { setUi } from '../../app/ui.ts'

export const searchFieldId = 'message-search'

const field = (): HTMLInputElement | null => {
  const found = document.getElementById(searchFieldId)
  return found instanceof HTMLInputElement && found.checkVisibility({ visibilityProperty: true }) ? found : null
}

/** Puts the cursor into the search field; where a thread covers it, the list is shown first. Milliseconds to wait. */
export const focusSearch = (afterMs = 0) => {
  const focus = () => {
    field()?.focus()
    field()?.select()
  }
  if (afterMs === 0 && field()) return focus()
  if (currentRoute().screen !== 'inbox' || !field()) navigate('inbox')
  setTimeout(focus, Math.max(50, afterMs))
}

/** Searches all messages for words that were typed elsewhere. */
export const searchFor = (words: string) => {
  setUi({ search: words, searchIn: null })
  // A field that closes gives its focus back first.
  focusSearch(200)
}

let isFirstHitWanted = false

/** Enter may come before the answer does: the first hit opens as soon as it is known. */
export const wantFirstHit = (isWanted: boolean) => {
  isFirstHitWanted = isWanted
}

/** Opens the first hit if that was wished for, once. */
export const openWantedHit = () => {
  const hit = document.querySelector<HTMLElement>('.hit')
  if (isFirstHitWanted && hit) hit.click()
  isFirstHitWanted = false
}
