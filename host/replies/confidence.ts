import type { z } from 'zod'
import type { scorePart } from '../../shared/contract/inbox.ts'
import type { ReplyAnswer } from '../ai/index.ts'

type Part = z.infer<typeof scorePart>

/** A server that cannot be held to a form gives figures that mean a little less. */
const plainAnswerPenalty = 0.05
/** Who names a source that was never given may have made up more than that. */
const inventedSourcePenalty = 0.2
/** Less would be shown as nothing. */
const leastShown = 0.005

interface Confidence {
  /** To be shown and decided by, 0 to 1. */
  readonly value: number
  /** What it was before the coach's record; the record itself is kept on this, never on what it already corrected. */
  readonly raw: number
  readonly parts: Part[]
}

/**
 * Confidence between 0 and 1 with the parts it is made of, in two steps: the evidence about this reply added up (further
 * evidence joins as parts before the record), then corrected by what the coach did with replies that were as sure.
 */
export const computeConfidence = (
  answer: Pick<ReplyAnswer, 'confidence' | 'usedFallback'>,
  inventedSources = 0,
  byRecord: (raw: number) => number = (raw) => raw,
): Confidence => {
  const parts: Part[] = [{ name: "The model's own figure", points: answer.confidence }]
  if (answer.usedFallback)
    parts.push({ name: 'The server cannot give structured answers', points: -plainAnswerPenalty })
  if (inventedSources > 0)
    parts.push({ name: 'It named a source that it was not given', points: -inventedSourcePenalty })
  const raw = Math.min(
    1,
    Math.max(
      0,
      parts.reduce((sum, part) => sum + part.points, 0),
    ),
  )
  const corrected = byRecord(raw)
  if (Math.abs(corrected - raw) >= leastShown)
    parts.push({ name: 'Your record with replies this sure', points: corrected - raw })
  return { value: corrected, raw, parts }
}
