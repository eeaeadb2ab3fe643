import { and, eq, inArray } from 'drizzle-orm'
import { clientEffectiveApproaches, conversations, learnedMarks, learnedUses } from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import { approachId, refoldApproaches } from './approaches/index.ts'
import { refreshProfile } from './profile/index.ts'

interface Adoption {
  /** Whose learning becomes the other's. */
  readonly from: string
  readonly to: string
}

/** Approaches are named after their client: what the coach decided about one, and where it was used, follows it. */
const renameApproaches = (tx: Tx, { from, to }: Adoption): void => {
  const theirs = tx.queries
    .select()
    .from(clientEffectiveApproaches)
    .where(eq(clientEffectiveApproaches.clientId, from))
    .all()
  for (const { id, situationType, approach } of theirs) {
    const renamed = approachId(to, situationType, approach)
    tx.queries
      .update(learnedUses)
      .set({ itemId: renamed })
      .where(and(eq(learnedUses.kind, 'approach'), eq(learnedUses.itemId, id)))
      .run()
    const isDecided = and(eq(learnedMarks.kind, 'approach'), inArray(learnedMarks.itemKey, [id, renamed]))
    const [decided] = tx.queries.select().from(learnedMarks).where(isDecided).all()
    if (!decided) continue
    tx.queries.delete(learnedMarks).where(isDecided).run()
    tx.queries
      .insert(learnedMarks)
      .values({ ...decided, itemKey: renamed, clientId: decided.clientId === null ? null : to })
      .run()
  }
}

/** What the coach decided for one of the two holds for the one they become. */
const moveMarks = (tx: Tx, { from, to }: Adoption): void => {
  const theirs = tx.queries.select().from(learnedMarks).where(eq(learnedMarks.clientId, from)).all()
  tx.queries.delete(learnedMarks).where(eq(learnedMarks.clientId, from)).run()
  for (const mark of theirs)
    tx.queries
      .insert(learnedMarks)
      .values({ ...mark, clientId: to })
      .onConflictDoNothing()
      .run()
}

/** Memory has read what a client did: what they had committed to with the coach may be kept or dropped by now. */
export const weighFollowThrough = (tx: Tx, conversationId: string): void => {
  const conversation = tx.queries.select().from(conversations).where(eq(conversations.id, conversationId)).get()
  if (!conversation) return
  const { clientId } = conversation
  const known = tx.queries
    .select({ id: clientEffectiveApproaches.id })
    .from(clientEffectiveApproaches)
    .where(eq(clientEffectiveApproaches.clientId, clientId))
    .limit(1)
    .get()
  if (known) refoldApproaches(tx, clientId)
}

/** Before the rows of one client become another's: what is named after them is named anew. */
export const adoptLearning = (tx: Tx, adoption: Adoption): void => {
  renameApproaches(tx, adoption)
  moveMarks(tx, adoption)
}

/** After rows of a client were moved or erased: what is learned follows from what is left. */
export const relearn = (tx: Tx, clientId: string | null): void => {
  if (clientId !== null) refoldApproaches(tx, clientId)
  refreshProfile(tx)
}
