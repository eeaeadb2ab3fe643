import type { Reaction, Technique } from '../../../shared/taxonomy/learning.ts'

/** A Beta distribution of the chance that a client takes something well. */
export interface Posterior {
  readonly alpha: number
  readonly beta: number
}

/** One thing that speaks for an approach, against it, or a little of both. */
export interface Weight {
  readonly for: number
  readonly against: number
}

/** Nothing is known: every chance is as likely as any other. */
export const prior: Posterior = { alpha: 1, beta: 1 }

/** Transformative counts more than positive; a neutral answer says little either way. */
const reactionWeights = {
  transformative: { for: 1.5, against: 0 },
  positive: { for: 1, against: 0 },
  neutral: { for: 0.25, against: 0.25 },
  negative: { for: 0, against: 1 },
} as const satisfies Record<Reaction, Weight>

/** A challenge is meant to be uncomfortable: discomfort alone is only half an argument against it. */
const discomfortOfChallenge = 0.5
/** Whether the client did what they said weighs half as much as how they took it. */
const followThroughWeight = 0.5

/** What the coach's own intervention says about its approach. `followThrough`: 0 to 1, null where nothing is known yet. */
export const weightOfIntervention = (
  technique: Technique,
  reaction: Reaction,
  followThrough: number | null,
): Weight => {
  const { for: speaksFor, against } = reactionWeights[reaction]
  const lenient = technique === 'challenge' && reaction === 'negative' ? discomfortOfChallenge : 1
  const later = followThrough === null ? 0 : (followThrough - 0.5) * 2 * followThroughWeight
  return { for: speaksFor + Math.max(0, later), against: against * lenient + Math.max(0, -later) }
}

/** How a reply of the clone went that used an approach. */
export interface LaterUse {
  readonly reaction: Reaction | null
  /** The coach sent the draft nearly as it was, or not; null where there was no draft. */
  readonly isAccepted: boolean | null
  readonly shouldHaveHandedOver: boolean
}

/** A reply of the clone says half as much about an approach as an intervention of the coach. */
const cloneWeight = 0.5

export const weightOfUse = ({ reaction, isAccepted, shouldHaveHandedOver }: LaterUse): Weight => {
  if (shouldHaveHandedOver) return { for: 0, against: 1 }
  const taken = reaction === null ? { for: 0, against: 0 } : reactionWeights[reaction]
  const drafted =
    isAccepted === null ? { for: 0, against: 0 } : isAccepted ? { for: 0.5, against: 0 } : { for: 0, against: 0.5 }
  return { for: cloneWeight * (taken.for + drafted.for), against: cloneWeight * (taken.against + drafted.against) }
}

export const posteriorOf = (weights: readonly Weight[]): Posterior => ({
  alpha: weights.reduce((sum, weight) => sum + weight.for, prior.alpha),
  beta: weights.reduce((sum, weight) => sum + weight.against, prior.beta),
})

/** The mean of the posterior, 0 to 1. */
export const meanOf = ({ alpha, beta }: Posterior): number => alpha / (alpha + beta)

/** z of a two-sided interval that holds the truth 95 times of 100. */
const z95 = 1.96

/**
 * A 95 % interval of the chance: Wilson's score interval (E. B. Wilson, JASA 22, 1927) with the posterior's counts, which
 * stays within 0 and 1 and is honest with few cases.
 */
export const intervalOf = ({ alpha, beta }: Posterior): { low: number; high: number } => {
  const size = alpha + beta
  const share = alpha / size
  const centre = (share + z95 ** 2 / (2 * size)) / (1 + z95 ** 2 / size)
  const half = (z95 / (1 + z95 ** 2 / size)) * Math.sqrt((share * (1 - share)) / size + z95 ** 2 / (4 * size ** 2))
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}
