import { and, asc, eq, isNull } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import { clients, followUps } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx } from '../../db/write.ts'
import type { FollowUp } from '../../shared/contract/handoffs.ts'
import type { SettingsValues } from '../../shared/contract/settings.ts'
import { Problem } from '../../shared/problem.ts'
import { getConversation } from '../conversations/index.ts'
import type { HandoffRecord } from '../handoff/index.ts'

export interface NewFollowUp {
  readonly clientId: string
  readonly conversationId: string
  /** The handoff it looks after; one follow-up each. */
  readonly handoffId: string | null
  /** Milliseconds UTC. */
  readonly dueAt: number
  /** A sentence for the coach, or theirs. */
  readonly reason: string
}

type FollowUpRecord = typeof followUps.$inferSelect

const hourMs = 3_600_000

/** Plans a reminder to look after a client. A handoff that has one already keeps that one. */
const planFollowUp = (tx: Tx, planned: NewFollowUp, now: number): { id: string } => {
  const there = planned.handoffId
    ? tx.queries.select({ id: followUps.id }).from(followUps).where(eq(followUps.handoffId, planned.handoffId)).get()
    : undefined
  if (there) return there
  tellOf(tx, planned.conversationId)
  return tx.queries
    .insert(followUps)
    .values({ ...planned, id: newId(now), createdAt: now })
    .returning({ id: followUps.id })
    .get()
}

/** Plans the reminder to look after a client whose safety crisis has just ended. */
export const planAfterCrisis = (
  tx: Tx,
  handoff: Pick<HandoffRecord, 'id' | 'clientId' | 'conversationId'>,
  settings: Pick<SettingsValues, 'followUpHours'>,
  now: number,
): void => {
  const reason = 'They were in a safety crisis. See how they are.'
  const { id: handoffId, clientId, conversationId } = handoff
  planFollowUp(tx, { handoffId, clientId, conversationId, reason, dueAt: now + settings.followUpHours * hourMs }, now)
}

/** A reminder of the coach's own. Throws NOT_FOUND. */
export const addFollowUp = (
  tx: Tx,
  { conversationId, dueAt, reason }: { conversationId: string; dueAt: number; reason: string },
  now: number,
): { id: string } => {
  const { clientId } = getConversation(tx.queries, conversationId)
  return planFollowUp(tx, { clientId, conversationId, handoffId: null, dueAt, reason }, now)
}

/** Follow-ups that are not done, soonest first. */
export const listFollowUps = (queries: Queries, now: number): FollowUp[] =>
  queries
    .select({ followUp: followUps, clientName: clients.name })
    .from(followUps)
    .innerJoin(clients, eq(clients.id, followUps.clientId))
    .where(isNull(followUps.doneAt))
    .orderBy(asc(followUps.dueAt), asc(followUps.id))
    .all()
    .map(({ followUp: { id, clientId, conversationId, handoffId, reason, dueAt }, clientName }) => ({
      id,
      clientId,
      clientName,
      conversationId,
      reason,
      dueAt,
      isDue: dueAt <= now,
      crisisId: handoffId,
    }))

/** Throws NOT_FOUND; what is done already stays as it is. */
export const finishFollowUp = (tx: Tx, id: string, now: number): void => {
  const { conversationId } = followUpOf(tx, id)
  tx.queries
    .update(followUps)
    .set({ doneAt: now })
    .where(and(eq(followUps.id, id), isNull(followUps.doneAt)))
    .run()
  tellOf(tx, conversationId)
}

/** Throws NOT_FOUND, and CONFLICT where it was done meanwhile. */
export const postponeFollowUp = (tx: Tx, { id, dueAt }: { id: string; dueAt: number }): void => {
  const { conversationId, doneAt } = followUpOf(tx, id)
  if (doneAt !== null) throw new Problem('CONFLICT', 'This follow-up was done in the meantime.')
  tx.queries.update(followUps).set({ dueAt }).where(eq(followUps.id, id)).run()
  tellOf(tx, conversationId)
}

const followUpOf = (tx: Tx, id: string): FollowUpRecord => {
  const row = tx.queries.select().from(followUps).where(eq(followUps.id, id)).get()
  if (!row) throw new Problem('NOT_FOUND')
  return row
}

const tellOf = (tx: Tx, conversationId: string): void => {
  tx.changed('alerts')
  tx.changed('inbox')
  tx.changed('conversation', conversationId)
}
