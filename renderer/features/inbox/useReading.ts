import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Conversation } from '../../../shared/contract/inbox.ts'
import { host } from '../../transport/console.ts'
import { firstUnreadSeq } from './logItems.ts'
import type { ThreadWindow } from './useThreadWindow.ts'

const readingMs = 1_500

const subscribeAttention = (tell: () => void) => {
  window.addEventListener('focus', tell)
  window.addEventListener('blur', tell)
  document.addEventListener('visibilitychange', tell)
  return () => {
    window.removeEventListener('focus', tell)
    window.removeEventListener('blur', tell)
    document.removeEventListener('visibilitychange', tell)
  }
}

const hasAttention = (): boolean => document.visibilityState === 'visible' && document.hasFocus()

const useAttention = (): boolean => useSyncExternalStore(subscribeAttention, hasAttention)

/** Marks a thread as read once its end has been looked at for a moment; `holdUnread` stops that until it is left. */
export const useReading = (conversation: Conversation | undefined, isAtEnd: boolean) => {
  const [isHeld, setHeld] = useState(false)
  const isLookedAt = useAttention() && isAtEnd && !isHeld
  const id = conversation?.id
  const lastSeq = conversation?.lastSeq ?? 0
  const isUnread = (conversation?.unreadCount ?? 0) > 0
  useEffect(() => {
    if (!id || !isUnread || !isLookedAt) return
    const timer = setTimeout(() => {
      // A failure leaves it unread, which is the safe side; the next look tries again.
      host.inbox.markRead({ conversationId: id, upToSeq: lastSeq }).catch(() => undefined)
    }, readingMs)
    return () => clearTimeout(timer)
  }, [id, isUnread, isLookedAt, lastSeq])
  return { holdUnread: () => setHeld(true) }
}

/** Where the "New" line stands: before the first unread message as the thread was opened, or as attention left it. */
export const useNewFrom = (conversation: Conversation | undefined, loaded: ThreadWindow | undefined): number | null => {
  const [newFrom, setNewFrom] = useState<number | null>(null)
  const [isPlaced, setPlaced] = useState(false)
  const isAttending = useAttention()
  const unread = conversation?.unreadCount ?? 0
  useEffect(() => {
    // Among older messages it cannot be told which one is the first unread.
    if (!conversation || !loaded || loaded.hasLater) return
    if (!isPlaced || (!isAttending && newFrom === null && unread > 0)) {
      setNewFrom(firstUnreadSeq(loaded.messages, unread))
      setPlaced(true)
    }
  }, [conversation, loaded, isPlaced, isAttending, newFrom, unread])
  return newFrom
}
