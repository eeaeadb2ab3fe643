/** One measured figure, beside its budget and the figure it is to be compared with. */
export interface Figure {
  readonly metric: string
  readonly value: number
  readonly unit: string
  readonly budget?: number
  readonly baseline?: number
  readonly ratio?: number
  readonly ok?: boolean
}

/** The value below which the given part (0 to 1) of the values lies; 0 where there are none. */
export const quantile = (values: readonly number[], at: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * at) - 1] ?? 0

/** A figure in milliseconds with the most it should be. */
export const within = (metric: string, value: number, budget: number): Figure => ({
  metric,
  value,
  unit: 'ms',
  budget,
  ok: value <= budget,
})
