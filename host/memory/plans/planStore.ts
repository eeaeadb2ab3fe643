import { and, asc, eq, inArray, isNull, notExists, sql } from 'drizzle-orm'
import { clientInsights, memoryEvidence } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { Tx } from '../../../db/write.ts'
import type { Plan } from '../../../shared/contract/timeline.ts'
import { Problem } from '../../../shared/problem.ts'
import type { InsightState } from '../../../shared/taxonomy/memory.ts'
import { lastPlaces, refold } from '../items/index.ts'

const planKinds = ['goal', 'commitment'] as const

/** What only says that a goal is given up is no goal of its own. */
const isPlanOf = (queries: Queries, clientId: string) =>
  and(
    eq(clientInsights.clientId, clientId),
    inArray(clientInsights.insightType, [...planKinds]),
    isNull(clientInsights.forgottenAt),
    notExists(
      queries
        .select({ seq: memoryEvidence.seq })
        .from(memoryEvidence)
        .where(
          and(
            eq(memoryEvidence.clientId, clientId),
            eq(memoryEvidence.layer, 'insight'),
            eq(memoryEvidence.itemKey, clientInsights.itemKey),
            eq(memoryEvidence.stance, 'retracts'),
          ),
        ),
    ),
  )

const stateOrder = sql`CASE ${clientInsights.state} WHEN 'open' THEN 0 WHEN 'done' THEN 1 ELSE 2 END`

/** Goals and commitments of a client: open ones first, what is due soonest before the others. */
export const plansOf = (queries: Queries, clientId: string, now: number): Plan[] => {
  const rows = queries
    .select()
    .from(clientInsights)
    .where(isPlanOf(queries, clientId))
    .orderBy(stateOrder, sql`${clientInsights.dueTo} NULLS LAST`, sql`${clientInsights.lastSaidAt} DESC`)
    .all()
  const places = lastPlaces(queries, clientId, 'insight')
  return rows.map((row) => ({
    id: row.id,
    kind: row.insightType === 'goal' ? 'goal' : 'commitment',
    text: row.correctedText ?? row.content,
    isSensitive: row.isSensitive,
    state: row.state,
    isStateByCoach: isCoachWord(row),
    stateAt: row.stateAt,
    saidAt: row.lastSaidAt,
    dueFrom: row.dueFrom,
    dueTo: row.dueTo,
    dueText: row.dueText,
    isOverdue: row.state === 'open' && row.dueTo !== null && row.dueTo <= now,
    place: places.get(row.itemKey) ?? null,
  }))
}

type InsightRow = typeof clientInsights.$inferSelect

const isCoachWord = ({ state, stateAt, lastSaidAt, coachState, coachStateAt }: InsightRow): boolean =>
  coachStateAt !== null &&
  state === coachState &&
  lastSaidAt <= coachStateAt &&
  (state === 'open' || stateAt === coachStateAt)

/**
 * The coach's word on a goal or commitment. It holds through every reading, until the client says something new of it.
 * Throws NOT_FOUND for what is not this client's, no plan, or forgotten.
 */
export const setPlanState = (
  tx: Tx,
  { clientId, id, state }: { clientId: string; id: string; state: InsightState },
  now: number,
): void => {
  const mine = and(eq(clientInsights.clientId, clientId), eq(clientInsights.id, id))
  const found = tx.queries
    .select({ slot: clientInsights.slot })
    .from(clientInsights)
    .where(and(mine, isPlanOf(tx.queries, clientId)))
    .orderBy(asc(clientInsights.seq))
    .get()
  if (!found) throw new Problem('NOT_FOUND')
  const stateAt = state === 'open' ? null : now
  tx.queries
    .update(clientInsights)
    .set({ coachState: state, coachStateAt: now, state, stateAt, isActive: state !== 'dropped', updatedAt: now })
    .where(mine)
    .run()
  refold(tx, clientId, { layer: 'insight', slot: found.slot }, now)
  tx.changed('memory', clientId)
}
