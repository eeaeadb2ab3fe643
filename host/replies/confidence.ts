import type { z } from 'zod'
import type { scorePart } from '../../shared/contract/inbox.ts'
import type { ReplyAnswer } from '../ai/index.ts'
import { handoffThresholds } from '../handoff/index.ts'
import type { Proven } from '../learning/index.ts'

type Part = z.infer<typeof scorePart>

/** A server that cannot be held to a form gives figures that mean a little less. */
const plainAnswerPenalty = 0.05
/** Who names a source that was never given may have made up more than that. */
const inventedSourcePenalty = 0.2
/** Less would be shown as nothing. */
const leastShown = 0.005

/** What is known to work raises confidence by so much at most, and what is known not to lowers it. */
const mostProven = 0.15
/** A chance of one half says nothing; a sure thing is worth two fifths of what lies between. */
const provenWeight = 0.4

interface Confidence {
  /** To be shown and decided by, 0 to 1. */
  readonly value: number
  /** What it was before the coach's record; the record itself is kept on this, never on what it already corrected. */
  readonly raw: number
  readonly parts: Part[]
}

interface Evidence {
  readonly inventedSources?: number
  readonly proven?: Proven | null
  /** What the coach did with replies that were as sure. */
  readonly byRecord?: (raw: number) => number
}

/**
 * Confidence between 0 and 1 with the parts it is made of, in two steps: the evidence about this reply added up, then
 * corrected by the coach's record. Nothing raises what the clone itself refuses to answer.
 */
export const computeConfidence = (
  answer: Pick<ReplyAnswer, 'confidence' | 'usedFallback'>,
  { inventedSources = 0, proven = null, byRecord = (raw) => raw }: Evidence = {},
): Confidence => {
  const parts: Part[] = [{ name: "The model's own figure", points: answer.confidence }]
  if (answer.usedFallback)
    parts.push({ name: 'The server cannot give structured answers', points: -plainAnswerPenalty })
  if (inventedSources > 0)
    parts.push({ name: 'It named a source that it was not given', points: -inventedSourcePenalty })
  if (proven !== null) {
    const points = (proven.effectiveness - 0.5) * provenWeight
    const mostRaised = answer.confidence < handoffThresholds.refusesBelow ? 0 : mostProven
    parts.push({ name: proven.label, points: Math.min(mostRaised, Math.max(-mostProven, points)) })
  }
  const sum = parts.reduce((total, part) => total + part.points, 0)
  const raw = Math.min(1, Math.max(0, sum))
  const corrected = byRecord(raw)
  if (Math.abs(corrected - raw) >= leastShown)
    parts.push({ name: 'Your record with replies this sure', points: corrected - raw })
  return { value: corrected, raw, parts }
}
