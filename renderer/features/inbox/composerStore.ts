import { create } from 'zustand'
import { maxMessageLength } from '../../../shared/limits.ts'
import { useConnection } from '../../transport/connection.ts'
import { host, queries, queryClient } from '../../transport/console.ts'

/** The message that is being answered. */
export interface ReplyTo {
  readonly messageId: string
  readonly seq: number
  readonly author: string
  readonly preview: string
}

/** When a text is to go that the coach has put off. */
export interface SendPlan {
  /** Milliseconds UTC. */
  readonly sendAt: number
  /** It comes back to the coach if the client writes first. */
  readonly onlyIfSilent: boolean
}

interface Unsent {
  readonly text: string
  /** What the host last confirmed to have. */
  readonly savedText: string
  /** The id under which this very text was tried to be sent; a second try with it cannot send twice. */
  readonly requestId: string | null
  readonly replyTo: ReplyTo | null
  /** The canned reply the text began as. */
  readonly cannedReplyId: string | null
  /** The time of a scheduled text that was taken back to be changed. */
  readonly plan: SendPlan | null
}

const empty: Unsent = { text: '', savedText: '', requestId: null, replyTo: null, cannedReplyId: null, plan: null }

const saveAfterMs = 300

/** Unsent texts by conversation: in memory here, and saved encrypted by the host. Never in the browser's storage. */
export const useUnsent = create<Readonly<Record<string, Unsent>>>(() => ({}))

const timers = new Map<string, ReturnType<typeof setTimeout>>()

const stopTimer = (conversationId: string) => {
  clearTimeout(timers.get(conversationId))
  timers.delete(conversationId)
}

const put = (conversationId: string, change: Partial<Unsent>) =>
  useUnsent.setState((all) => ({ [conversationId]: { ...(all[conversationId] ?? empty), ...change } }))

const save = async (conversationId: string) => {
  stopTimer(conversationId)
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
  put(conversationId, { text, requestId: null, ...(text.trim() === '' ? { cannedReplyId: null, plan: null } : {}) })
  stopTimer(conversationId)
  timers.set(
    conversationId,
    setTimeout(() => void save(conversationId), saveAfterMs),
  )
}

/** Takes over what the host has, unless there is newer text here. */
export const adoptSaved = (conversationId: string, text: string) => {
  if (useUnsent.getState()[conversationId] === undefined) put(conversationId, { text, savedText: text })
}

/** What stands in the reply field, and what goes with it. */
export const unsentOf = (conversationId: string): Unsent => useUnsent.getState()[conversationId] ?? empty

/** Makes the text an answer to one message; null: to none in particular. */
export const answerTo = (conversationId: string, replyTo: ReplyTo | null) =>
  put(conversationId, { replyTo, requestId: null })

export const setPlan = (conversationId: string, plan: SendPlan | null) => put(conversationId, { plan, requestId: null })

/** Remembers which canned reply the text began as, so that its use is counted when it is sent. */
export const beganAs = (conversationId: string, cannedReplyId: string) => put(conversationId, { cannedReplyId })

/** The id to send the present text under; the same until the text changes. */
export const requestIdFor = (conversationId: string): string => {
  const known = unsentOf(conversationId).requestId
  if (known) return known
  const requestId = crypto.randomUUID()
  put(conversationId, { requestId })
  return requestId
}

/** The text has been sent; the host dropped its copy with it. */
export const clearUnsent = (conversationId: string) => {
  stopTimer(conversationId)
  put(conversationId, empty)
}

/**
 * Takes back what is not on its way yet; its words lie in the reply field again, before what was written meanwhile.
 * Rejects with TOO_LATE where it has gone.
 */
export const takeBack = async (conversationId: string, outboxId: string, back: Partial<Unsent> = {}) => {
  await save(conversationId)
  await host.inbox.cancelSend({ outboxId })
  const fresh = await host.inbox.conversation({ conversationId })
  queryClient.setQueryData(queries.inbox.conversation.queryKey({ input: { conversationId } }), fresh)
  put(conversationId, { text: fresh.composerText, savedText: fresh.composerText, requestId: null, ...back })
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
