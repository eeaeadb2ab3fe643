/** So many edits before anything is concluded: twice may be chance, three of three has odds of one in eight. */
export const leastEdits = 3
/** So sure that the coach would change most such drafts before a rule is used. */
export const sureness = 0.9
/** The newest drafts a rule could have applied to; what the coach did before that no longer counts. */
export const lookBack = 40
/** From here on something is shown as proposed: once is no habit. */
export const leastToPropose = 2
/** So many edits must remain when the client, or the situation, with most of them is left out of a wider rule. */
export const leastElsewhere = 2

/**
 * How likely it is that the coach changes more than half of such drafts, having changed `seen` and not changed `against`
 * (uniform prior; P(p > 1/2) of Beta(1 + seen, 1 + against), as the equal binomial sum).
 */
export const majoritySureness = (seen: number, against: number): number => {
  const trials = seen + against + 1
  let term = 0.5 ** trials
  let sum = 0
  for (let heads = 0; heads <= seen; heads += 1) {
    sum += term
    term = (term * (trials - heads)) / (heads + 1)
  }
  return sum
}
