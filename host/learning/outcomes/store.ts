import { sql } from 'drizzle-orm'
import { replyOutcomes } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { Tx } from '../../../db/write.ts'
import type { Reaction } from '../../../shared/taxonomy/learning.ts'

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

/** What the client wrote directly before a reply and directly after it, up to the next answer of anybody. */
export const wordsAround = (
  queries: Queries,
  { clientId, conversationId, sentSeq }: SentReply,
): { before: string; after: string } => {
  const said = (range: ReturnType<typeof sql>, order: ReturnType<typeof sql>): string[] =>
    queries
      .all<{ content: string }>(
        sql`SELECT content FROM messages WHERE client_id = ${clientId} AND conversation_id = ${conversationId} AND ${range}
          AND sender_type = 'client' AND removed_at IS NULL AND content <> '' ORDER BY ${order} LIMIT ${messagesRead}`,
      )
      .map(({ content }) => content)
  const isAnswer = sql`a.conversation_id = ${conversationId} AND a.sender_type IN ('ai','human_coach')
    AND a.delivery_status IN ('sent','delivered','read')`
  const next = queries.get<{ seq: number | null }>(
    sql`SELECT min(a.seq) AS seq FROM messages a WHERE ${isAnswer} AND a.seq > ${sentSeq}`,
  )?.seq
  const upTo = next === null || next === undefined ? sql`seq > ${sentSeq}` : sql`seq > ${sentSeq} AND seq < ${next}`
  return {
    before: said(sql`seq < ${sentSeq}`, sql`seq DESC`).reverse().join('\n'),
    after: said(upTo, sql`seq`).join('\n'),
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
