export const replyFieldId = 'reply'

/** Puts the cursor into the reply; used by the R key. */
export const focusReply = () => {
  document.getElementById(replyFieldId)?.focus()
  return undefined
}

/** Puts the focus on the messages, from where every key of the thread works. */
export const focusMessages = () => document.querySelector<HTMLElement>('[role="log"]')?.focus()
