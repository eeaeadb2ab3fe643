const afterClosingMs = 60

/** Once what had the focus is gone, puts it on the messages, else on the screen: from there every key works on. */
export const focusBack = () => {
  setTimeout(() => {
    const held = document.activeElement
    if (held && held !== document.body && held.isConnected) return
    const messages = document.querySelector<HTMLElement>('[role="log"]')
    const place = messages ?? document.querySelector<HTMLElement>('main')
    place?.focus()
  }, afterClosingMs)
}

/** Once what had the focus has closed and given it back, puts it on a place; where that is gone, as `focusBack` does. */
export const focusOn = (place: () => HTMLElement | null | undefined) => {
  setTimeout(() => {
    const there = place()
    if (there) there.focus()
    else focusBack()
  }, afterClosingMs)
}
