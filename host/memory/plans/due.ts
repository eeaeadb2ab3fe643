import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { newId } from '../../../db/ids.ts'
import { clientInsights, commitmentCheckIns } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { Tx } from '../../../db/write.ts'
import type { CheckInDecision } from '../../../shared/taxonomy/memory.ts'
import { mentionableTo } from '../wishes.ts'

const hourMs = 3_600_000
/** What falls due within a day is worth a thought now; what is long past is not asked after any more. */
const soonMs = 24 * hourMs
const longestPastMs = 14 * 24 * hourMs

/** A commitment that falls due, and the conversation in which the client can be asked after it. */
export interface DueCommitment {
  readonly id: string
  readonly itemKey: string
  readonly conversationId: string
  /** In the coach's words where they corrected it. */
  readonly commitment: string
  readonly saidAt: number
  readonly dueText: string | null
  readonly dueFrom: number
  readonly dueTo: number
}

/** A row `i` of client_insights is a commitment to ask after, as far as it goes: open, due, not sensitive, and not decided about as it was said. */
const isToAsk = (i: SQL, now: number): SQL => sql`(${i}.insight_type = 'commitment' AND ${i}.is_active = 1
  AND ${i}.state = 'open' AND ${i}.forgotten_at IS NULL AND ${i}.is_sensitive = 0 AND ${i}.due_from IS NOT NULL AND ${i}.due_to IS NOT NULL
  AND ${i}.due_to > ${now - longestPastMs} AND ${i}.due_to <= ${now + soonMs}
  AND NOT EXISTS (SELECT 1 FROM commitment_check_ins k WHERE k.client_id = ${i}.client_id AND k.item_key = ${i}.item_key
    AND k.said_at >= ${i}.last_said_at))`

/**
 * Where a client can be asked: their newest conversation that the coach let in and that reaches them. Nowhere while they
 * are in a safety crisis that was not handed back, nor in a practice that is off. Null then.
 */
const placeToAsk = (
  clientId: SQL,
): SQL => sql`(SELECT c.id FROM conversations c JOIN clients whose ON whose.id = c.client_id
  WHERE c.client_id = ${clientId} AND c.acceptance = 'accepted' AND c.is_reachable = 1
    AND NOT EXISTS (SELECT 1 FROM conversations l WHERE l.client_id = ${clientId} AND l.owner = 'locked')
    AND NOT EXISTS (SELECT 1 FROM handoffs h WHERE h.client_id = ${clientId} AND h.trigger = 'safety_crisis' AND h.ended_at IS NULL)
    AND (whose.is_practice = 0 OR EXISTS (SELECT 1 FROM settings s WHERE s.key = 'practiceIsOn' AND s.value = 'true'))
  ORDER BY c.last_seq DESC LIMIT 1)`

/**
 * Commitments of a client to ask after now: open, due within a day or since two weeks at most, not decided about, and not
 * what the coach does not want mentioned. None where the client cannot or must not be asked.
 */
export const dueCommitments = (queries: Queries, clientId: string, now: number): DueCommitment[] => {
  const open = queries
    .select()
    .from(clientInsights)
    .where(and(eq(clientInsights.clientId, clientId), isToAsk(sql`client_insights`, now)))
    .orderBy(asc(clientInsights.dueTo), asc(clientInsights.seq))
    .all()
  if (open.length === 0) return []
  const found = queries.get<{ id: string | null }>(sql`SELECT ${placeToAsk(sql`${clientId}`)} AS id`)
  const conversationId = found.id
  if (conversationId === null) return []
  const isMentionable = mentionableTo(queries, clientId)
  return open.flatMap(({ id, itemKey, correctedText, content, lastSaidAt, dueText, dueFrom, dueTo }) => {
    const commitment = correctedText ?? content
    if (dueFrom === null || dueTo === null || !isMentionable(commitment)) return []
    return [{ id, itemKey, conversationId, commitment, saidAt: lastSaidAt, dueText, dueFrom, dueTo }]
  })
}

const waitingRow = z.object({
  mayBeDue: z.string(),
  conversationId: z.string(),
  count: z.number(),
  hasWishes: z.coerce.boolean(),
})

/** Sees how much falls due for whom, of all clients, and nothing of what it is. */
const whoMayBeDue = (queries: Queries, now: number): z.infer<typeof waitingRow>[] =>
  z.array(waitingRow).parse(
    queries.all(sql`SELECT * FROM (
      SELECT cl.id AS mayBeDue, ${placeToAsk(sql`cl.id`)} AS conversationId, count(*) AS count,
        EXISTS (SELECT 1 FROM memory_wishes w WHERE w.client_id = cl.id) AS hasWishes
      FROM clients cl JOIN client_insights i ON i.client_id = cl.id AND ${isToAsk(sql`i`, now)} GROUP BY cl.id)
      WHERE conversationId IS NOT NULL`),
  )

/** Which conversations have commitments to ask after, and how many. */
export const waitingCheckIns = (
  queries: Queries,
  now: number,
): { clientId: string; conversationId: string; count: number }[] =>
  whoMayBeDue(queries, now).flatMap(({ mayBeDue: clientId, conversationId, count, hasWishes }) => {
    // What must not be mentioned is told by words, which the database does not compare as we do.
    const left = hasWishes ? dueCommitments(queries, clientId, now).length : count
    return left === 0 ? [] : [{ clientId, conversationId, count: left }]
  })

/** Keeps what the coach decided, so that the commitment is not suggested again as it was said; deciding twice changes nothing. */
export const decideCheckIn = (
  tx: Tx,
  clientId: string,
  { itemKey, saidAt, conversationId }: DueCommitment,
  { decision, outboxId }: { decision: CheckInDecision; outboxId: string | null },
  now: number,
): void => {
  tx.queries
    .insert(commitmentCheckIns)
    .values({ id: newId(now), clientId, itemKey, saidAt, decision, outboxId, createdAt: now })
    .onConflictDoNothing()
    .run()
  tx.changed('memory', clientId)
  tx.changed('conversation', conversationId)
}
