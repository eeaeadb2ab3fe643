export const replyFieldId = 'reply'

/** Puts the cursor into the reply; used by the R key. */
export const focusReply = () => {
  const field = document.getElementById(replyFieldId)
  const isAtStart = field instanceof HTMLTextAreaElement && field.selectionStart === 0 && field.selectionEnd === 0
  // What was written before is gone on with, never written in front of.
  if (field !== document.activeElement && isAtStart) focusEnd(field)
  else field?.focus()
  return undefined
}

/** Puts the cursor behind the last word, and what is written there in sight. */
export const focusEnd = (field: HTMLTextAreaElement | null) => {
  if (!field) return
  field.focus()
  field.setSelectionRange(field.value.length, field.value.length)
  field.scrollTop = field.scrollHeight
}

/** Puts the focus on the messages, from where every key of the thread works. */
export const focusMessages = () => document.querySelector<HTMLElement>('[role="log"]')?.focus()
