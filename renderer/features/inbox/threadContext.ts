import { createContext, useContext } from 'react'
import type { Message } from '../../../shared/contract/messages.ts'

/** What every row of an open thread may need; the same object for as long as the conversation is open. */
interface ThreadContext {
  readonly conversationId: string
  readonly clientName: string
  /** As the coach reads it: "Telegram". */
  readonly channelTitle: string
  readonly showWhy: (executionId: string) => void
  /** Tells what was learned from a takeover. */
  readonly showLearned: (interventionId: string) => void
  /** Goes to a message, wherever in the thread it lies. */
  readonly jumpTo: (seq: number) => void
  readonly replyTo: (message: Message) => void
  readonly askToRemove: (message: Message) => void
  readonly askToLearn: (message: Message) => void
}

const context = createContext<ThreadContext | null>(null)

export const ThreadProvider = context.Provider

/** The open thread; only for what is shown inside one. */
export const useThread = (): ThreadContext => {
  const thread = useContext(context)
  if (!thread) throw new Error('This is shown outside a thread.')
  return thread
}
