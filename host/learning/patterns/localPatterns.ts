import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Queries } from '../../../db/sqlite.ts'
import { type Move, moves } from '../../../shared/taxonomy/learning.ts'
import type { Situation } from '../../../shared/taxonomy/situations.ts'
import { intervalOf, meanOf } from '../approaches/index.ts'

/** What works across this coach's own clients: a structure and counts, never a word of anybody's. */
export interface LocalPattern {
  readonly id: string
  readonly situation: Situation
  readonly approach: string
  readonly structure: readonly Move[]
  readonly clientCount: number
  readonly effectiveness: number
  readonly low: number
  readonly high: number
}

/** With fewer clients it would be one person's way. */
export const leastClients = 3

const row = z.object({
  approach: z.string(),
  structure: z.string().transform((stored) => z.array(z.enum(moves)).parse(JSON.parse(stored))),
  clients: z.int(),
  speaksFor: z.number(),
  speaksAgainst: z.number(),
})

/** Patterns of a situation that several clients bear out, the surest first. Practice clients do not count. */
export const localPatterns = (queries: Queries, situation: Situation): LocalPattern[] =>
  queries
    .all(
      sql`SELECT a.approach AS approach, min(a.structure) AS structure, count(DISTINCT a.client_id) AS clients,
          sum(a.alpha - 1) AS speaksFor, sum(a.beta - 1) AS speaksAgainst
        FROM client_effective_approaches a JOIN clients c ON c.id = a.client_id
        WHERE a.situation_type = ${situation} AND c.is_practice = 0
          AND NOT EXISTS (SELECT 1 FROM learned_marks m WHERE m.kind = 'approach' AND m.item_key = a.id)
        GROUP BY a.approach HAVING count(DISTINCT a.client_id) >= ${leastClients}`,
    )
    .map((found) => row.parse(found))
    .map(({ approach, structure, clients, speaksFor, speaksAgainst }) => {
      const posterior = { alpha: 1 + speaksFor, beta: 1 + speaksAgainst }
      return {
        id: `l-${createHash('sha256')
          .update(JSON.stringify([situation, approach]))
          .digest('hex')
          .slice(0, 24)}`,
        situation,
        approach,
        structure,
        clientCount: clients,
        effectiveness: meanOf(posterior),
        ...intervalOf(posterior),
      }
    })
    .sort((a, b) => b.low - a.low)
