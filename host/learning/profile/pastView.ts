import { asc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { pastTurns } from '../../../db/schema/index.ts'
import type { Tx } from '../../../db/write.ts'
import {
  energies,
  formalities,
  frameworks,
  moves,
  paces,
  reactions,
  techniques,
  tones,
} from '../../../shared/taxonomy/learning.ts'
import { readSignals } from '../../signals/index.ts'
import { type Turn, viewReaction, viewTurn } from '../analysis/index.ts'

/** What is kept of a past turn of the coach once it was read. */
export const pastView = z.object({
  tone: z.enum(tones),
  pace: z.enum(paces),
  formality: z.enum(formalities),
  energy: z.enum(energies),
  technique: z.enum(techniques),
  structure: z.array(z.enum(moves)),
  framework: z.enum(frameworks).nullable(),
  keyPhrases: z.array(z.string()),
  openingPattern: z.string(),
  closingPattern: z.string(),
  metaphor: z.string().nullable(),
  questions: z.number(),
  reaction: z.enum(reactions).nullable(),
})
export type PastView = z.infer<typeof pastView>

const around = 5

/** Reads some past turns of the coach that were not read yet; false where none is left. */
export const readPastTurns = (tx: Tx, most: number): boolean => {
  const next = tx.queries
    .select()
    .from(pastTurns)
    .where(sql`${pastTurns.author} = 'human_coach' AND ${pastTurns.view} IS NULL`)
    .orderBy(asc(pastTurns.seq))
    .limit(most)
    .all()
  for (const { seq, importId, thread, content } of next) {
    const near = (isBefore: boolean): Turn[] => {
      const rows = tx.queries
        .select({ from: pastTurns.author, text: pastTurns.content })
        .from(pastTurns)
        .where(
          sql`${pastTurns.importId} = ${importId} AND ${pastTurns.thread} = ${thread} AND ${
            isBefore ? sql`${pastTurns.seq} < ${seq}` : sql`${pastTurns.seq} > ${seq}`
          }`,
        )
        .orderBy(isBefore ? sql`${pastTurns.seq} DESC` : pastTurns.seq)
        .limit(around)
        .all()
      return isBefore ? rows.reverse() : rows
    }
    const before = near(true)
    const own: Turn = { from: 'human_coach', text: content }
    const { technique, tone, pace, formality, energy, ...rest } = viewTurn(content, before)
    const view: PastView = {
      tone,
      pace,
      formality,
      energy,
      technique,
      structure: [...rest.structure],
      framework: rest.framework,
      keyPhrases: [...rest.keyPhrases],
      openingPattern: rest.openingPattern,
      closingPattern: rest.closingPattern,
      metaphor: rest.metaphor,
      questions: content.match(/[?？]+/gu)?.length ?? 0,
      reaction: viewReaction(before, [own], near(false))?.reaction ?? null,
    }
    const words = before.filter(({ from }) => from === 'client').map(({ text }) => text)
    tx.queries
      .update(pastTurns)
      .set({ view: JSON.stringify(view), situationType: readSignals(words.join('\n')).situation })
      .where(eq(pastTurns.seq, seq))
      .run()
  }
  return next.length === most
}
