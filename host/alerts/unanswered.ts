import { sql } from 'drizzle-orm'
import type { Queries } from '../../db/sqlite.ts'
import type { UnansweredCrisis } from '../../shared/contract/handoffs.ts'
import { isUnansweredCrisis } from '../handoff/index.ts'

/** Safety crises the coach has acknowledged or taken over, whose client no person has answered yet; oldest first. */
export const listUnansweredCrises = (queries: Queries): UnansweredCrisis[] =>
  queries
    .all<Omit<UnansweredCrisis, 'isTakenOver'> & { owner: string }>(
      sql`SELECT h.id AS handoffId, h.conversation_id AS conversationId, cl.name AS clientName, h.to_owner AS owner,
                 h.acknowledged_at AS since
          FROM handoffs h INDEXED BY handoffs_crises JOIN clients cl ON cl.id = h.client_id
          WHERE h.acknowledged_at IS NOT NULL AND ${isUnansweredCrisis}
          ORDER BY h.seq`,
    )
    .map(({ owner, ...crisis }) => ({ ...crisis, isTakenOver: owner === 'human' }))
