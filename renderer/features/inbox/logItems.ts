import type { Conversation } from '../../../shared/contract/inbox.ts'
import type { Message } from '../../../shared/contract/messages.ts'
import { clockTime, isSameDay } from '../../components/time.ts'

export type LogItem =
  | { readonly kind: 'start'; readonly key: string; readonly hasEarlier: boolean }
  | { readonly kind: 'day'; readonly key: string; readonly time: number }
  | { readonly kind: 'new'; readonly key: string }
  | { readonly kind: 'handoff'; readonly key: string; readonly text: string }
  | {
      readonly kind: 'message'
      readonly key: string
      readonly message: Message
      readonly hasHeader: boolean
      readonly isLastOutgoing: boolean
    }

type Handoff = Pick<Conversation, 'owner' | 'handoff'>

const handoffText = ({ owner, handoff }: Handoff): string => {
  const at = handoff ? clockTime(handoff.createdAt) : ''
  if (owner === 'human') return `You took over at ${at} · the clone is silent`
  return owner === 'locked' ? `Locked at ${at} · only you can answer` : `Handed to you at ${at} · the clone is silent`
}

/** What a client wrote in the same instant led to the handover; what anybody else wrote followed it. */
const isAfter = (message: Message, time: number): boolean =>
  message.senderType === 'client' ? message.sentAt > time : message.sentAt >= time

const isSameBreath = (a: Message | undefined, b: Message): boolean =>
  a !== undefined &&
  a.senderType === b.senderType &&
  b.senderType !== 'ai' &&
  clockTime(a.sentAt) === clockTime(b.sentAt) &&
  isSameDay(a.sentAt, b.sentAt)

/** The rows of the log: messages with their day titles, the line before what is new, and where it was handed over. */
export const logItems = (
  messages: readonly Message[],
  hasEarlier: boolean,
  newFromSeq: number | null,
  conversation: Handoff,
): LogItem[] => {
  const items: LogItem[] = [{ kind: 'start', key: 'start', hasEarlier }]
  const { handoff } = conversation
  const lastOutgoing = messages.findLast((message) => message.senderType !== 'client')
  let isHandoffDue = handoff !== null && conversation.owner !== 'ai'
  const placeHandoff = () => {
    if (!isHandoffDue || !handoff) return
    items.push({ kind: 'handoff', key: `handoff-${handoff.id}`, text: handoffText(conversation) })
    isHandoffDue = false
  }
  let previous: Message | undefined
  for (const message of messages) {
    const isNewDay = !previous || !isSameDay(previous.sentAt, message.sentAt)
    const passesHandoff = isHandoffDue && handoff !== null && isAfter(message, handoff.createdAt)
    const isFirstNew = newFromSeq !== null && message.seq >= newFromSeq && (!previous || previous.seq < newFromSeq)
    if (passesHandoff && previous) placeHandoff()
    else if (passesHandoff) isHandoffDue = false
    if (isNewDay) items.push({ kind: 'day', key: `day-${message.id}`, time: message.sentAt })
    if (isFirstNew) items.push({ kind: 'new', key: 'new' })
    items.push({
      kind: 'message',
      key: message.id,
      message,
      hasHeader: isNewDay || isFirstNew || passesHandoff || !isSameBreath(previous, message),
      isLastOutgoing: message === lastOutgoing,
    })
    previous = message
  }
  placeHandoff()
  return items
}

/** The seq of the first of the last `unread` messages of the client; null where nothing is unread. */
export const firstUnreadSeq = (messages: readonly Message[], unread: number): number | null => {
  if (unread <= 0) return null
  const theirs = messages.filter((message) => message.senderType === 'client')
  return (theirs.at(-unread) ?? theirs[0])?.seq ?? null
}
