import type { Conversation } from '../../../shared/contract/inbox.ts'
import type { Message, OwnerChange } from '../../../shared/contract/messages.ts'
import { isSameDay } from '../../components/time.ts'
import type { Leaving } from './leaving.ts'
import type { Gap, ThreadWindow } from './useThreadWindow.ts'

export type Scheduled = Conversation['scheduled'][number]

export type LogItem =
  | { readonly kind: 'start'; readonly key: string }
  | { readonly kind: 'end'; readonly key: string }
  | { readonly kind: 'day'; readonly key: string; readonly time: number }
  | { readonly kind: 'new'; readonly key: string }
  | { readonly kind: 'gap'; readonly key: string; readonly gap: Gap }
  | {
      readonly kind: 'owner'
      readonly key: string
      readonly change: OwnerChange
      /** It still holds. */
      readonly isCurrent: boolean
      /** The row above it is of the same day. */
      readonly isSameDay: boolean
    }
  | { readonly kind: 'scheduled'; readonly key: string; readonly scheduled: Scheduled }
  | { readonly kind: 'leaving'; readonly key: string; readonly leaving: Leaving }
  | {
      readonly kind: 'message'
      readonly key: string
      readonly message: Message
      readonly hasHeader: boolean
      readonly isLastOutgoing: boolean
    }

type Around = Pick<Conversation, 'owner' | 'handoff' | 'scheduled'>

const minuteOf = (time: number): number => Math.floor(time / 60_000)

const isSameBreath = (a: Message | undefined, b: Message): boolean =>
  a !== undefined && a.senderType === b.senderType && b.senderType !== 'ai' && minuteOf(a.sentAt) === minuteOf(b.sentAt)

/** Only what lies between loaded messages, or before and after the whole thread, is placed. */
const placeable = ({ messages, hasEarlier, hasLater, gaps }: ThreadWindow): Gap[] => {
  const first = messages[0]
  const last = messages.at(-1)
  return gaps.filter(
    (gap) => !(first && hasEarlier && gap.to < first.sentAt) && !(last && hasLater && gap.from > last.sentAt),
  )
}

/**
 * The rows of the log: messages with their day titles, where the channel was away, the line before what is new, where
 * it changed hands, and at the end what has not gone yet.
 */
export const logItems = (
  window: ThreadWindow,
  newFromSeq: number | null,
  conversation: Around,
  leaving: Leaving | null,
): LogItem[] => {
  const { messages, hasEarlier, hasLater } = window
  // Where more comes before, the first row is a message: what is in view then holds its place when it comes.
  const items: LogItem[] = hasEarlier ? [] : [{ kind: 'start', key: 'start' }]
  const lastOutgoing = hasLater ? undefined : messages.findLast((message) => message.senderType !== 'client')
  let previous: Message | undefined
  const changesBefore = Map.groupBy(window.ownerChanges, (change) => change.beforeSeq)
  const placeChanges = (beforeSeq: number | null): boolean => {
    const passed = changesBefore.get(beforeSeq) ?? []
    for (const change of passed) {
      const isCurrent = conversation.owner !== 'ai' && change.id === conversation.handoff?.id
      const isOfThatDay = previous !== undefined && isSameDay(previous.sentAt, change.at)
      items.push({ kind: 'owner', key: `owner-${change.id}`, change, isCurrent, isSameDay: isOfThatDay })
    }
    return passed.length > 0
  }
  const gaps = placeable(window)
  const placeGaps = (until: number): boolean => {
    let hasPlaced = false
    for (let gap = gaps[0]; gap && gap.from <= until; gap = gaps[0]) {
      items.push({ kind: 'gap', key: `gap-${gap.from}`, gap })
      gaps.shift()
      hasPlaced = true
    }
    return hasPlaced
  }
  for (const message of messages) {
    const passesGap = placeGaps(message.sentAt - 1)
    const isNewDay = previous ? !isSameDay(previous.sentAt, message.sentAt) : !hasEarlier
    const isFirstNew = newFromSeq !== null && message.seq >= newFromSeq && (!previous || previous.seq < newFromSeq)
    const passesChange = (previous || !hasEarlier) && placeChanges(message.seq)
    if (isNewDay) items.push({ kind: 'day', key: `day-${message.id}`, time: message.sentAt })
    if (isFirstNew) items.push({ kind: 'new', key: 'new' })
    items.push({
      kind: 'message',
      key: message.id,
      message,
      hasHeader: !previous || isNewDay || isFirstNew || passesChange || passesGap || !isSameBreath(previous, message),
      isLastOutgoing: message === lastOutgoing,
    })
    previous = message
  }
  if (hasLater) return [...items, { kind: 'end', key: 'end' }]
  placeGaps(Number.POSITIVE_INFINITY)
  placeChanges(null)
  if (leaving) items.push({ kind: 'leaving', key: `leaving-${leaving.outboxId}`, leaving })
  for (const scheduled of conversation.scheduled) {
    items.push({ kind: 'scheduled', key: `scheduled-${scheduled.outboxId}`, scheduled })
  }
  return items
}

/** The seq of the first of the last `unread` messages of the client; null where nothing is unread. */
export const firstUnreadSeq = (messages: readonly Message[], unread: number): number | null => {
  if (unread <= 0) return null
  const theirs = messages.filter((message) => message.senderType === 'client')
  return (theirs.at(-unread) ?? theirs[0])?.seq ?? null
}
