import { and, asc, desc, eq, gt, gte, isNotNull, isNull, lt, lte, ne, sql } from 'drizzle-orm'
import { clients, conversations, handoffs, humanInterventionAnalyses, messages } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { Turn } from '../analysis/index.ts'

export type Handoff = typeof handoffs.$inferSelect
export type Analysis = typeof humanInterventionAnalyses.$inferSelect

/** So many messages before and after an intervention are read. */
const messagesAround = 5
/** A talk longer than this is read by its beginning and its end. */
const mostMessages = 60

interface Said extends Turn {
  readonly id: string
  readonly seq: number
  readonly at: number
}

/** An intervention as it stands in its thread. */
export interface Intervention {
  readonly handoff: Handoff
  readonly clientName: string
  readonly before: readonly Said[]
  readonly coach: readonly Said[]
  /** What the client said from the coach's first word on, and up to five messages after the coach's last. */
  readonly after: readonly Said[]
}

const columns = {
  id: messages.id,
  seq: messages.seq,
  from: messages.senderType,
  text: messages.content,
  at: messages.sentAt,
}

/** What was taken back, or never reached the client, was not said. */
const stands = and(isNull(messages.removedAt), ne(messages.deliveryStatus, 'failed'))

const turnsOf = (rows: readonly { id: string; seq: number; from: string; text: string; at: number }[]): Said[] =>
  rows.flatMap(({ from, text, ...rest }) =>
    (from === 'client' || from === 'ai' || from === 'human_coach') && text.trim() !== ''
      ? [{ ...rest, from, text }]
      : [],
  )

/** Where an intervention ends: the last message before the conversation was the clone's again. */
const lastSeqOf = (queries: Queries, handoff: Handoff): number =>
  queries
    .select({ seq: handoffs.messageSeq })
    .from(handoffs)
    .where(and(eq(handoffs.conversationId, handoff.conversationId), gt(handoffs.seq, handoff.seq)))
    .orderBy(asc(handoffs.seq))
    .limit(1)
    .get()?.seq ?? Number.MAX_SAFE_INTEGER

/** An ended takeover with all that is read of it; null where the coach wrote nothing that still stands. */
export const interventionOf = (queries: Queries, handoff: Handoff): Intervention | null => {
  const { conversationId } = handoff
  const inThread = and(eq(messages.conversationId, conversationId), stands)
  const between = and(inThread, gt(messages.seq, handoff.messageSeq), lte(messages.seq, lastSeqOf(queries, handoff)))
  const half = mostMessages / 2
  const first = turnsOf(
    queries.select(columns).from(messages).where(between).orderBy(asc(messages.seq)).limit(half).all(),
  )
  const last = turnsOf(
    queries.select(columns).from(messages).where(between).orderBy(desc(messages.seq)).limit(half).all(),
  )
  const during = [...first, ...last.reverse().filter(({ seq }) => seq > (first.at(-1)?.seq ?? 0))]
  const coach = during.filter(({ from }) => from === 'human_coach')
  const [begin] = coach
  const end = coach.at(-1)
  if (!begin || !end) return null
  const around = (where: ReturnType<typeof lt>, order: ReturnType<typeof asc>): Said[] =>
    turnsOf(
      queries
        .select(columns)
        .from(messages)
        .where(and(inThread, ne(messages.senderType, 'system'), where))
        .orderBy(order)
        .limit(messagesAround)
        .all(),
    )
  const meanwhile = during.filter(({ from, seq }) => from === 'client' && seq > begin.seq && seq < end.seq)
  const client = queries.select({ name: clients.name }).from(clients).where(eq(clients.id, handoff.clientId)).get()
  return {
    handoff,
    clientName: client?.name ?? '',
    before: around(lt(messages.seq, begin.seq), desc(messages.seq)).reverse(),
    coach,
    after: [...meanwhile, ...reactionTo(queries, handoff, around(gt(messages.seq, end.seq), asc(messages.seq)))],
  }
}

/**
 * What was said after the coach's last word, up to the moment for which somebody was called the next time: that is no answer
 * to this one, unless it is all there is.
 */
const reactionTo = (queries: Queries, handoff: Handoff, said: readonly Said[]): Said[] => {
  const next = queries
    .select({ seq: handoffs.messageSeq })
    .from(handoffs)
    .where(
      and(
        eq(handoffs.conversationId, handoff.conversationId),
        gt(handoffs.seq, handoff.seq),
        ne(handoffs.toOwner, 'ai'),
      ),
    )
    .orderBy(asc(handoffs.seq))
    .limit(1)
    .get()
  if (!next) return [...said]
  const [first] = said.filter(({ from }) => from === 'client')
  return said.filter((one) => one.seq < next.seq || (one.seq === next.seq && one === first))
}

/** Ended takeovers in which the coach wrote and that were never analysed, oldest first; of one conversation or of all. */
export const unanalysed = (queries: Queries, conversationId: string | null, limit: number): Handoff[] =>
  queries
    .select({ handoff: handoffs })
    .from(handoffs)
    .leftJoin(humanInterventionAnalyses, eq(humanInterventionAnalyses.handoffId, handoffs.id))
    .where(
      and(
        conversationId === null ? undefined : eq(handoffs.conversationId, conversationId),
        eq(handoffs.toOwner, 'human'),
        isNotNull(handoffs.endedAt),
        gt(handoffs.messagesInIntervention, 0),
        isNull(humanInterventionAnalyses.id),
      ),
    )
    .orderBy(asc(handoffs.seq))
    .limit(limit)
    .all()
    .map(({ handoff }) => handoff)

/** Analyses whose reaction can still grow: fewer than five messages after their last word had been said when they were made. */
export const openAnalyses = (queries: Queries, conversationId: string): Analysis[] => {
  const counted = queries
    .select({ seq: messages.seq })
    .from(messages)
    .where(and(eq(messages.conversationId, conversationId), stands, ne(messages.senderType, 'system')))
    .orderBy(desc(messages.seq))
    .limit(messagesAround + 1)
    .all()
  const oldest = counted.at(-1)?.seq ?? 0
  return queries
    .select()
    .from(humanInterventionAnalyses)
    .where(
      and(eq(humanInterventionAnalyses.conversationId, conversationId), gte(humanInterventionAnalyses.lastSeq, oldest)),
    )
    .all()
}

export const handoffOf = (queries: Queries, handoffId: string): Handoff | undefined =>
  queries.select().from(handoffs).where(eq(handoffs.id, handoffId)).get()

/** Whether somebody spoke in a conversation since the coach was last in it, so that a reaction may be in. */
export const hasOpenAnalysis = (queries: Queries, conversationId: string): boolean =>
  openAnalyses(queries, conversationId).length > 0

/** Conversations with ended takeovers that were never analysed. */
export const conversationsToLearnFrom = (queries: Queries): string[] =>
  queries
    .selectDistinct({ id: conversations.id })
    .from(conversations)
    .where(
      sql`EXISTS (SELECT 1 FROM handoffs h LEFT JOIN human_intervention_analyses a ON a.handoff_id = h.id
        WHERE h.conversation_id = ${conversations.id} AND h.to_owner = 'human' AND h.ended_at IS NOT NULL
          AND h.messages_in_intervention > 0 AND a.id IS NULL)`,
    )
    .all()
    .map(({ id }) => id)
