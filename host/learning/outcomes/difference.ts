/** One group of comparable replies: how many of those with the item, and of those without it, had the outcome. */
export interface Stratum {
  readonly with: { readonly yes: number; readonly of: number }
  readonly without: { readonly yes: number; readonly of: number }
}

export interface Difference {
  /** Share with the item less the share without it, -1 to 1. */
  readonly value: number
  /** 95 % interval. */
  readonly low: number
  readonly high: number
}

const z95 = 1.959964

/**
 * Mantel–Haenszel risk difference over strata: each counts by n₁n₀/N, so groups of different size and different luck
 * are not mixed (Mantel & Haenszel 1959). Variance Σ w²(p₁q₁/n₁ + p₀q₀/n₀) / (Σ w)² (Greenland & Robins 1985), each p
 * with half an outcome added on either side, so that "all of three" is not taken for certain. Null without a stratum
 * that has both.
 */
export const pooledDifference = (strata: readonly Stratum[]): Difference | null => {
  const both = strata.filter((one) => one.with.of > 0 && one.without.of > 0)
  if (both.length === 0) return null
  let [weights, sum, variance] = [0, 0, 0]
  for (const { with: given, without } of both) {
    const weight = (given.of * without.of) / (given.of + without.of)
    weights += weight
    sum += weight * (given.yes / given.of - without.yes / without.of)
    variance += weight ** 2 * (varianceOf(given) + varianceOf(without))
  }
  const value = sum / weights
  const half = (z95 * Math.sqrt(variance)) / weights
  return { value, low: Math.max(-1, value - half), high: Math.min(1, value + half) }
}

const varianceOf = ({ yes, of }: { readonly yes: number; readonly of: number }): number => {
  const p = (yes + 0.5) / (of + 1)
  return (p * (1 - p)) / of
}
