import { and, asc, eq, getTableColumns, isNotNull, ne, sql } from 'drizzle-orm'
import { z } from 'zod'
import {
  coachStyleProfiles,
  handoffs,
  humanInterventionAnalyses,
  pastImports,
  pastTurns,
} from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { Tx } from '../../../db/write.ts'
import { type StyleProfile, styleProfile } from '../../../shared/contract/learnedProfile.ts'
import { frameworks, moves } from '../../../shared/taxonomy/learning.ts'
import { describeStructure } from '../analysis/index.ts'
import { computeProfile, type Sample } from './compute.ts'
import { pastView } from './pastView.ts'

const profileId = 'coach'
const structureShape = z.array(z.enum(moves))
const texts = z.array(z.string())
const questionsIn = z.object({ questions: z.number().optional() })
const mostPastTurns = 5_000

/** Times the coach took over, as samples of how they speak; never of a safety crisis, never what they took back. */
const interventionSamples = (queries: Queries): Sample[] =>
  queries
    .select(getTableColumns(humanInterventionAnalyses))
    .from(humanInterventionAnalyses)
    .innerJoin(handoffs, eq(handoffs.id, humanInterventionAnalyses.handoffId))
    // What was taken badly counts as well, or every technique would only ever look good.
    .where(and(eq(humanInterventionAnalyses.isActive, true), ne(handoffs.trigger, 'safety_crisis')))
    .orderBy(asc(humanInterventionAnalyses.endedAt), asc(humanInterventionAnalyses.id))
    .all()
    .map((one) => ({
      isIntervention: true,
      listener: one.clientId,
      situation: one.situationType,
      tone: one.styleTone,
      pace: one.stylePace,
      formality: one.styleFormality,
      energy: one.styleEnergy,
      technique: one.techniqueType,
      structure: structureShape.parse(JSON.parse(one.structure)),
      framework: frameworks.find((name) => name === one.frameworkUsed) ?? null,
      keyPhrases: texts.parse(JSON.parse(one.keyPhrases)),
      openingPattern: one.openingPattern,
      closingPattern: one.closingPattern,
      metaphor: one.metaphorUsed,
      questions: questionsIn.safeParse(JSON.parse(one.localView)).data?.questions ?? 0,
      reaction: one.clientReaction,
      at: one.endedAt,
    }))

/** What the coach wrote before there was a console, as far as it was read. */
const pastSamples = (queries: Queries): Sample[] =>
  queries
    .select(getTableColumns(pastTurns))
    .from(pastTurns)
    .innerJoin(pastImports, and(eq(pastImports.id, pastTurns.importId), eq(pastImports.state, 'done')))
    .where(and(eq(pastTurns.author, 'human_coach'), isNotNull(pastTurns.view)))
    .orderBy(asc(pastTurns.seq))
    .limit(mostPastTurns)
    .all()
    .flatMap(({ view, importId, thread, situationType, sentAt }) => {
      const read = pastView.safeParse(JSON.parse(view ?? 'null'))
      if (!read.success) return []
      const listener = `${importId}/${thread}`
      return [{ ...read.data, isIntervention: false, listener, situation: situationType ?? 'other', at: sentAt }]
    })

const trendOf = (queries: Queries): StyleProfile['aiConfidenceTrend'] =>
  queries
    .all<{ date: string; score: number; count: number }>(
      sql`SELECT strftime('%Y-%m-01', created_at / 1000, 'unixepoch') AS date, avg(confidence) AS score, count(*) AS count
        FROM agent_executions WHERE confidence IS NOT NULL AND client_id IN (SELECT id FROM clients WHERE is_practice = 0)
        GROUP BY 1 ORDER BY 1`,
    )
    .map((month) => ({ ...month, score: Math.min(1, Math.max(0, month.score)) }))

/** Works out anew how the coach speaks, from every analysis that stands and every past text; nothing else enters it. */
export const refreshProfile = (tx: Tx): void => {
  const samples = [...pastSamples(tx.queries), ...interventionSamples(tx.queries)]
  const computed = computeProfile(samples, describeStructure)
  tx.changed('learning')
  if (computed === null) {
    tx.queries.delete(coachStyleProfiles).where(eq(coachStyleProfiles.id, profileId)).run()
    return
  }
  const row = {
    styleSignature: JSON.stringify(computed.styleSignature),
    preferredTechniques: JSON.stringify(computed.preferredTechniques),
    frameworks: JSON.stringify(computed.frameworks),
    situationResponses: JSON.stringify(computed.situationResponses),
    signaturePhrases: JSON.stringify(computed.signaturePhrases),
    drift: JSON.stringify(computed.drift),
    totalInterventionsAnalyzed: computed.totalInterventionsAnalyzed,
    aiConfidenceTrend: JSON.stringify(trendOf(tx.queries)),
    lastUpdated: Math.max(0, ...samples.map(({ at }) => at ?? 0)),
  }
  tx.queries
    .insert(coachStyleProfiles)
    .values({ id: profileId, ...row })
    .onConflictDoUpdate({ target: coachStyleProfiles.id, set: row })
    .run()
}

/** How the coach speaks; null before anything was learned. */
export const profileOf = (queries: Queries): StyleProfile | null => {
  const row = queries.select().from(coachStyleProfiles).where(eq(coachStyleProfiles.id, profileId)).get()
  if (!row) return null
  return styleProfile.parse({
    styleSignature: JSON.parse(row.styleSignature),
    preferredTechniques: JSON.parse(row.preferredTechniques),
    frameworks: JSON.parse(row.frameworks),
    situationResponses: JSON.parse(row.situationResponses),
    signaturePhrases: JSON.parse(row.signaturePhrases),
    drift: JSON.parse(row.drift),
    totalInterventionsAnalyzed: row.totalInterventionsAnalyzed,
    aiConfidenceTrend: JSON.parse(row.aiConfidenceTrend),
    lastUpdated: row.lastUpdated,
  })
}
