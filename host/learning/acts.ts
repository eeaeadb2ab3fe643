import { and, eq, isNull } from 'drizzle-orm'
import { clients, humanInterventionAnalyses, learnedMarks } from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import type { Corrections } from '../../shared/contract/learning.ts'
import { Problem } from '../../shared/problem.ts'
import type { LearnedDecision, LearnedKind } from '../../shared/taxonomy/learning.ts'

const analysisOf = (tx: Tx, id: string) => {
  const found = tx.queries.select().from(humanInterventionAnalyses).where(eq(humanInterventionAnalyses.id, id)).get()
  if (!found) throw new Problem('NOT_FOUND')
  return found
}

/** Puts an analysis right, in the coach's word. Throws NOT_FOUND. */
export const correctIntervention = (
  tx: Tx,
  { id, corrections }: { readonly id: string; readonly corrections: Corrections },
  now: number,
): void => {
  const { seq, clientId, conversationId } = analysisOf(tx, id)
  const { structure, keyPhrases, ...plain } = corrections
  tx.queries
    .update(humanInterventionAnalyses)
    .set({
      ...plain,
      ...(structure === undefined ? {} : { structure: JSON.stringify(structure) }),
      ...(keyPhrases === undefined ? {} : { keyPhrases: JSON.stringify(keyPhrases) }),
      corrections: JSON.stringify(corrections),
      updatedAt: now,
    })
    .where(eq(humanInterventionAnalyses.seq, seq))
    .run()
  tx.changed('learning', clientId)
  tx.changed('conversation', conversationId)
}

/** Takes an intervention out of everything learned, or puts it back. Throws NOT_FOUND. */
export const setInterventionActive = (
  tx: Tx,
  { id, isActive }: { readonly id: string; readonly isActive: boolean },
  now: number,
): void => {
  const { seq, clientId } = analysisOf(tx, id)
  tx.queries
    .update(humanInterventionAnalyses)
    .set({ isActive, updatedAt: now })
    .where(eq(humanInterventionAnalyses.seq, seq))
    .run()
  tx.changed('learning', clientId)
}

interface Marking {
  readonly kind: LearnedKind
  readonly key: string
  /** Whom it was learned for; null for what holds for all. */
  readonly clientId: string | null
  /** Null brings it back. */
  readonly mark: LearnedDecision | null
}

/** Pauses or undoes something learned, or brings it back. Throws NOT_FOUND for a client nobody knows. */
export const markLearned = (tx: Tx, { kind, key, clientId, mark }: Marking, now: number): void => {
  if (clientId !== null && !tx.queries.select().from(clients).where(eq(clients.id, clientId)).get())
    throw new Problem('NOT_FOUND')
  const whose = clientId === null ? isNull(learnedMarks.clientId) : eq(learnedMarks.clientId, clientId)
  tx.queries
    .delete(learnedMarks)
    .where(and(eq(learnedMarks.kind, kind), eq(learnedMarks.itemKey, key), whose))
    .run()
  if (mark !== null)
    tx.queries.insert(learnedMarks).values({ kind, itemKey: key, clientId, mark, createdAt: now }).run()
  tx.changed('learning', clientId ?? undefined)
}
