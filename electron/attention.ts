import type { App, Notification, NotificationConstructorOptions } from 'electron'
import type { Attention, Counts } from '../shared/shellProtocol.ts'

interface AttentionParts {
  readonly app: Pick<App, 'setBadgeCount'>
  readonly Notification: { isSupported(): boolean; new (options: NotificationConstructorOptions): Notification }
  /** Whether the coach is looking at this conversation right now. */
  readonly isInView: (conversationId: string) => boolean
  readonly open: (conversationId: string) => void
  /** Makes the window ask for attention in the system's bar. */
  readonly flash: () => void
}

// A crisis breaks through whatever the system holds back, is heard, and stays until somebody looks.
const urgent = { urgency: 'critical', timeoutType: 'never', silent: false } as const

/** The badge and the system's notifications, one a conversation; a click opens it. */
export const createAttention = ({ app, Notification, isInView, open, flash }: AttentionParts) => {
  // A notification without a reference is collected, and its click is lost.
  const shown = new Map<string, Notification>()
  return {
    count: ({ needsMe }: Counts): void => void app.setBadgeCount(needsMe),
    notify: ({ conversationId, title, body, level, isCrisis }: Attention): void => {
      if (isInView(conversationId)) return
      if (isCrisis || level > 1) flash()
      if (!Notification.isSupported()) return
      const notification = new Notification({ title, body, ...(isCrisis ? urgent : {}) })
      const forget = () => {
        if (shown.get(conversationId) === notification) shown.delete(conversationId)
      }
      // Repeated, it takes the place of the earlier one instead of piling up beside it.
      shown.get(conversationId)?.close()
      shown.set(conversationId, notification)
      notification.on('click', () => {
        forget()
        open(conversationId)
      })
      notification.on('close', forget)
      notification.on('failed', forget)
      notification.show()
    },
  }
}
