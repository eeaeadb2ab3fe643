import type { InferContractRouterOutputs } from '@orpc/contract'
import { sql } from 'drizzle-orm'
import type { Queries } from '../../../db/sqlite.ts'
import type { learning } from '../../../shared/contract/learning.ts'

type Overview = InferContractRouterOutputs<typeof learning>['overview']

/** What was learned so far, in figures. */
export const learningOverview = (queries: Queries): Overview =>
  queries.get<Overview>(sql`
    SELECT count(*) AS interventions, min(a.ended_at) AS since FROM human_intervention_analyses a
    WHERE a.is_active = 1 AND a.client_id NOT IN (SELECT id FROM clients WHERE is_practice = 1)`)
