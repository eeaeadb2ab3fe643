import type { InferContractRouterOutputs } from '@orpc/contract'
import { type SQL, sql } from 'drizzle-orm'
import type { Queries } from '../../../db/sqlite.ts'
import type { learning } from '../../../shared/contract/learning.ts'
import type { LearnedDecision } from '../../../shared/taxonomy/learning.ts'
import type { Situation } from '../../../shared/taxonomy/situations.ts'
import { intervalOf } from '../approaches/index.ts'
import { storedMoves, storedTexts } from './rows.ts'

type Approach = InferContractRouterOutputs<typeof learning>['overview']['approaches'][number]

interface Found {
  readonly id: string
  readonly clientId: string
  readonly clientName: string
  readonly situation: Situation
  readonly structure: string
  readonly examples: string
  readonly alpha: number
  readonly beta: number
  readonly effectiveness: number
  readonly timesValidated: number
  readonly timesContradicted: number
  readonly interventionId: string | null
  readonly conversationId: string | null
  readonly seq: number | null
  readonly at: number | null
  readonly mark: LearnedDecision | null
}

const approachesWhere = (queries: Queries, condition: SQL, limit: number): Approach[] =>
  queries
    .all<Found>(sql`
      SELECT e.id, e.client_id AS clientId, cl.name AS clientName, e.situation_type AS situation, e.structure, e.examples,
        e.alpha, e.beta, e.effectiveness_score AS effectiveness, e.times_validated AS timesValidated,
        e.times_contradicted AS timesContradicted, a.id AS interventionId, a.conversation_id AS conversationId,
        a.first_seq AS seq, a.ended_at AS at,
        (SELECT k.mark FROM learned_marks k WHERE k.kind = 'approach' AND k.item_key = e.id
           AND coalesce(k.client_id, '') = e.client_id) AS mark
      FROM client_effective_approaches e JOIN clients cl ON cl.id = e.client_id
      LEFT JOIN human_intervention_analyses a ON a.id = e.source_intervention_id
      WHERE ${condition}
      ORDER BY e.times_validated - e.times_contradicted DESC, e.effectiveness_score DESC, e.id LIMIT ${limit}`)
    .map(({ structure, examples, alpha, beta, interventionId, conversationId, seq, at, ...found }): Approach => {
      return {
        ...found,
        moves: storedMoves(structure),
        examples: storedTexts(examples),
        ...intervalOf({ alpha, beta }),
        source:
          interventionId === null || conversationId === null || seq === null || at === null
            ? null
            : { interventionId, conversationId, seq, at },
      }
    })

const isCounted = sql`cl.is_practice = 0`

/** What works for whom, the best proven first; without practice clients. */
export const bestApproaches = (queries: Queries, limit: number): { rows: Approach[]; count: number } => ({
  rows: approachesWhere(queries, isCounted, limit),
  count: queries.get<{ count: number }>(sql`
    SELECT count(*) AS count FROM client_effective_approaches e JOIN clients cl ON cl.id = e.client_id WHERE ${isCounted}`)
    .count,
})

/** What came of an intervention for its client: the approach in that situation with the same steps; null where none did. */
export const approachFor = (
  queries: Queries,
  { clientId, situation, structure }: { clientId: string; situation: Situation; structure: string },
): Approach | null =>
  approachesWhere(
    queries,
    sql`e.client_id = ${clientId} AND e.situation_type = ${situation} AND e.structure = ${structure}`,
    1,
  )[0] ?? null
