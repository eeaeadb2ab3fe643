import { z } from 'zod'
import type { Queries } from '../../../db/sqlite.ts'
import type { Milestone, TimelineHandoff } from '../../../shared/contract/timeline.ts'
import type { Owner } from '../../../shared/taxonomy/conversation.ts'
import type { MilestoneKind, SummaryPeriod, TimelineRange } from '../../../shared/taxonomy/memory.ts'
import { dayOfIso, isoDate, momentOf, wallTimeAt } from '../dates/index.ts'
import { lastPlaces } from '../items/index.ts'
import { zoneOfClient } from '../zone.ts'
import { mostPoints, stretchOf } from './range.ts'
import {
  breakthroughsOf,
  countSessions,
  firstSessionDate,
  goalsReachedOf,
  handoffsOf,
  type Moments,
  rollUpsOf,
  sessionsOf,
  victoriesOf,
} from './timelineStore.ts'

const units = { daily: 'day', weekly: 'week', monthly: 'month' } as const satisfies Record<SummaryPeriod, string>
const topics = z.array(z.string())

/**
 * What happened with a client in a stretch of time up to now, by the days of their own calendar. Throws NOT_FOUND.
 */
export const readTimeline = (
  queries: Queries,
  { clientId, range }: { clientId: string; range: TimelineRange },
  now: number,
) => {
  const zone = zoneOfClient(queries, clientId)
  const dateOf = (at: number): string => isoDate(wallTimeAt(at, zone.timeZone).day)
  const today = wallTimeAt(now, zone.timeZone).day
  const { from, to, period } = stretchOf(range, today, firstSessionDate(queries, clientId))
  const days = { from, to }
  // What was told of a time before the first session is part of all there is.
  const moments = {
    from: range === 'all' ? Number.MIN_SAFE_INTEGER : momentOf({ day: dayOfIso(from), minutes: 0 }, zone.timeZone),
    to: momentOf({ day: today + 1, minutes: 0 }, zone.timeZone),
  }
  return {
    ...zone,
    ...days,
    unit: units[period],
    points: rollUpsOf(queries, clientId, period, days),
    sessions: sessionsOf(queries, clientId, days, mostPoints).map((session) => ({
      id: session.id,
      at: session.startedAt,
      date: session.localDate,
      topics: topics.parse(JSON.parse(session.topics)),
      messageCount: session.messageCount,
      place: { conversationId: session.conversationId, seq: session.firstSeq },
    })),
    milestones: milestonesOf(queries, clientId, moments, dateOf),
    handoffs: interventions(handoffsOf(queries, clientId, moments, mostPoints), dateOf),
    sessionCount: countSessions(queries, clientId, days),
  }
}

/** Calls for the coach and their takeovers; a call that was taken over is told of by the takeover. */
const interventions = (rows: ReturnType<typeof handoffsOf>, dateOf: (at: number) => string): TimelineHandoff[] => {
  const followers = new Map<string, Owner>()
  return rows.flatMap((row) => {
    const { conversationId, toOwner: to } = row
    const follower = followers.get(conversationId)
    followers.set(conversationId, to)
    if (to === 'ai' || (to !== 'human' && follower === 'human')) return []
    const minutes = row.humanDurationMinutes === null ? null : Math.round(row.humanDurationMinutes)
    const place = { conversationId, seq: row.messageSeq }
    return [{ id: row.id, at: row.createdAt, date: dateOf(row.createdAt), to, trigger: row.trigger, minutes, place }]
  })
}

interface Told {
  readonly id: string
  readonly itemKey: string
  readonly content: string
  readonly correctedText: string | null
  readonly isSensitive: boolean
  readonly at: number
}

const milestonesOf = (
  queries: Queries,
  clientId: string,
  moments: Moments,
  dateOf: (at: number) => string,
): Milestone[] => {
  const insights = lastPlaces(queries, clientId, 'insight')
  const episodes = lastPlaces(queries, clientId, 'episodic')
  const toMilestone =
    (kind: MilestoneKind, places: ReturnType<typeof lastPlaces>) =>
    ({ id, itemKey, content, correctedText, isSensitive, at }: Told): Milestone => ({
      id,
      kind,
      text: correctedText ?? content,
      isSensitive,
      at,
      date: dateOf(at),
      place: places.get(itemKey) ?? null,
    })
  return [
    ...breakthroughsOf(queries, clientId, moments, mostPoints).map(toMilestone('breakthrough', insights)),
    ...goalsReachedOf(queries, clientId, moments, mostPoints).map(toMilestone('goal_reached', insights)),
    ...victoriesOf(queries, clientId, moments, mostPoints).map(toMilestone('victory', episodes)),
  ]
    .toSorted((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1))
    .slice(0, mostPoints)
}
