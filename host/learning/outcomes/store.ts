import { type SQL, sql } from 'drizzle-orm'
import { replyOutcomes } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { Tx } from '../../../db/write.ts'
import type { Reaction } from '../../../shared/taxonomy/learning.ts'
import type { Turn } from '../analysis/index.ts'

/** How many messages of the client before and after a reply are read for their reaction. */
const messagesRead = 3

export interface SentReply {
  readonly executionId: string
  readonly clientId: string
  readonly conversationId: string
  readonly sentSeq: number
}

/** Replies whose reaction has to be read, at most `most`; one that did not arrive has none. */
export const repliesToRead = (
  queries: Queries,
  most: number,
): (Omit<SentReply, 'sentSeq'> & { sentSeq: number | null })[] =>
  queries.all(sql`
    SELECT execution_id AS executionId, client_id AS clientId, conversation_id AS conversationId, sent_seq AS sentSeq
    FROM reply_outcomes INDEXED BY reply_outcomes_due WHERE is_reaction_due = 1 ORDER BY execution_id LIMIT ${most}`)

interface Around {
  readonly before: readonly Turn[]
  readonly reply: readonly Turn[]
  readonly after: readonly Turn[]
}

/** A reply, with what the client wrote before it, and directly after it, up to the next answer of anybody. */
export const wordsAround = (queries: Queries, { clientId, conversationId, sentSeq }: SentReply): Around => {
  const inThread = sql`client_id = ${clientId} AND conversation_id = ${conversationId}`
  const isSaid = sql`${inThread} AND sender_type = 'client' AND removed_at IS NULL AND content <> ''`
  const turns = (from: Turn['from'], rows: SQL): Turn[] =>
    queries
      .all<{ text: string; at: number }>(sql`SELECT content AS text, sent_at AS at FROM messages WHERE ${rows}`)
      .map(({ text, at }) => ({ from, text, at }))
  const isAnswer = sql`sender_type IN ('ai','human_coach') AND delivery_status IN ('sent','delivered','read')`
  const next = queries.get<{ seq: number | null }>(
    sql`SELECT min(seq) AS seq FROM messages WHERE ${inThread} AND ${isAnswer} AND seq > ${sentSeq}`,
  )?.seq
  const end = next ?? Number.MAX_SAFE_INTEGER
  return {
    before: turns('client', sql`${isSaid} AND seq < ${sentSeq} ORDER BY seq DESC LIMIT ${messagesRead}`).reverse(),
    reply: turns('ai', sql`${inThread} AND seq = ${sentSeq}`),
    after: turns('client', sql`${isSaid} AND seq > ${sentSeq} AND seq < ${end} ORDER BY seq LIMIT ${messagesRead}`),
  }
}

export const saveReaction = (tx: Tx, executionId: string, reaction: Reaction | null): void => {
  tx.queries
    .update(replyOutcomes)
    .set({ reaction, isReactionDue: false })
    .where(sql`execution_id = ${executionId}`)
    .run()
}

const facts = sql.raw(
  [
    'execution_id',
    'client_id',
    'conversation_id',
    'situation_type',
    'confidence',
    'raw_confidence',
    'model_confidence',
    'handoff_score',
    'draft_outcome',
    'edit_distance',
    'is_accepted',
    'should_have_handed_over',
    'is_self_sent',
    'is_found_helpful',
    'sent_seq',
    'created_at',
    'updated_at',
  ].join(', '),
)

/** Puts the outcomes aside and writes them from the tables they follow from; all reactions are due. */
export const rewriteOutcomes = (tx: Tx, clientId?: string): void => {
  const theirs = clientId === undefined ? sql`1` : sql`client_id = ${clientId}`
  tx.queries.run(sql`DELETE FROM reply_outcomes WHERE ${theirs}`)
  tx.queries.run(sql`INSERT INTO reply_outcomes (${facts}) SELECT ${facts} FROM reply_outcome_facts WHERE ${theirs}`)
}
