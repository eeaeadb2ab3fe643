import { and, eq, inArray, notInArray } from 'drizzle-orm'
import { learnedUses } from '../../../db/schema/index.ts'
import type { Tx } from '../../../db/write.ts'
import type { LearnedKind } from '../../../shared/taxonomy/learning.ts'

interface LearnedItem {
  readonly kind: LearnedKind
  readonly id: string
}

/** Keeps which learned items a run of the clone was given; the same run twice changes nothing. */
export const noteLearnedGiven = (
  tx: Tx,
  executionId: string,
  clientId: string,
  items: readonly LearnedItem[],
  now: number,
): void => {
  if (items.length === 0) return
  tx.queries
    .insert(learnedUses)
    .values(items.map(({ kind, id }) => ({ executionId, kind, itemId: id, clientId, createdAt: now })))
    .onConflictDoNothing()
    .run()
}

/** Keeps which of the items that a run was given show in its words; the others were given and not used. */
export const noteLearnedUsed = (tx: Tx, executionId: string, usedIds: readonly string[]): void => {
  const ofRun = eq(learnedUses.executionId, executionId)
  const used = [...usedIds]
  tx.queries
    .update(learnedUses)
    .set({ isUsed: true })
    .where(and(ofRun, inArray(learnedUses.itemId, used)))
    .run()
  tx.queries
    .update(learnedUses)
    .set({ isUsed: false })
    .where(and(ofRun, notInArray(learnedUses.itemId, used)))
    .run()
}
