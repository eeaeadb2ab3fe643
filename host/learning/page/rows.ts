import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { humanInterventionAnalyses } from '../../../db/schema/index.ts'
import { moves } from '../../../shared/taxonomy/learning.ts'

export type AnalysisRow = typeof humanInterventionAnalyses.$inferSelect

/** Lists as they stand in columns of learning. */
export const storedMoves = (stored: string) => z.array(z.enum(moves)).parse(JSON.parse(stored))
export const storedTexts = (stored: string) => z.array(z.string()).parse(JSON.parse(stored))

/** An analysis `a` that counts: nobody undid it, and it was no practice. */
export const counts: SQL = sql`a.is_active = 1 AND a.client_id NOT IN (SELECT id FROM clients WHERE is_practice = 1)`
