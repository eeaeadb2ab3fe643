import { and, desc, eq, inArray, isNotNull } from 'drizzle-orm'
import { z } from 'zod'
import { draftFeedback, learnedUses } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import { changeKinds } from '../../../shared/taxonomy/learning.ts'
import { draftTraits } from '../drafts/index.ts'
import type { JudgedDraft } from './derive.ts'

/**
 * The newest drafts that are looked at for all rules together: what a busy coach sends in some weeks. It is done in the
 * transaction in which a draft is decided, so that more of them would be felt.
 */
const mostDrafts = 400

const kinds = z.array(z.enum(changeKinds))
const phrases = z.array(z.string())
export const traits = z.object({
  has: z.array(z.enum(draftTraits)),
  added: phrases,
  removed: phrases,
  kept: phrases,
})

/** Drafts that were sent and read for changes, newest first. */
export const judgedDrafts = (queries: Queries): JudgedDraft[] => {
  const rows = queries
    .select({
      id: draftFeedback.id,
      executionId: draftFeedback.executionId,
      clientId: draftFeedback.clientId,
      situation: draftFeedback.situationType,
      kinds: draftFeedback.changeKinds,
      traits: draftFeedback.traits,
      at: draftFeedback.createdAt,
    })
    .from(draftFeedback)
    .where(and(eq(draftFeedback.analyzed, true), isNotNull(draftFeedback.sentVersion)))
    .orderBy(desc(draftFeedback.createdAt), desc(draftFeedback.id))
    .limit(mostDrafts)
    .all()
  const given = rulesGiven(
    queries,
    rows.map(({ executionId }) => executionId),
  )
  return rows.map(({ executionId, ...row }) => {
    const { has, ...phrasesOf } = traits.parse(JSON.parse(row.traits))
    return {
      ...row,
      ...phrasesOf,
      has: new Set(has),
      kinds: new Set(kinds.parse(JSON.parse(row.kinds))),
      given: given.get(executionId) ?? none,
    }
  })
}

const none: ReadonlySet<string> = new Set()

const rulesGiven = (queries: Queries, executionIds: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const given = new Map<string, Set<string>>()
  const rows = queries
    .select({ executionId: learnedUses.executionId, id: learnedUses.itemId })
    .from(learnedUses)
    .where(and(eq(learnedUses.kind, 'rule'), inArray(learnedUses.executionId, [...executionIds])))
    .all()
  for (const { executionId, id } of rows) {
    const ids = given.get(executionId) ?? new Set()
    given.set(executionId, ids.add(id))
  }
  return given
}
