import { and, eq, isNull } from 'drizzle-orm'
import { learnedMarks } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx } from '../../db/write.ts'
import type { Corrections } from '../../shared/contract/learning.ts'
import type { LearnedDecision, LearnedKind } from '../../shared/taxonomy/learning.ts'
import { refoldApproaches } from './approaches/index.ts'
import type { Analysis } from './interventions/index.ts'
import { keepCorrections, learnAgain, requireOwnWords, setActive, wantProfile } from './interventions/index.ts'

const follow = (tx: Tx, { clientId }: Analysis, now: number): void => {
  refoldApproaches(tx, clientId)
  wantProfile(tx, now, 0)
  tx.changed('learning', clientId)
}

/**
 * What the coach puts right about an analysis replaces what they put right before; {} takes all of it back. What was
 * learned from it follows at once. Throws NOT_FOUND.
 */
export const correctIntervention = (
  tx: Tx,
  { id, corrections }: { id: string; corrections: Corrections },
  now: number,
): void => {
  const analysis = keepCorrections(tx, id, corrections)
  requireOwnWords(tx, analysis, corrections)
  learnAgain(tx, analysis, now)
  follow(tx, analysis, now)
}

/** Takes all that was learned from one takeover out again, or puts it back. Throws NOT_FOUND. */
export const setInterventionActive = (tx: Tx, { id, isActive }: { id: string; isActive: boolean }, now: number): void =>
  follow(tx, setActive(tx, id, isActive), now)

interface Marked {
  readonly kind: LearnedKind
  readonly key: string
  /** Null: for all clients. */
  readonly clientId: string | null
}

const isMarked = ({ kind, key, clientId }: Marked) =>
  and(
    eq(learnedMarks.kind, kind),
    eq(learnedMarks.itemKey, key),
    clientId === null ? isNull(learnedMarks.clientId) : eq(learnedMarks.clientId, clientId),
  )

/** Pauses or undoes something learned, or with null lets it hold again. */
export const markLearned = (tx: Tx, item: Marked & { mark: LearnedDecision | null }, now: number): void => {
  tx.queries.delete(learnedMarks).where(isMarked(item)).run()
  if (item.mark !== null) {
    const { kind, key, clientId, mark } = item
    tx.queries.insert(learnedMarks).values({ kind, itemKey: key, clientId, mark, createdAt: now }).run()
  }
  tx.changed('learning', item.clientId ?? undefined)
}

/** What the coach paused or undid, by kind and key; for one client, with what holds for all. */
export const marksFor = (queries: Queries, clientId: string): ((kind: LearnedKind, key: string) => boolean) => {
  const rows = queries
    .select({ kind: learnedMarks.kind, key: learnedMarks.itemKey, clientId: learnedMarks.clientId })
    .from(learnedMarks)
    .all()
  const marked = new Set(
    rows.filter((row) => row.clientId === null || row.clientId === clientId).map(({ kind, key }) => `${kind} ${key}`),
  )
  return (kind, key) => marked.has(`${kind} ${key}`)
}
