/** A text and what may be remembered of it, each as `kind: words of it`; one empty label where nothing may be. */
export type Labelled = readonly [text: string, ...expected: string[]]
