import type { App, Notification, NotificationConstructorOptions } from 'electron'
import type { Attention, Counts } from '../shared/shellProtocol.ts'

interface AttentionParts {
  readonly app: Pick<App, 'setBadgeCount'>
  readonly Notification: { isSupported(): boolean; new (options: NotificationConstructorOptions): Notification }
  /** Whether the coach is looking at this conversation right now. */
  readonly isInView: (conversationId: string) => boolean
  readonly open: (conversationId: string) => void
}

/** The badge and the system's notifications; a click opens the conversation. */
export const createAttention = ({ app, Notification, isInView, open }: AttentionParts) => {
  // A notification without a reference is collected, and its click is lost.
  const shown = new Set<Notification>()
  return {
    count: ({ needsMe }: Counts): void => void app.setBadgeCount(needsMe),
    notify: ({ conversationId, title, body }: Attention): void => {
      if (!Notification.isSupported() || isInView(conversationId)) return
      const notification = new Notification({ title, body })
      shown.add(notification)
      notification.on('click', () => {
        shown.delete(notification)
        open(conversationId)
      })
      notification.on('close', () => shown.delete(notification))
      notification.on('failed', () => shown.delete(notification))
      notification.show()
    },
  }
}
