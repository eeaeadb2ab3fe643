import { useAction } from '../../app/action.ts'
import { handBack } from '../../app/handBack.ts'
import { host } from '../../transport/console.ts'

/** What the coach can do with an open conversation as a whole. */
export const useThreadActions = (conversationId: string) => ({
  takeOver: useAction(() => host.inbox.takeOver({ conversationId })),
  handBack: useAction(() => handBack(conversationId)),
  acknowledge: useAction(() => host.inbox.acknowledge({ conversationId })),
  markUnread: useAction(() => host.inbox.markUnread({ conversationId })),
})

export type ThreadActions = ReturnType<typeof useThreadActions>
