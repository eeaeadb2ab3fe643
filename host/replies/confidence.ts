import type { z } from 'zod'
import type { scorePart } from '../../shared/contract/inbox.ts'
import type { ReplyAnswer } from '../ai/index.ts'
import type { Proven } from '../learning/index.ts'

type Part = z.infer<typeof scorePart>

/** A server that cannot be held to a form gives figures that mean a little less. */
const plainAnswerPenalty = 0.05
/** Who names a source that was never given may have made up more than that. */
const inventedSourcePenalty = 0.2

/** What is known to work raises confidence by so much at most, and what is known not to lowers it. */
const mostProven = 0.15
/** A chance of one half says nothing; a sure thing is worth two fifths of what lies between. */
const provenWeight = 0.4

/** Confidence between 0 and 1 with the parts it is made of; later evidence (passages, record) joins as further parts. */
export const computeConfidence = (
  answer: Pick<ReplyAnswer, 'confidence' | 'usedFallback'>,
  inventedSources = 0,
  proven: Proven | null = null,
): { value: number; parts: Part[] } => {
  const parts: Part[] = [{ name: "The model's own figure", points: answer.confidence }]
  if (answer.usedFallback)
    parts.push({ name: 'The server cannot give structured answers', points: -plainAnswerPenalty })
  if (inventedSources > 0)
    parts.push({ name: 'It named a source that it was not given', points: -inventedSourcePenalty })
  if (proven !== null) {
    const points = (proven.effectiveness - 0.5) * provenWeight
    parts.push({ name: proven.label, points: Math.min(mostProven, Math.max(-mostProven, points)) })
  }
  const value = parts.reduce((sum, part) => sum + part.points, 0)
  return { value: Math.min(1, Math.max(0, value)), parts }
}
