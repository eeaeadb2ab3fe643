import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { coachStyleProfiles, type humanInterventionAnalyses } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import { type StyleProfile, styleProfile } from '../../../shared/contract/learnedProfile.ts'
import { moves } from '../../../shared/taxonomy/learning.ts'

export type AnalysisRow = typeof humanInterventionAnalyses.$inferSelect

/** Lists as they stand in columns of learning. */
export const storedMoves = (stored: string) => z.array(z.enum(moves)).parse(JSON.parse(stored))
export const storedTexts = (stored: string) => z.array(z.string()).parse(JSON.parse(stored))

/** An analysis `a` that counts: nobody undid it, and it was no practice. */
export const counts: SQL = sql`a.is_active = 1 AND a.client_id NOT IN (SELECT id FROM clients WHERE is_practice = 1)`

/** How the coach speaks, as it was last worked out; null before anything was learned. */
export const readProfile = (queries: Queries): StyleProfile | null => {
  const row = queries.select().from(coachStyleProfiles).limit(1).get()
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
