export const replyFieldId = 'reply'

/** Puts the cursor into the reply; used by the R key. */
export const focusReply = () => {
  document.getElementById(replyFieldId)?.focus()
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
