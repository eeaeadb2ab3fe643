import { sql } from 'drizzle-orm'
import type { Queries } from '../../../db/sqlite.ts'
import type { RuleRow } from './ruleStore.ts'

/** What became of the replies a rule was given to, beside those of the same scope that had to do without. */
export interface RuleRecord {
  readonly timesGiven: number
  /** Replies that followed it, as far as is known. */
  readonly timesUsed: number
  readonly withRule: Accepted
  readonly withoutRule: Accepted
}

interface Accepted {
  readonly accepted: number
  /** Only replies about which it is known. */
  readonly of: number
}

interface Row {
  readonly given: number | null
  readonly used: number | null
  readonly acceptedWith: number | null
  readonly knownWith: number | null
  readonly accepted: number | null
  readonly known: number | null
}

export const recordOf = (
  queries: Queries,
  { id, clientId, situationType }: Pick<RuleRow, 'id' | 'clientId' | 'situationType'>,
): RuleRecord => {
  const row = queries.get<Row>(sql`
    SELECT (SELECT count(*) FROM learned_uses WHERE kind = 'rule' AND item_id = ${id}) AS given,
      (SELECT sum(is_used) FROM learned_uses WHERE kind = 'rule' AND item_id = ${id}) AS used,
      sum(CASE WHEN u.item_id IS NOT NULL THEN o.is_accepted END) AS acceptedWith,
      sum(u.item_id IS NOT NULL) AS knownWith,
      sum(CASE WHEN u.item_id IS NULL THEN o.is_accepted END) AS accepted,
      sum(u.item_id IS NULL) AS known
    FROM reply_outcomes o
    LEFT JOIN learned_uses u ON u.execution_id = o.execution_id AND u.kind = 'rule' AND u.item_id = ${id}
    WHERE o.is_accepted IS NOT NULL
      AND (${clientId} IS NULL OR o.client_id = ${clientId})
      AND (${situationType} IS NULL OR o.situation_type = ${situationType})`)
  return {
    timesGiven: row?.given ?? 0,
    timesUsed: row?.used ?? 0,
    withRule: { accepted: row?.acceptedWith ?? 0, of: row?.knownWith ?? 0 },
    withoutRule: { accepted: row?.accepted ?? 0, of: row?.known ?? 0 },
  }
}
