import type { Message } from '../../../shared/contract/messages.ts'
import { useAction } from '../../app/action.ts'
import { host } from '../../transport/console.ts'
import { useThread } from './threadContext.ts'
import { refreshMessage } from './useThreadWindow.ts'

type Opinion = Omit<Parameters<typeof host.inbox.setFeedback>[0], 'messageId'>

/** Saves the coach's opinion of a reply; what is left out stays as it was. */
export const useFeedback = (message: Message) => {
  const { conversationId } = useThread()
  return useAction(async (opinion: Opinion) => {
    await host.inbox.setFeedback({ messageId: message.id, ...opinion })
    await refreshMessage(conversationId, message.seq)
  })
}
