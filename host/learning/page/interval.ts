/** z of a two-sided interval that holds the truth 95 times of 100. */
const z95 = 1.96

/**
 * The 95 % interval of a share of cases, 0 to 1: Wilson's score interval (E. B. Wilson, JASA 22, 1927), honest with few
 * cases. Both null without any.
 */
export const intervalOf = (well: number, cases: number): { low: number | null; high: number | null } => {
  if (cases <= 0) return { low: null, high: null }
  const share = well / cases
  const spread = 1 + z95 ** 2 / cases
  const centre = (share + z95 ** 2 / (2 * cases)) / spread
  const half = (z95 / spread) * Math.sqrt((share * (1 - share)) / cases + z95 ** 2 / (4 * cases ** 2))
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}
