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
