import { z } from 'zod'
import type { SenderType } from '../../../shared/taxonomy/conversation.ts'
import { type MessageType, messageTypes } from '../../../shared/taxonomy/memory.ts'
import { wallTimeAt, weekdayOf } from '../dates/index.ts'
import { foldAccents } from '../fold.ts'

const tally = z.record(z.string(), z.number())

/** What one session adds to a client's patterns: counts, so that sessions can be summed. */
export const activity = z.object({
  /** The client's messages by hour and weekday (0 for Monday) of their own calendar. */
  hours: tally.default(() => ({})),
  days: tally.default(() => ({})),
  channel: z.string().default(''),
  clientMessages: z.number().default(0),
  /** Answers of the client, and the minutes they took. */
  answers: z.number().default(0),
  answerMinutes: z.number().default(0),
  /** Messages to the client by type, and how many of them they answered; and answers by hour. */
  sent: tally.default(() => ({})),
  answered: tally.default(() => ({})),
  answeredHours: tally.default(() => ({})),
})
export type Activity = z.infer<typeof activity>

export interface Told {
  readonly senderType: SenderType
  readonly sentAt: number
  readonly text: string
  /** Neither taken back nor failed. */
  readonly stands: boolean
}

const minuteMs = 60_000
/** Who answers later than this answers something else. */
const longestAnswerMs = 12 * 3_600_000
const shortNote = 80
const longText = 600

/** What a message to a client is like; the first that fits. */
export const messageTypeOf = (text: string): MessageType => {
  const folded = foldAccents(text.slice(0, 2_000))
  if (/https?:\/\//u.test(folded)) return 'link'
  if (
    /\b(?:congratulations|congrats|well done|proud of you|amazing|fantastic|bravo|felicidades|gluckwunsch|felicitations|parabens)\b/u.test(
      folded,
    )
  )
    return 'celebration'
  if (
    /\b(?:what if you (?:are|were) wrong|are you sure|is that really true|what are you avoiding|i challenge you|be honest with yourself)\b/u.test(
      folded,
    )
  )
    return 'challenge'
  if (folded.includes('?')) return 'question'
  if (
    /\b(?:try|i suggest|i recommend|my advice|start by|take a moment|write down|you could|you should)\b/u.test(folded)
  )
    return 'advice'
  return text.length >= longText ? 'long_text' : text.length <= shortNote ? 'short_note' : 'advice'
}

const count = (into: Record<string, number>, key: string | number): void => {
  into[String(key)] = (into[String(key)] ?? 0) + 1
}

/** Counts what a session shows of when and to what the client answers. `told` in the order in which it was said. */
export const activityOf = (told: readonly Told[], channel: string, timeZone: string): Activity => {
  const sum = activity.parse({ channel })
  let waiting: { readonly at: number; readonly type: MessageType } | null = null
  for (const { senderType, sentAt, text, stands } of told) {
    if (!stands || senderType === 'system') continue
    if (senderType !== 'client') {
      const type = messageTypeOf(text)
      count(sum.sent, type)
      waiting = { at: sentAt, type }
      continue
    }
    const { day, minutes } = wallTimeAt(sentAt, timeZone)
    const hour = Math.floor(minutes / 60)
    sum.clientMessages += 1
    count(sum.hours, hour)
    count(sum.days, weekdayOf(day))
    if (waiting === null) continue
    const took = Math.max(0, sentAt - waiting.at)
    if (took <= longestAnswerMs) {
      sum.answers += 1
      sum.answerMinutes += Math.round(took / minuteMs)
      count(sum.answered, waiting.type)
      count(sum.answeredHours, hour)
    }
    waiting = null
  }
  return sum
}

type Tally = Record<string, number>

/** The sum of what several sessions show. */
export const summed = (activities: readonly Activity[]): Omit<Activity, 'channel'> & { channels: Tally } => {
  const channels: Tally = {}
  const total = { ...activity.parse({}), channels }
  const add = (into: Tally, from: Tally): void => {
    for (const [key, value] of Object.entries(from)) into[key] = (into[key] ?? 0) + value
  }
  for (const one of activities) {
    for (const part of ['hours', 'days', 'sent', 'answered', 'answeredHours'] as const) add(total[part], one[part])
    for (const part of ['clientMessages', 'answers', 'answerMinutes'] as const) total[part] += one[part]
    add(channels, { [one.channel]: one.clientMessages })
  }
  return total
}

export const isMessageType = (text: string): text is MessageType => messageTypes.some((type) => type === text)
