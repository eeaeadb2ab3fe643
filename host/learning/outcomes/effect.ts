import { sql } from 'drizzle-orm'
import type { Queries } from '../../../db/sqlite.ts'
import type { LearnedKind } from '../../../shared/taxonomy/learning.ts'
import { type Difference, pooledDifference, type Stratum } from './difference.ts'

interface Share {
  readonly yes: number
  /** Replies whose outcome is known. */
  readonly of: number
}

interface Compared {
  readonly with: Share
  readonly without: Share
  /** Null where no reply with the item has a comparable one without it. */
  readonly difference: Difference | null
  /** Whether the compared replies went to the same clients, or only belong to the same situation. */
  readonly basis: 'same_clients' | 'same_situation'
}

interface Effect {
  /** Replies that were given the item, and those of them whose words show it. */
  readonly given: number
  readonly used: number
  /** The coach sent the draft, changed by no more than a fifth. */
  readonly accepted: Compared
  /** The client took it well; only replies that went out in the clone's words. */
  readonly positive: Compared
  /** At least ten replies on either side whose acceptance is known. */
  readonly enough: boolean
}

interface Row {
  readonly clientId: string
  readonly situation: string
  readonly isGiven: 0 | 1
  readonly accepted: number
  readonly decided: number
  readonly positive: number
  readonly answered: number
}

const leastEach = 10

/**
 * What became of replies with a learned item beside comparable replies without it: same situation, and same client where
 * there are enough of them. Observational: nobody drew lots over who gets the item, replies without it are often the
 * older ones, and replies to one client are alike, so the interval is narrower than the truth. It can show that an item
 * does harm or does nothing; it proves no cause. Practice clients do not count.
 */
export const effectOf = (queries: Queries, kind: LearnedKind, itemId: string): Effect => {
  const counts = queries.get<{ given: number; used: number }>(
    sql`SELECT count(*) AS given, coalesce(sum(is_used), 0) AS used FROM learned_uses INDEXED BY learned_uses_item
      WHERE kind = ${kind} AND item_id = ${itemId}`,
  )
  const rows = comparable(queries, kind, itemId)
  const accepted = compare(rows, ({ accepted: yes, decided: of }) => ({ yes, of }))
  return {
    given: counts?.given ?? 0,
    used: counts?.used ?? 0,
    accepted,
    positive: compare(rows, ({ positive: yes, answered: of }) => ({ yes, of })),
    enough: accepted.with.of >= leastEach && accepted.without.of >= leastEach,
  }
}

const comparable = (queries: Queries, kind: LearnedKind, itemId: string): Row[] =>
  queries.all<Row>(sql`
    WITH given AS MATERIALIZED (
      SELECT u.execution_id FROM learned_uses u INDEXED BY learned_uses_item WHERE u.kind = ${kind} AND u.item_id = ${itemId})
    SELECT o.client_id AS clientId, o.situation_type AS situation, o.execution_id IN given AS isGiven,
      sum(o.is_accepted = 1 AND o.should_have_handed_over = 0) AS accepted, count(o.is_accepted) AS decided,
      sum(o.reaction IN ('positive','transformative') AND o.is_accepted IS NOT 0) AS positive,
      sum(o.reaction IS NOT NULL AND o.is_accepted IS NOT 0) AS answered
    FROM reply_outcomes o
    WHERE o.situation_type IN (SELECT DISTINCT p.situation_type FROM reply_outcomes p WHERE p.execution_id IN given)
      AND o.client_id NOT IN (SELECT id FROM clients WHERE is_practice = 1)
    GROUP BY o.client_id, o.situation_type, isGiven`)

const compare = (rows: readonly Row[], shareOf: (row: Row) => Share): Compared => {
  const byClient = strataBy(rows, shareOf, ({ clientId, situation }) => `${situation} ${clientId}`)
  const paired = byClient.filter((one) => one.with.of > 0 && one.without.of > 0)
  const isEnough =
    total(paired.map((one) => one.with)).of >= leastEach && total(paired.map((one) => one.without)).of >= leastEach
  const strata = isEnough ? paired : strataBy(rows, shareOf, ({ situation }) => situation)
  return {
    with: total(strata.map((one) => one.with)),
    without: total(strata.map((one) => one.without)),
    difference: pooledDifference(strata),
    basis: isEnough ? 'same_clients' : 'same_situation',
  }
}

const strataBy = (
  rows: readonly Row[],
  shareOf: (row: Row) => Share,
  keyOf: (row: Row) => string,
): readonly Stratum[] =>
  [...Map.groupBy(rows, keyOf).values()].map((group) => ({
    with: total(group.filter((row) => row.isGiven === 1).map(shareOf)),
    without: total(group.filter((row) => row.isGiven === 0).map(shareOf)),
  }))

const total = (shares: readonly Share[]): Share => ({
  yes: shares.reduce((sum, share) => sum + share.yes, 0),
  of: shares.reduce((sum, share) => sum + share.of, 0),
})
