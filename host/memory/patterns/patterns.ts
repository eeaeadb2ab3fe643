import { type MessageType, type Weekday, weekdays } from '../../../shared/taxonomy/memory.ts'
import { type Activity, isMessageType, summed } from '../sessions/index.ts'

/** When and to what a client answers; hours and days in their own time zone. */
export interface InteractionPatterns {
  readonly mostActiveHours: readonly number[]
  readonly mostActiveDays: readonly Weekday[]
  readonly averageResponseTimeMinutes: number | null
  readonly preferredCommunicationChannel: string | null
  readonly mostEngagingMessageTypes: readonly MessageType[]
  readonly leastEngagingMessageTypes: readonly MessageType[]
  /** `18:00`; hours of the day, not of the night, in which they answer most. */
  readonly bestCallTimes: readonly string[]
  readonly messageCount: number
  /** 0 to 1: how much all this rests on. */
  readonly confidenceScore: number
}

const mostHours = 5
const mostDays = 3
const mostTimes = 3
const [firstWakingHour, lastWakingHour] = [7, 21]
/** A type of message says nothing before it was sent so often. */
const leastSent = 5
/** Half sure at so many messages of the client. */
const halfSureAt = 40

/** From 7:00 to 21:59; nobody wants to be asked or called at night, whenever they may have written once. */
export const isWakingHour = (hour: number): boolean => hour >= firstWakingHour && hour <= lastWakingHour

const most = (tally: Readonly<Record<string, number>>, limit: number): string[] =>
  Object.entries(tally)
    .toSorted(([a, x], [b, y]) => y - x || Number(a) - Number(b) || (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([key]) => key)

/** The patterns of a client from what their sessions add up to; the same whatever order they come in. */
export const patternsOf = (activities: readonly Activity[]): InteractionPatterns => {
  const sum = summed(activities)
  const types = Object.entries(sum.sent).flatMap(([type, sent]) =>
    // Laplace's rule of succession, so that few messages prove little.
    isMessageType(type) && sent >= leastSent ? [{ type, rate: ((sum.answered[type] ?? 0) + 1) / (sent + 2) }] : [],
  )
  const sent = Object.values(sum.sent).reduce((a, b) => a + b, 0)
  const overall = (sum.answers + 1) / (sent + 2)
  const byRate = types.toSorted((a, b) => b.rate - a.rate || (a.type < b.type ? -1 : 1))
  const hours = most(sum.hours, mostHours).map(Number)
  const answeredAwake = Object.fromEntries(
    Object.entries(sum.answeredHours).filter(([hour]) => isWakingHour(Number(hour))),
  )
  return {
    mostActiveHours: hours.toSorted((a, b) => a - b),
    mostActiveDays: most(sum.days, mostDays).flatMap((day) => weekdays[Number(day)] ?? []),
    averageResponseTimeMinutes: sum.answers === 0 ? null : Math.round(sum.answerMinutes / sum.answers),
    preferredCommunicationChannel: most(sum.channels, 1)[0] || null,
    mostEngagingMessageTypes: byRate.filter(({ rate }) => rate > overall).map(({ type }) => type),
    leastEngagingMessageTypes: byRate
      .filter(({ rate }) => rate < overall)
      .map(({ type }) => type)
      .reverse(),
    bestCallTimes: most(answeredAwake, mostTimes).map((hour) => `${hour.padStart(2, '0')}:00`),
    messageCount: sum.clientMessages,
    confidenceScore: Math.round((sum.clientMessages / (sum.clientMessages + halfSureAt)) * 1000) / 1000,
  }
}
