import { createHash } from 'node:crypto'
import { and, asc, eq, getTableColumns, isNotNull, ne } from 'drizzle-orm'
import { z } from 'zod'
import {
  clientEffectiveApproaches,
  handoffs,
  humanInterventionAnalyses,
  learnedUses,
  replyOutcomes,
} from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { Tx } from '../../../db/write.ts'
import { type Move, moves, type Technique } from '../../../shared/taxonomy/learning.ts'
import { commitmentsKept } from '../../memory/index.ts'
import { meanOf, posteriorOf, type Weight, weightOfIntervention, weightOfUse } from './posterior.ts'

type Analysis = typeof humanInterventionAnalyses.$inferSelect
export type Approach = typeof clientEffectiveApproaches.$inferSelect

const texts = z.array(z.string())
const structureShape = z.array(z.enum(moves))
/** So many moves tell one approach from another; what comes after them is detail. */
const tellingMoves = 5
const mostExamples = 5

/** The name of an approach: its technique and its first moves. */
const approachKey = (technique: Technique, structure: readonly Move[]): string =>
  [technique, ...structure.slice(0, tellingMoves)].join('>')

/** The same approach with the same client has the same name, also after it was worked out anew. */
export const approachId = (clientId: string, situation: string, approach: string): string =>
  `a-${createHash('sha256')
    .update(JSON.stringify([clientId, situation, approach]))
    .digest('hex')
    .slice(0, 24)}`

const analysesOf = (queries: Queries, clientId: string) =>
  queries
    .select(getTableColumns(humanInterventionAnalyses))
    .from(humanInterventionAnalyses)
    .innerJoin(handoffs, eq(handoffs.id, humanInterventionAnalyses.handoffId))
    .where(
      and(
        eq(humanInterventionAnalyses.clientId, clientId),
        eq(humanInterventionAnalyses.isActive, true),
        // What was done in danger is never done again by the clone.
        ne(handoffs.trigger, 'safety_crisis'),
        ne(humanInterventionAnalyses.techniqueType, 'other'),
        isNotNull(humanInterventionAnalyses.clientReaction),
      ),
    )
    .orderBy(asc(humanInterventionAnalyses.endedAt), asc(humanInterventionAnalyses.id))
    .all()

const laterUses = (queries: Queries, approachId: string) =>
  queries
    .select({
      reaction: replyOutcomes.reaction,
      isAccepted: replyOutcomes.isAccepted,
      shouldHaveHandedOver: replyOutcomes.shouldHaveHandedOver,
      at: replyOutcomes.updatedAt,
    })
    .from(learnedUses)
    .innerJoin(replyOutcomes, eq(replyOutcomes.executionId, learnedUses.executionId))
    .where(and(eq(learnedUses.kind, 'approach'), eq(learnedUses.itemId, approachId), eq(learnedUses.isUsed, true)))
    .orderBy(asc(learnedUses.createdAt), asc(learnedUses.executionId))
    .all()

/** Of what the client committed to then, the share they did; null while nothing is decided. */
const followThroughOf = (
  queries: Queries,
  { clientId, conversationId, firstSeq, reactionSeq, lastSeq }: Analysis,
): number | null => {
  const to = Math.max(lastSeq, reactionSeq)
  const { kept, dropped } = commitmentsKept(queries, { clientId, conversationId, from: firstSeq, to })
  return kept + dropped === 0 ? null : kept / (kept + dropped)
}

/** The approaches that work, or do not, for one client: all of it follows from the analyses and later outcomes alone. */
const approachesFrom = (queries: Queries, clientId: string): Omit<Approach, 'seq'>[] => {
  const grouped = Map.groupBy(analysesOf(queries, clientId), (one) => {
    const structure = structureShape.parse(JSON.parse(one.structure))
    return JSON.stringify([one.situationType, approachKey(one.techniqueType, structure)])
  })
  return [...grouped.values()].flatMap((group) => {
    const newest = group.at(-1)
    const [oldest] = group
    if (!newest || !oldest) return []
    const structure = structureShape.parse(JSON.parse(newest.structure))
    const approach = approachKey(newest.techniqueType, structure)
    const id = approachId(clientId, newest.situationType, approach)
    const uses = laterUses(queries, id)
    const weights: Weight[] = [
      ...group.flatMap((one) =>
        one.clientReaction === null
          ? []
          : [weightOfIntervention(one.techniqueType, one.clientReaction, followThroughOf(queries, one))],
      ),
      ...uses.map(weightOfUse),
    ]
    const posterior = posteriorOf(weights)
    const phrases = group.toReversed().flatMap(({ keyPhrases }) => texts.parse(JSON.parse(keyPhrases)))
    return [
      {
        id,
        clientId,
        situationType: newest.situationType,
        approach,
        structure: newest.structure,
        examples: JSON.stringify([...new Set(phrases)].slice(0, mostExamples)),
        ...posterior,
        effectivenessScore: meanOf(posterior),
        timesValidated: weights.filter((weight) => weight.for > weight.against).length,
        timesContradicted: weights.filter((weight) => weight.against > weight.for).length,
        sourceInterventionId: newest.id,
        createdAt: oldest.endedAt,
        updatedAt: Math.max(newest.endedAt, ...uses.map(({ at }) => at)),
      },
    ]
  })
}

/** Works out anew what works for a client. Rows that stay as they are keep their place. */
export const refoldApproaches = (tx: Tx, clientId: string): void => {
  const before = tx.queries
    .select()
    .from(clientEffectiveApproaches)
    .where(eq(clientEffectiveApproaches.clientId, clientId))
    .all()
  const wanted = approachesFrom(tx.queries, clientId)
  const kept = new Set(wanted.map(({ id }) => id))
  for (const { id } of before) {
    if (!kept.has(id)) tx.queries.delete(clientEffectiveApproaches).where(eq(clientEffectiveApproaches.id, id)).run()
  }
  for (const row of wanted) {
    tx.queries
      .insert(clientEffectiveApproaches)
      .values(row)
      .onConflictDoUpdate({ target: clientEffectiveApproaches.id, set: row })
      .run()
  }
}
