import { and, eq, sql } from 'drizzle-orm'
import { learnedMarks, learnedRules } from '../../../db/schema/index.ts'
import type { Tx } from '../../../db/write.ts'
import { ruleIdOf } from './keys.ts'
import { concludeRules, keyOf, peopleIn, settled } from './ruleStore.ts'

/**
 * Makes the rules of one client another's, in the transaction that has moved the judged drafts: taught ones and decisions
 * come over, what the kept client has stays, and what comes from edits is concluded anew.
 */
export const adoptRules = (tx: Tx, { from, to }: { readonly from: string; readonly to: string }): void => {
  const { queries } = tx
  adoptMarks(tx, { from, to })
  for (const row of queries.select().from(learnedRules).where(eq(learnedRules.clientId, from)).all()) {
    const key = { ...keyOf(row), clientId: to }
    const id = ruleIdOf(key)
    queries.run(sql`UPDATE OR REPLACE learned_uses SET item_id = ${id} WHERE kind = 'rule' AND item_id = ${row.id}`)
    queries.delete(learnedRules).where(eq(learnedRules.id, row.id)).run()
    if (row.origin === 'drafts') continue
    const { seq: _, ...taught } = row
    const { state, safety } = settled(queries, key, row.state !== 'proposed', { people: peopleIn(queries) })
    queries
      .insert(learnedRules)
      .values({ ...taught, id, clientId: to, state, safety: row.state === 'proposed' ? row.safety : safety })
      .onConflictDoNothing()
      .run()
  }
  concludeRules(tx)
}

/** Where the coach decided about the same rule of both, the decision about the kept client holds. */
const adoptMarks = (tx: Tx, { from, to }: { readonly from: string; readonly to: string }): void => {
  const theirs = and(eq(learnedMarks.kind, 'rule'), eq(learnedMarks.clientId, from))
  const rows = tx.queries.select().from(learnedMarks).where(theirs).all()
  tx.queries.delete(learnedMarks).where(theirs).run()
  for (const row of rows)
    tx.queries
      .insert(learnedMarks)
      .values({ ...row, clientId: to })
      .onConflictDoNothing()
      .run()
}
