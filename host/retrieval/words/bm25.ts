// Robertson and Zaragoza, "The probabilistic relevance framework: BM25 and beyond", 2009; k1 and b as FTS5 has them.
const k1 = 1.2
const b = 0.75

// In a small library a word that stands in its few passages would tell nothing, and one that stands nowhere everything.
const leastPassages = 1_000

/** How much a term tells: rare ones much, one that stands everywhere nearly nothing, none less than that. */
export const rarity = (documentFrequency: number, documents: number): number =>
  Math.log(1 + (Math.max(documents, leastPassages) - documentFrequency + 0.5) / (documentFrequency + 0.5))

/** What long passages have to make up for. */
export const lengthPenalty = (length: number, meanLength: number): number =>
  k1 * (1 - b + (b * length) / Math.max(1, meanLength))

/** From 0 towards k1 + 1 the more often a term stands in a passage. */
export const saturated = (times: number, penalty: number): number => ((k1 + 1) * times) / (times + penalty)
