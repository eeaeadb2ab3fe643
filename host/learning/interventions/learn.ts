import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { humanInterventionAnalyses } from '../../../db/schema/index.ts'
import type { Tx } from '../../../db/write.ts'
import type { Corrections } from '../../../shared/contract/learning.ts'
import { Problem } from '../../../shared/problem.ts'
import type { Situation } from '../../../shared/taxonomy/situations.ts'
import { languageOf, readSignals } from '../../signals/index.ts'
import { type InterventionView, viewIntervention } from '../analysis/index.ts'
import { phraseKey } from '../profile/index.ts'
import { applyCorrections } from './corrections.ts'
import { type Analysis, type Handoff, handoffOf, type Intervention, interventionOf } from './interventionStore.ts'
import { mergeViews, reactionSeqOf, standingModelView } from './modelView.ts'

const second = 1_000
const minute = 60_000

/** What the moment was about: read from the client's words before the coach came, all together. */
const situationOf = ({ before, handoff }: Intervention): Situation => {
  const words = before.filter(({ from }) => from === 'client')
  const { situation } = readSignals(words.map(({ text }) => text).join('\n'))
  return situation === 'other' && handoff.trigger === 'high_stakes_decision' ? 'high_stakes_decision' : situation
}

/** The columns that say what was seen, from a view of it. */
const columnsOf = (view: InterventionView) => ({
  styleTone: view.tone,
  stylePace: view.pace,
  styleFormality: view.formality,
  styleEnergy: view.energy,
  techniqueType: view.technique,
  frameworkUsed: view.framework,
  approachDescription: view.approach,
  structure: JSON.stringify(view.structure),
  keyPhrases: JSON.stringify(view.keyPhrases),
  openingPattern: view.openingPattern,
  closingPattern: view.closingPattern,
  emotionalIntelligence: JSON.stringify(view.emotionalIntelligence),
  specificAdvice: view.specificAdvice,
  metaphorUsed: view.metaphor,
  clientReaction: view.reaction?.reaction ?? null,
  conversationShift: view.reaction?.shift ?? '',
  resolutionAchieved: view.reaction?.isResolved ?? null,
  clientEngagement: view.reaction?.engagement ?? null,
  followThroughLikely: view.reaction?.followThrough ?? null,
  whyEffective: view.reaction?.whyEffective ?? '',
  confidenceScore: view.confidence,
  replicationValue: view.replicationValue,
})

/**
 * Analyses one ended takeover by rules and keeps the record, or brings it up to date with what was said since. Nothing of
 * a safety crisis is ever applied: its record says so. Answers whether something was kept.
 */
export const learnFrom = (tx: Tx, handoff: Handoff, now: number): boolean => {
  const intervention = interventionOf(tx.queries, handoff)
  const known = tx.queries
    .select()
    .from(humanInterventionAnalyses)
    .where(eq(humanInterventionAnalyses.handoffId, handoff.id))
    .get()
  if (intervention === null) return known === undefined ? false : forget(tx, known)
  const { before, coach, after, clientName } = intervention
  const [first] = coach
  const last = coach.at(-1)
  if (!first || !last) return false
  const local = viewIntervention({ before, coach, after, clientName })
  const reactionSeq = reactionSeqOf(intervention)
  const model = standingModelView(known?.modelView, intervention)
  const { view, disagreements } = mergeViews(local, model, reactionSeq)
  const isCrisis = handoff.trigger === 'safety_crisis'
  const waitedFor = before.findLast(({ from }) => from === 'client')
  const row = {
    ...columnsOf(view),
    messageId: first.id,
    firstSeq: first.seq,
    lastSeq: last.seq,
    situationType: situationOf(intervention),
    language: languageOf(coach.map(({ text }) => text).join('\n')),
    responseTimeSeconds: waitedFor === undefined ? null : Math.max(0, first.at - waitedFor.at) / second,
    interventionDurationMinutes: handoff.humanDurationMinutes ?? Math.max(0, last.at - first.at) / minute,
    messagesExchanged: coach.length + after.filter(({ from, seq }) => from === 'client' && seq < last.seq).length,
    applicableToSimilar: view.isApplicable && !isCrisis,
    transferableToOthers: view.isTransferable && !isCrisis,
    reactionSeq,
    // Of the last word it was read from: taking a correction back leaves no trace, not even of when.
    updatedAt: after.at(-1)?.at ?? last.at,
    localView: JSON.stringify({ ...local, questions: questionsIn(coach) }),
    modelView: model === null ? null : (known?.modelView ?? null),
    disagreements: JSON.stringify(disagreements),
  }
  if (known === undefined) {
    tx.queries
      .insert(humanInterventionAnalyses)
      .values({
        ...row,
        id: idOf(handoff.id),
        handoffId: handoff.id,
        clientId: handoff.clientId,
        conversationId: handoff.conversationId,
        startedAt: handoff.createdAt,
        endedAt: handoff.endedAt ?? now,
        createdAt: now,
      })
      .run()
  } else {
    const next = applyCorrections(row, known)
    if (!differs(known, next)) return false
    tx.queries.update(humanInterventionAnalyses).set(next).where(eq(humanInterventionAnalyses.seq, known.seq)).run()
  }
  tx.changed('learning', handoff.clientId)
  tx.changed('conversation', handoff.conversationId)
  return true
}

/** How much the coach asked at once: of the message that asked most. */
const questionsIn = (coach: readonly { readonly text: string }[]): number =>
  Math.max(0, ...coach.map(({ text }) => text.match(/[?？]+/gu)?.length ?? 0))

const differs = (known: Analysis, next: Partial<Analysis>): boolean => {
  const stored = new Map(Object.entries(known))
  return Object.entries(next).some(([column, value]) => stored.get(column) !== value)
}

/** The same takeover has the same record, also after it was made anew. */
const idOf = (handoffId: string): string => `i-${createHash('sha256').update(handoffId).digest('hex').slice(0, 24)}`

/** The coach took every word back: there is nothing left to learn from. */
const forget = (tx: Tx, { seq, clientId }: Analysis): boolean => {
  tx.queries.delete(humanInterventionAnalyses).where(eq(humanInterventionAnalyses.seq, seq)).run()
  tx.changed('learning', clientId)
  return true
}

/** Reads an analysis anew, as after the client's reaction, an edit or a deletion. */
export const learnAgain = (tx: Tx, analysis: Analysis, now: number): boolean => {
  const handoff = handoffOf(tx.queries, analysis.handoffId)
  return handoff !== undefined && learnFrom(tx, handoff, now)
}

/** Throws INVALID_INPUT where a phrase was never said: words that the clone is to repeat are the coach's, word for word. */
export const requireOwnWords = (tx: Tx, analysis: Analysis, { keyPhrases = [] }: Corrections): void => {
  const handoff = handoffOf(tx.queries, analysis.handoffId)
  const coach = handoff === undefined ? [] : (interventionOf(tx.queries, handoff)?.coach ?? [])
  const said = ` ${phraseKey(coach.map(({ text }) => text).join('\n'))} `
  const known = z.array(z.string()).parse(JSON.parse(analysis.keyPhrases))
  const madeUp = keyPhrases.find((phrase) => !known.includes(phrase) && !said.includes(` ${phraseKey(phrase)} `))
  if (madeUp === undefined) return
  throw new Problem(
    'INVALID_INPUT',
    `You did not say “${madeUp}” in these messages. A phrase is taken word for word from them.`,
  )
}
