import { eq, inArray } from 'drizzle-orm'
import { newId } from '../../../db/ids.ts'
import { agentExecutions, draftFeedback } from '../../../db/schema/index.ts'
import type { Tx } from '../../../db/write.ts'
import type { Situation } from '../../../shared/taxonomy/situations.ts'
import { signals } from '../../signals/index.ts'
import { changesBetween } from '../drafts/index.ts'
import { concludeRules } from './ruleStore.ts'

export interface DraftDecision {
  readonly conversationId: string
  readonly clientId: string
  readonly executionId: string
  readonly outcome: 'sent' | 'edited' | 'discarded'
  readonly original: string
  /** Null where the draft was discarded. */
  readonly sent: string | null
  readonly situation: Situation
}

/** What is read of a draft and of what was sent in its place, as columns. */
const analysisOf = (original: string, sent: string | null) => {
  if (sent === null) return { analyzed: true, editDistance: null, changeKinds: '[]', diffSummary: '', traits: '{}' }
  const { kinds, editDistance, summary, phrases, has } = changesBetween(original, sent)
  return {
    analyzed: true,
    editDistance,
    changeKinds: JSON.stringify(kinds),
    diffSummary: summary,
    traits: JSON.stringify({ has, ...phrases }),
  }
}

/** Keeps what the coach did to a draft, and concludes from it, in the transaction in which they do it. */
export const noteDraftDecision = (tx: Tx, decision: DraftDecision, now: number): void => {
  const { original, sent, situation, ...kept } = decision
  tx.queries
    .insert(draftFeedback)
    .values({
      id: newId(now),
      ...kept,
      originalDraft: original,
      sentVersion: sent,
      situationType: situation,
      createdAt: now,
      ...analysisOf(original, sent),
    })
    .run()
  if (sent !== null) concludeRules(tx)
}

/** The decision did not stand: the draft came back, and nothing is learned from it. */
export const forgetDraftDecision = (tx: Tx, executionId: string): void => {
  const gone = tx.queries
    .delete(draftFeedback)
    .where(eq(draftFeedback.executionId, executionId))
    .returning({ id: draftFeedback.id })
    .all()
  if (gone.length > 0) concludeRules(tx)
}

/** So many drafts of the time before there was learning are read at one start. */
const mostAtOnce = 500
const spoken = signals.pick({ situation: true })

/** Reads drafts that were judged before learning was there. */
export const readEarlierDecisions = (tx: Tx): void => {
  const waiting = tx.queries
    .select()
    .from(draftFeedback)
    .where(eq(draftFeedback.analyzed, false))
    .limit(mostAtOnce)
    .all()
  if (waiting.length === 0) return
  const runs = tx.queries
    .select({ id: agentExecutions.id, signals: agentExecutions.signals })
    .from(agentExecutions)
    .where(
      inArray(
        agentExecutions.id,
        waiting.map(({ executionId }) => executionId),
      ),
    )
    .all()
  const situations = new Map(
    runs.map((run) => [run.id, spoken.safeParse(JSON.parse(run.signals)).data?.situation ?? 'other']),
  )
  for (const { id, executionId, originalDraft, sentVersion } of waiting)
    tx.queries
      .update(draftFeedback)
      .set({ ...analysisOf(originalDraft, sentVersion), situationType: situations.get(executionId) ?? 'other' })
      .where(eq(draftFeedback.id, id))
      .run()
  concludeRules(tx)
}
