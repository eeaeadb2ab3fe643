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
