import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'
import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm'
import { z } from 'zod'
import { humanInterventionAnalyses, messages } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import { type LearnedIntervention, learnedCorrections, type learning } from '../../../shared/contract/learning.ts'
import { Problem } from '../../../shared/problem.ts'
import { approachFor } from './approaches.ts'
import { type AnalysisRow, storedMoves, storedTexts } from './rows.ts'

type Analysis = InferContractRouterOutputs<typeof learning>['intervention']
type Asked = InferContractRouterInputs<typeof learning>['interventions']

const answerLength = 160
const messagesAround = 5
const mostMessages = 200

interface ListedRow
  extends Pick<
    AnalysisRow,
    | 'id'
    | 'handoffId'
    | 'conversationId'
    | 'clientId'
    | 'situationType'
    | 'techniqueType'
    | 'styleTone'
    | 'structure'
    | 'keyPhrases'
    | 'clientReaction'
    | 'corrections'
    | 'firstSeq'
    | 'endedAt'
  > {
  readonly seq: number
  readonly clientName: string
  readonly isPractice: number
  readonly isActive: number
  readonly answer: string | null
}

/** The client's first words after the coach's last one; before the coach's end where they said nothing since. */
const answer = sql`(SELECT substr(m.content, 1, ${answerLength}) FROM messages m
  WHERE m.conversation_id = a.conversation_id AND m.seq > a.first_seq AND m.seq <= a.reaction_seq
    AND m.sender_type = 'client' AND m.removed_at IS NULL
  ORDER BY m.seq <= a.last_seq, m.seq LIMIT 1)`

const columns = sql`a.seq, a.id, a.handoff_id AS handoffId, a.conversation_id AS conversationId, a.client_id AS clientId,
  cl.name AS clientName, cl.is_practice AS isPractice, a.situation_type AS situationType, a.technique_type AS techniqueType,
  a.style_tone AS styleTone, a.structure, a.key_phrases AS keyPhrases, a.client_reaction AS clientReaction,
  a.corrections, a.is_active AS isActive, a.first_seq AS firstSeq, a.ended_at AS endedAt, ${answer} AS answer`

const listed = (row: ListedRow): LearnedIntervention => ({
  id: row.id,
  handoffId: row.handoffId,
  conversationId: row.conversationId,
  clientId: row.clientId,
  clientName: row.clientName,
  isPractice: row.isPractice === 1,
  situation: row.situationType,
  technique: row.techniqueType,
  tone: row.styleTone,
  moves: storedMoves(row.structure),
  phrases: storedTexts(row.keyPhrases),
  reaction: row.clientReaction,
  answer: row.answer ?? '',
  isActive: row.isActive === 1,
  isCorrected: row.corrections !== '{}',
  firstSeq: row.firstSeq,
  endedAt: row.endedAt,
})

const cursorShape = /^(\d{1,16})-(\d{1,16})$/

/** A page of the interventions, the newest first. Throws INVALID_INPUT for a cursor that is none. */
export const listInterventions = (
  queries: Queries,
  { cursor, limit }: Asked,
): { rows: LearnedIntervention[]; next: string | null } => {
  const from = cursor === undefined ? null : cursorShape.exec(cursor)
  if (cursor !== undefined && !from) throw new Problem('INVALID_INPUT')
  const rows = queries.all<ListedRow>(sql`
    SELECT ${columns} FROM human_intervention_analyses a JOIN clients cl ON cl.id = a.client_id
    WHERE ${from ? sql`(a.ended_at, a.seq) < (${Number(from[1])}, ${Number(from[2])})` : sql`1`}
    ORDER BY a.ended_at DESC, a.seq DESC LIMIT ${limit}`)
  const last = rows.length === limit ? rows.at(-1) : undefined
  return { rows: rows.map(listed), next: last ? `${last.endedAt}-${last.seq}` : null }
}

const disagreements = z.array(z.object({ field: z.string(), local: z.string(), model: z.string() }))

/** One analysis with all that is known of it, by its id or that of its takeover. Throws NOT_FOUND. */
export const readIntervention = (
  queries: Queries,
  asked: { readonly id: string } | { readonly handoffId: string },
): Analysis => {
  const { id: idColumn, handoffId: handoffColumn } = humanInterventionAnalyses
  const row = queries
    .select()
    .from(humanInterventionAnalyses)
    .where('id' in asked ? eq(idColumn, asked.id) : eq(handoffColumn, asked.handoffId))
    .get()
  const [head] = row
    ? queries.all<ListedRow>(
        sql`SELECT ${columns} FROM human_intervention_analyses a JOIN clients cl ON cl.id = a.client_id WHERE a.seq = ${row.seq}`,
      )
    : []
  if (!row || !head) throw new Problem('NOT_FOUND', 'Nothing is kept of this intervention any more.')
  return {
    ...listed(head),
    pace: row.stylePace,
    formality: row.styleFormality,
    energy: row.styleEnergy,
    framework: row.frameworkUsed,
    approach: row.approachDescription,
    opening: row.openingPattern,
    closing: row.closingPattern,
    emotionalHandling: storedTexts(row.emotionalIntelligence),
    advice: row.specificAdvice,
    metaphor: row.metaphorUsed,
    responseSeconds: row.responseTimeSeconds,
    minutes: row.interventionDurationMinutes,
    messagesExchanged: row.messagesExchanged,
    shift: row.conversationShift,
    isResolved: row.resolutionAchieved,
    engagement: row.clientEngagement,
    followThrough: row.followThroughLikely,
    isApplicable: row.applicableToSimilar,
    isTransferable: row.transferableToOthers,
    confidence: row.confidenceScore,
    replicationValue: row.replicationValue,
    whyEffective: row.whyEffective,
    hasModelView: row.modelView !== null,
    disagreements: disagreements.parse(JSON.parse(row.disagreements)),
    corrections: learnedCorrections.parse(JSON.parse(row.corrections)),
    learned: row.isActive
      ? approachFor(queries, { clientId: row.clientId, situation: row.situationType, structure: row.structure })
      : null,
    messages: messagesOf(queries, row),
  }
}

/** The words an analysis rests on: five before, all of the talk, and up to the last one read as a reaction. */
const messagesOf = (queries: Queries, { conversationId, firstSeq, lastSeq, reactionSeq }: AnalysisRow) => {
  const stands = and(
    eq(messages.conversationId, conversationId),
    isNull(messages.removedAt),
    ne(messages.senderType, 'system'),
  )
  const before = queries
    .select()
    .from(messages)
    .where(and(stands, sql`${messages.seq} < ${firstSeq}`))
    .orderBy(sql`${messages.seq} DESC`)
    .limit(messagesAround)
    .all()
    .reverse()
  const talk = queries
    .select()
    .from(messages)
    .where(and(stands, sql`${messages.seq} BETWEEN ${firstSeq} AND ${Math.max(lastSeq, reactionSeq)}`))
    .orderBy(asc(messages.seq))
    .limit(mostMessages)
    .all()
  return [...before, ...talk].map(({ seq, senderType, content, sentAt }) => ({
    seq,
    senderType,
    text: content,
    at: sentAt,
    part: seq < firstSeq ? ('before' as const) : seq <= lastSeq ? ('during' as const) : ('after' as const),
  }))
}
