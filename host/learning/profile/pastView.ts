import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { pastTurns } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
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
import { type PastCoachTurn, pastCoachTurns } from '../past/index.ts'

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

const asTurns = (words: PastCoachTurn['before']): Turn[] =>
  words.map(({ from, text }) => ({ from: from === 'coach' ? 'human_coach' : 'client', text }))

const viewOf = ({ text, before, after }: PastCoachTurn): PastView => {
  const earlier = asTurns(before)
  const { technique, tone, pace, formality, energy, structure, framework, metaphor, ...words } = viewTurn(text, earlier)
  return {
    technique,
    tone,
    pace,
    formality,
    energy,
    structure: [...structure],
    framework,
    keyPhrases: [...words.keyPhrases],
    openingPattern: words.openingPattern,
    closingPattern: words.closingPattern,
    metaphor,
    questions: text.match(/[?？]+/gu)?.length ?? 0,
    reaction: viewReaction(earlier, [{ from: 'human_coach', text }], asTurns(after))?.reaction ?? null,
  }
}

/** Turns of the coach that were not read yet, a few at a time. */
export function* unreadPastTurns(queries: Queries, most: number): Generator<readonly PastCoachTurn[], void, undefined> {
  const unread = new Set(
    queries
      .select({ seq: pastTurns.seq })
      .from(pastTurns)
      .where(and(eq(pastTurns.author, 'human_coach'), isNull(pastTurns.view)))
      .all()
      .map(({ seq }) => seq),
  )
  let waiting: PastCoachTurn[] = []
  for (const turn of unread.size === 0 ? [] : pastCoachTurns(queries)) {
    if (!unread.has(turn.seq)) continue
    waiting.push(turn)
    if (waiting.length < most) continue
    yield waiting
    waiting = []
  }
  if (waiting.length > 0) yield waiting
}

/** Reads turns and keeps what is seen in them. */
export const keepPastViews = (tx: Tx, turns: readonly PastCoachTurn[]): void => {
  for (const turn of turns) {
    const words = turn.before.filter(({ from }) => from === 'client').map(({ text }) => text)
    tx.queries
      .update(pastTurns)
      .set({ view: JSON.stringify(viewOf(turn)), situationType: readSignals(words.join('\n')).situation })
      .where(eq(pastTurns.seq, turn.seq))
      .run()
  }
}
