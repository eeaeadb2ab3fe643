import { desc, eq, sql } from 'drizzle-orm'
import { alerts } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { HandoffTrigger } from '../../shared/taxonomy/conversation.ts'
import type { OwnDeviceCalls, OwnDevicePlan, Raised } from './rhythm.ts'

/** A call for the coach that nobody has acknowledged yet. */
export interface OpenCall {
  readonly handoffId: string
  readonly conversationId: string
  readonly clientName: string
  readonly isPractice: boolean
  readonly trigger: HandoffTrigger
  readonly isCrisis: boolean
  readonly createdAt: number
}

/** Calls nobody has acknowledged, oldest first. */
export const readOpenCalls = (queries: Queries): OpenCall[] =>
  queries
    .all<Omit<OpenCall, 'isPractice' | 'isCrisis'> & { isPractice: number; toOwner: string }>(
      sql`SELECT h.id AS handoffId, h.conversation_id AS conversationId, cl.name AS clientName, cl.is_practice AS isPractice,
                 h.trigger, h.to_owner AS toOwner, h.created_at AS createdAt
          FROM handoffs h INDEXED BY handoffs_unacknowledged JOIN clients cl ON cl.id = h.client_id
          WHERE h.ended_at IS NULL AND h.acknowledged_at IS NULL AND h.to_owner IN ('waiting','locked')
          ORDER BY h.seq`,
    )
    .map(({ toOwner, isPractice, ...call }) => ({
      ...call,
      isPractice: isPractice === 1,
      isCrisis: toOwner === 'locked' || call.trigger === 'safety_crisis',
    }))

/** A rehearsal never rings anywhere but in the console. */
export const ownDevicePlanOf = (call: OpenCall): OwnDevicePlan => {
  if (call.isPractice) return 'never'
  if (call.isCrisis) return 'repeated'
  return call.trigger === 'client_request' ? 'once' : 'never'
}

/** How far a call has come, as it is written down. */
export const readProgress = (
  queries: Queries,
  handoffId: string,
): { raised: Raised | null; calls: OwnDeviceCalls | null } => {
  const rows = queries.select().from(alerts).where(eq(alerts.handoffId, handoffId)).orderBy(desc(alerts.seq)).all()
  const [console, own] = (['console', 'own_device'] as const).map((route) => rows.filter((row) => row.route === route))
  const [lastRaised, lastCall] = [console?.[0], own?.[0]]
  return {
    raised: lastRaised ? { level: lastRaised.level, at: lastRaised.createdAt } : null,
    calls: lastCall
      ? {
          count: own?.length ?? 0,
          lastAt: lastCall.createdAt,
          lastOutcome: lastCall.outcome === 'raised' ? 'unknown' : lastCall.outcome,
        }
      : null,
  }
}
