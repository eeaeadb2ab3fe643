import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { clients } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx } from '../../db/write.ts'
import type { SettingsValues } from '../../shared/contract/settings.ts'
import type { CheckIn } from '../../shared/contract/timeline.ts'
import { Problem } from '../../shared/problem.ts'
import { getConversation } from '../conversations/index.ts'
import { languageFor, sendAsCoach } from '../inbox/index.ts'
import { type DueCommitment, decideCheckIn, dueCommitments, plansOf, recallOf, zoneOfClient } from '../memory/index.ts'
import { isQueued } from '../outbox/index.ts'
import { type Habits, suggestTime } from './time.ts'
import { checkInText } from './words.ts'

type QuietSettings = Pick<SettingsValues, 'quietHoursOn' | 'quietFrom' | 'quietTo'>

/** What to ask a client after, with words and a time for each, due first. Throws NOT_FOUND. */
export const listCheckIns = (queries: Queries, clientId: string, settings: QuietSettings, now: number): CheckIn[] => {
  const zone = zoneOfClient(queries, clientId)
  const due = dueCommitments(queries, clientId, now)
  if (due.length === 0) return []
  const client = queries.select({ name: clients.name }).from(clients).where(eq(clients.id, clientId)).get()
  const clientName = client?.name ?? ''
  const habits = habitsOf(queries, clientId)
  const { quietHoursOn, quietFrom, quietTo } = settings
  const quiet = quietHoursOn ? { from: quietFrom, to: quietTo, timeZone: zone.timeZone } : null
  const places = new Map(plansOf(queries, clientId, now).map(({ id, place }) => [id, place]))
  return due.map(({ itemKey: _, ...one }) => ({
    ...zone,
    ...one,
    clientId,
    clientName,
    text: checkInText(languageFor({ queries }, getConversation(queries, one.conversationId), ''), clientName, one),
    ...suggestTime({ dueTo: one.dueTo, timeZone: zone.timeZone, habits, quiet }, now),
    place: places.get(one.id) ?? null,
  }))
}

const texts = z.array(z.string())
const hours = z.array(z.number())

const habitsOf = (queries: Queries, clientId: string): Habits | null => {
  const row = recallOf(queries, clientId).patterns()
  return (
    row && {
      bestCallTimes: texts.parse(JSON.parse(row.bestCallTimes)),
      mostActiveHours: hours.parse(JSON.parse(row.mostActiveHours)),
      messageCount: row.messageCount,
    }
  )
}

export interface Approval {
  readonly clientId: string
  /** Of the commitment. */
  readonly id: string
  readonly requestId: string
  readonly text: string
  /** Milliseconds UTC, in the future. */
  readonly sendAt: number
}

const longestAheadMs = 366 * 24 * 3_600_000

/**
 * Schedules what the coach approved, as their own words that come back to them if the client writes first. The same request
 * twice is one. Throws NOT_FOUND, CONFLICT where there is nothing to suggest any more, and INVALID_INPUT for a time that is over.
 */
export const approveCheckIn = (
  tx: Tx,
  { clientId, id, requestId, text, sendAt }: Approval,
  now: number,
): { outboxId: string } => {
  if (isQueued(tx, requestId)) return { outboxId: requestId }
  if (sendAt <= now) throw new Problem('INVALID_INPUT', 'This time is over. Choose a later one.')
  if (sendAt > now + longestAheadMs) throw new Problem('INVALID_INPUT', 'Choose a time within the next year.')
  const due = suggested(tx, clientId, id, now)
  const message = { conversationId: due.conversationId, requestId, text, sendAt, onlyIfSilent: true }
  const { outboxId } = sendAsCoach(tx, message, 0, now)
  decideCheckIn(tx, clientId, due, { decision: 'scheduled', outboxId }, now)
  return { outboxId }
}

/** The coach does not want to ask after it. Throws NOT_FOUND; what is not suggested any more stays as it is. */
export const dismissCheckIn = (tx: Tx, { clientId, id }: { clientId: string; id: string }, now: number): void => {
  const due = findSuggested(tx, clientId, id, now)
  if (due) decideCheckIn(tx, clientId, due, { decision: 'dismissed', outboxId: null }, now)
}

const suggested = (tx: Tx, clientId: string, id: string, now: number): DueCommitment => {
  const due = findSuggested(tx, clientId, id, now)
  if (due) return due
  throw new Problem('CONFLICT', 'There is nothing to ask after any more here. Write to them yourself if you want to.')
}

const findSuggested = (tx: Tx, clientId: string, id: string, now: number): DueCommitment | undefined => {
  if (!plansOf(tx.queries, clientId, now).some((plan) => plan.id === id)) throw new Problem('NOT_FOUND')
  return dueCommitments(tx.queries, clientId, now).find((one) => one.id === id)
}
