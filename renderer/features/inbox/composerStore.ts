import { create } from 'zustand'
import { maxMessageLength } from '../../../shared/limits.ts'
import { useConnection } from '../../transport/connection.ts'
import { host } from '../../transport/console.ts'

interface Unsent {
  readonly text: string
  /** What the host last confirmed to have. */
  readonly savedText: string
  /** The id under which this very text was tried to be sent; a second try with it cannot send twice. */
  readonly requestId: string | null
}

const saveAfterMs = 300

/** Unsent texts by conversation: in memory here, and saved encrypted by the host. Never in the browser's storage. */
export const useUnsent = create<Readonly<Record<string, Unsent>>>(() => ({}))

const timers = new Map<string, ReturnType<typeof setTimeout>>()

const put = (conversationId: string, change: Partial<Unsent>) =>
  useUnsent.setState((all) => {
    const before = all[conversationId] ?? { text: '', savedText: '', requestId: null }
    return { [conversationId]: { ...before, ...change } }
  })

const save = async (conversationId: string) => {
  clearTimeout(timers.get(conversationId))
  timers.delete(conversationId)
  const unsent = useUnsent.getState()[conversationId]
  if (!unsent || unsent.text === unsent.savedText) return
  try {
    // What is too long to be sent is too long to be saved; the field says so, and keeps all of it.
    await host.inbox.saveComposer({ conversationId, text: unsent.text.slice(0, maxMessageLength) })
    put(conversationId, { savedText: unsent.text })
  } catch {
    // The text stays here as unsaved; it is saved again when the connection is back.
  }
}

/** The coach changed the text; it is saved shortly after the last key. */
export const writeUnsent = (conversationId: string, text: string) => {
  put(conversationId, { text, requestId: null })
  clearTimeout(timers.get(conversationId))
  timers.set(
    conversationId,
    setTimeout(() => void save(conversationId), saveAfterMs),
  )
}

/** Takes over what the host has, unless there is newer text here. */
export const adoptSaved = (conversationId: string, text: string) => {
  if (useUnsent.getState()[conversationId] === undefined) put(conversationId, { text, savedText: text })
}

/** The id to send the present text under; the same until the text changes. */
export const requestIdFor = (conversationId: string): string => {
  const known = useUnsent.getState()[conversationId]?.requestId
  if (known) return known
  const requestId = crypto.randomUUID()
  put(conversationId, { requestId })
  return requestId
}

/** The text has been sent; the host dropped its copy with it. */
export const clearUnsent = (conversationId: string) => {
  clearTimeout(timers.get(conversationId))
  timers.delete(conversationId)
  put(conversationId, { text: '', savedText: '', requestId: null })
}

/** Saves everything that is not saved yet, at once. */
export const saveAllUnsent = () => {
  for (const conversationId of Object.keys(useUnsent.getState())) void save(conversationId)
}

window.addEventListener('pagehide', saveAllUnsent)
window.addEventListener('blur', saveAllUnsent)
useConnection.subscribe((now, before) => {
  if (now.state === 'open' && before.state !== 'open') saveAllUnsent()
})
