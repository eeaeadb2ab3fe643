import { eq } from 'drizzle-orm'
import { humanInterventionAnalyses } from '../../../db/schema/index.ts'
import type { Tx } from '../../../db/write.ts'
import { type Corrections, learnedCorrections } from '../../../shared/contract/learning.ts'
import { Problem } from '../../../shared/problem.ts'
import type { Analysis } from './interventionStore.ts'

const asColumns = ({ structure, keyPhrases, ...plain }: Corrections) => ({
  ...plain,
  ...(structure === undefined ? {} : { structure: JSON.stringify(structure) }),
  ...(keyPhrases === undefined ? {} : { keyPhrases: JSON.stringify(keyPhrases) }),
})

const correctionsOf = (analysis: Analysis): Corrections => learnedCorrections.parse(JSON.parse(analysis.corrections))

/** The columns with what the coach put right on top: their word stands, however often it is read again. */
export const applyCorrections = <T extends object>(row: T, analysis: Analysis): T => ({
  ...row,
  ...asColumns(correctionsOf(analysis)),
})

const analysisOf = (tx: Tx, id: string): Analysis => {
  const analysis = tx.queries.select().from(humanInterventionAnalyses).where(eq(humanInterventionAnalyses.id, id)).get()
  if (!analysis) throw new Problem('NOT_FOUND')
  return analysis
}

/**
 * Replaces what the coach put right about an analysis; an empty object takes all of it back. The columns follow when it is
 * read again. Throws NOT_FOUND.
 */
export const keepCorrections = (tx: Tx, id: string, corrections: Corrections): Analysis => {
  const analysis = analysisOf(tx, id)
  tx.queries
    .update(humanInterventionAnalyses)
    .set({ corrections: JSON.stringify(corrections) })
    .where(eq(humanInterventionAnalyses.seq, analysis.seq))
    .run()
  return analysisOf(tx, id)
}

/** Takes an analysis out of what is learned, or puts it back. Throws NOT_FOUND. */
export const setActive = (tx: Tx, id: string, isActive: boolean): Analysis => {
  const analysis = analysisOf(tx, id)
  tx.queries
    .update(humanInterventionAnalyses)
    .set({ isActive })
    .where(eq(humanInterventionAnalyses.seq, analysis.seq))
    .run()
  return analysis
}
