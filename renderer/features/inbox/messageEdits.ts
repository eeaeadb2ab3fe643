import { create } from 'zustand'
import type { Message } from '../../../shared/contract/messages.ts'

/** Messages whose text the coach is changing: the new text, kept while the thread is scrolled or left. */
const useEdits = create<Readonly<Record<string, string>>>(() => ({}))

export const useMessageEdit = (messageId: string): string | null => useEdits((all) => all[messageId] ?? null)

export const startMessageEdit = (message: Message) => useEdits.setState({ [message.id]: message.content })

export const writeMessageEdit = (messageId: string, text: string) => useEdits.setState({ [messageId]: text })

export const endMessageEdit = (messageId: string) =>
  useEdits.setState(({ [messageId]: _ended, ...others }) => others, true)
