import { calibrateThreshold, normalise, type QuestionMeaning } from '../../retrieval/index.ts'
import { cosineWith, stepsFrom } from '../meaning/index.ts'

/** So many moments are near a question at most; all of them would drown what its words find. */
const mostNear = 12
/** What a moment just above the threshold matters: as much as one that shares a rather common word. */
const leastNearness = 0.3
/** Half way from the threshold to saying the very same, nothing can be more to the point. */
const fullyToThePoint = 0.5

interface StoredVector {
  readonly seq: number
  readonly vector: Uint8Array | null
}

/**
 * The moments that are about what was asked, with 0 to 1 how near they are, by their number. The threshold is that of the
 * space; while the library is too small to give it one, what the client's own moments have in common anyway.
 */
export const nearMoments = (
  stored: readonly StoredVector[],
  { figures, threshold }: Pick<QuestionMeaning, 'figures' | 'threshold'>,
): ReadonlyMap<number, number> => {
  const known = stored.flatMap(({ seq, vector }) => {
    const steps = vector && stepsFrom(vector)
    return steps?.length === figures.length ? [{ seq, steps }] : []
  })
  const above = threshold ?? calibrateThreshold(known.flatMap(({ steps }) => normalise(steps) ?? []))
  if (above === null) return new Map()
  return new Map(
    known
      .map(({ seq, steps }) => ({ seq, cosine: cosineWith(figures, steps) }))
      .filter(({ cosine }) => cosine >= above)
      .sort((a, b) => b.cosine - a.cosine || a.seq - b.seq)
      .slice(0, mostNear)
      .map(({ seq, cosine }) => {
        const share = Math.min(1, (cosine - above) / ((1 - above) * fullyToThePoint))
        return [seq, leastNearness + (1 - leastNearness) * share]
      }),
  )
}
