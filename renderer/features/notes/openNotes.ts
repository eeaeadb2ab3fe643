import { setUi } from '../../app/ui.ts'

const shownField = (): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>('[data-note-field]')].find((field) => field.offsetParent !== null)

const drawerMs = 200

/** Puts the cursor where a note about the client is written; on a narrow window their pane opens first. */
export const openNotes = () => {
  const field = shownField()
  if (field) return field.focus()
  setUi({ isClientPaneOpen: true })
  setTimeout(() => shownField()?.focus(), drawerMs)
}
