/** What is known about all passages together. */
export interface Library {
  readonly passages: number
  /** Terms in a passage. */
  readonly meanLength: number
  /** In how many passages a term stands. */
  documentFrequency(term: number): number
  rarityOf(term: number): number
}
