import { useAction } from '../../app/action.ts'
import { handBack } from '../../app/handBack.ts'
import { host } from '../../transport/console.ts'
import { focusReply } from './focus.ts'

/** What the coach can do with an open conversation as a whole. */
export const useThreadActions = (conversationId: string) => ({
  takeOver: useAction(async () => {
    await host.inbox.takeOver({ conversationId })
    focusReply()
  }),
  handBack: useAction(() => handBack(conversationId)),
  acknowledge: useAction(() => host.inbox.acknowledge({ conversationId })),
  markUnread: useAction(() => host.inbox.markUnread({ conversationId })),
})

export type ThreadActions = ReturnType<typeof useThreadActions>
