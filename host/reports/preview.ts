import type { InferContractRouterOutputs } from '@orpc/contract'
import { sql } from 'drizzle-orm'
import type { Queries } from '../../db/sqlite.ts'
import type { handoffs, Thresholds } from '../../shared/contract/handoffs.ts'
import type { HandoffTrigger } from '../../shared/taxonomy/conversation.ts'
import { decideHandoff, type HandoffDecision, type HandoffThresholds, thresholdsFrom } from '../handoff/index.ts'
import { signals } from '../signals/index.ts'

type Preview = InferContractRouterOutputs<typeof handoffs>['preview']

interface Answer {
  readonly conversationId: string
  readonly clientName: string
  readonly messagePreview: string
  readonly signals: string
  readonly confidence: number
  readonly trigger: HandoffTrigger | null
  readonly isMarked: 0 | 1
  readonly isSentUnchanged: 0 | 1
  readonly at: number
}

const mostAnswers = 500
const mostExamples = 20

/** What the policy reads; the rest of the signals may have changed since they were stored. */
const policySignals = signals.pick({ crisis: true, sentiment: true, highStakes: true, requestsHuman: true })

/** What other thresholds would have decided about the newest answers of the clone, beside what those in force decide. */
export const previewThresholds = (queries: Queries, asked: Thresholds, inForce: Thresholds): Preview => {
  const [presentLimits, proposedLimits] = [thresholdsFrom(inForce), thresholdsFrom(asked)]
  const replayed = newestAnswers(queries).flatMap((answer) => {
    const parsed = policySignals.safeParse(JSON.parse(answer.signals))
    if (!parsed.success) return []
    const decide = (limits: HandoffThresholds) =>
      decideHandoff(
        {
          signals: parsed.data,
          confidence: answer.confidence,
          generation: generationOf(answer.trigger),
          isGoingInCircles: answer.trigger === 'circles',
        },
        limits,
      )
    return [{ answer, present: decide(presentLimits), proposed: decide(proposedLimits) }]
  })
  const changed = replayed.filter(({ present, proposed }) => present.handOff !== proposed.handOff)
  return {
    considered: replayed.length,
    handedOffNow: replayed.filter(({ present }) => present.handOff).length,
    handedOffThen: replayed.filter(({ proposed }) => proposed.handOff).length,
    changed: changed.length,
    marked: replayed.filter(({ answer }) => answer.isMarked === 1).length,
    byPoints: byPoints(replayed),
    examples: changed
      .slice(0, mostExamples)
      .map(({ answer: { conversationId, clientName, messagePreview, confidence, at }, proposed }) => ({
        conversationId,
        clientName,
        messagePreview,
        score: proposed.score,
        confidence,
        wouldHandOff: proposed.handOff,
        at,
      })),
  }
}

const mostPoints = 10

interface Replayed {
  readonly answer: Answer
  readonly proposed: HandoffDecision
}

/** A hard trigger hands over whatever the number of points; only where there is none do points decide. */
const byPoints = (replayed: readonly Replayed[]): Preview['byPoints'] =>
  Array.from({ length: mostPoints }, (_, index) => {
    const points = index + 1
    const handedOff = replayed.filter(
      ({ proposed: { trigger, score } }) => (trigger !== null && trigger !== 'score') || score >= points,
    )
    return {
      points,
      handedOff: handedOff.length,
      marked: handedOff.filter(({ answer }) => answer.isMarked === 1).length,
      sentUnchanged: handedOff.filter(({ answer }) => answer.isSentUnchanged === 1).length,
    }
  })

const newestAnswers = (queries: Queries): Answer[] =>
  queries.all<Answer>(sql`
    SELECT e.conversation_id AS conversationId, cl.name AS clientName, coalesce(substr(m.content, 1, 160), '') AS messagePreview,
      e.signals, e.confidence, e.created_at AS at,
      coalesce(r.should_have_handed_over, 0) AS isMarked, coalesce(r.draft_outcome = 'sent', 0) AS isSentUnchanged,
      (SELECT h.trigger FROM handoffs h WHERE h.execution_id = e.id AND h.to_owner IN ('waiting','locked') ORDER BY h.seq LIMIT 1) AS trigger
    FROM agent_executions e INDEXED BY agent_executions_finished JOIN clients cl ON cl.id = e.client_id
    LEFT JOIN messages m ON m.seq = e.last_client_seq
    LEFT JOIN reply_outcomes r ON r.execution_id = e.id
    WHERE e.finished_at IS NOT NULL AND e.confidence IS NOT NULL
    ORDER BY e.finished_at DESC LIMIT ${mostAnswers}`)

/** An answer that must not be sent is handed over whatever the thresholds say. */
const generationOf = (trigger: HandoffTrigger | null): 'ok' | 'failed' | 'unsafe' => {
  if (trigger === 'unsafe_generation') return 'unsafe'
  return trigger === 'generation_failed' ? 'failed' : 'ok'
}
