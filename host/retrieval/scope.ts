/** For whom passages are looked up, and where. */
export interface Scope {
  /** A client's context holds what is for everyone and what is theirs; the coach sees everything. */
  readonly reader: { readonly kind: 'coach' } | { readonly kind: 'client'; readonly clientId: string }
  /** Only these documents; absent: all. */
  readonly documentIds?: readonly string[]
  /** Only documents with one of these tags; absent: all. */
  readonly tags?: readonly string[]
}

/** A passage that one way of searching found; the higher the score the better, comparable within that way only. */
export interface ScoredChunk {
  readonly chunkSeq: number
  readonly score: number
}
