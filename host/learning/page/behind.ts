import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'
import { type SQL, sql } from 'drizzle-orm'
import type { Queries } from '../../../db/sqlite.ts'
import type { learning } from '../../../shared/contract/learning.ts'
import { Problem } from '../../../shared/problem.ts'
import type { Reaction } from '../../../shared/taxonomy/learning.ts'
import { noReactionWords, reactionWords } from '../../../shared/taxonomy/learningWords.ts'
import { behindRates, type RateMessage } from '../../reports/index.ts'
import { phraseKey, profileOf } from '../profile/index.ts'
import { counts, storedTexts } from './rows.ts'

type Asked = InferContractRouterInputs<typeof learning>['behind']
type Row = InferContractRouterOutputs<typeof learning>['behind']['rows'][number]

/** The messages behind a figure of the page, newest first. Throws NOT_FOUND for what is not there any more. */
export const behindLearning = (queries: Queries, { figure, limit }: Asked): Row[] => {
  switch (figure.what) {
    case 'interventions':
      return interventionsWhere(queries, sql`1`, limit)
    case 'technique':
      return interventionsWhere(queries, sql`a.technique_type = ${figure.technique}`, limit)
    case 'situation':
      return interventionsWhere(queries, sql`a.situation_type = ${figure.situation}`, limit)
    case 'tone':
      return interventionsWhere(queries, sql`a.style_tone = ${figure.tone}`, limit)
    case 'period':
      return interventionsWhere(
        queries,
        sql`strftime('%Y-%m', a.ended_at / 1000, 'unixepoch') = ${figure.period}`,
        limit,
      )
    case 'phrase':
      return interventionsWhere(
        queries,
        sql`a.seq IN (SELECT value FROM json_each(${saying(queries, figure.key)}))`,
        limit,
      )
    case 'approach':
      return interventionsWhere(queries, likeApproach(figure.approachId), limit)
    case 'confidence':
      return answersBetween(queries, figure, limit)
    case 'handoff':
    case 'missed':
      return behindRates(queries, figure.what, figure, limit).map(withoutAnalysis)
  }
}

const withoutAnalysis = (row: RateMessage): Row => ({ ...row, interventionId: null })

const interventionsWhere = (queries: Queries, condition: SQL, limit: number): Row[] =>
  queries
    .all<Omit<Row, 'detail' | 'senderType'> & { reaction: Reaction | null }>(sql`
      SELECT a.conversation_id AS conversationId, a.message_id AS messageId, a.first_seq AS messageSeq, cl.name AS clientName,
        coalesce(substr(m.content, 1, 160), '') AS preview, a.client_reaction AS reaction, a.ended_at AS at, a.id AS interventionId
      FROM human_intervention_analyses a JOIN clients cl ON cl.id = a.client_id LEFT JOIN messages m ON m.id = a.message_id
      WHERE ${counts} AND ${condition}
      ORDER BY a.ended_at DESC, a.seq DESC LIMIT ${limit}`)
    .map(({ reaction, ...row }) => ({
      ...row,
      senderType: 'human_coach',
      detail: `${reaction === null ? noReactionWords : reactionWords[reaction]}.`,
    }))

const likeApproach = (approachId: string): SQL =>
  sql`EXISTS (SELECT 1 FROM client_effective_approaches e WHERE e.id = ${approachId}
    AND e.client_id = a.client_id AND e.situation_type = a.situation_type AND e.structure = a.structure)`

/** The seqs of analyses in which a phrase of the profile was said, as JSON. */
const saying = (queries: Queries, key: string): string => {
  const phrase = profileOf(queries)?.signaturePhrases.find((one) => one.key === key)?.phrase
  if (phrase === undefined) throw new Problem('NOT_FOUND', 'This phrase is not among yours any more.')
  const rows = queries.all<{ seq: number; phrases: string }>(
    sql`SELECT a.seq, a.key_phrases AS phrases FROM human_intervention_analyses a WHERE ${counts}`,
  )
  const wanted = phraseKey(phrase)
  const said = rows.filter(({ phrases }) => storedTexts(phrases).some((one) => phraseKey(one) === wanted))
  return JSON.stringify(said.map(({ seq }) => seq))
}

/** What the clone answered, with how sure it was. */
const answersBetween = (queries: Queries, { from, to }: { from: number; to: number }, limit: number): Row[] =>
  queries
    .all<Omit<Row, 'detail' | 'interventionId'> & { confidence: number }>(sql`
      SELECT e.conversation_id AS conversationId, m.id AS messageId, m.seq AS messageSeq, cl.name AS clientName,
        m.sender_type AS senderType, coalesce(substr(e.draft_reply, 1, 160), substr(m.content, 1, 160), '') AS preview,
        e.confidence, e.created_at AS at
      FROM agent_executions e INDEXED BY agent_executions_finished JOIN clients cl ON cl.id = e.client_id
      LEFT JOIN messages m ON m.seq = e.last_client_seq
      WHERE e.finished_at >= ${from} AND e.created_at >= ${from} AND e.created_at < ${to} AND e.confidence IS NOT NULL AND cl.is_practice = 0
      ORDER BY e.finished_at DESC LIMIT ${limit}`)
    .map(({ confidence, ...row }) => ({
      ...row,
      senderType: null,
      detail: `Confidence ${confidence.toFixed(2)}.`,
      interventionId: null,
    }))
