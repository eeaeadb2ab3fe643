/** What was found for a query, best first. */
export interface Ranking {
  readonly _id: string
  readonly hits: readonly { readonly _id: string }[]
}

/** How relevant documents are, by query and document; above 0 is relevant. */
export type Judgments = ReadonlyMap<string, ReadonlyMap<string, number>>

export const judgments = (
  rows: readonly { readonly query: string; readonly doc: string; readonly relevance: number }[],
): Judgments => {
  const judged = new Map<string, Map<string, number>>()
  for (const { query, doc, relevance } of rows) {
    if (relevance <= 0) continue
    const known = judged.get(query) ?? new Map<string, number>()
    judged.set(query, known.set(doc, relevance))
  }
  return judged
}

// Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002; linear gains, as trec_eval has it.
const gainOf = (grades: readonly number[]): number =>
  grades.reduce((sum, grade, index) => sum + grade / Math.log2(index + 2), 0)

const nDcg = ({ hits }: Ranking, grades: ReadonlyMap<string, number>, depth: number): number => {
  const found = hits.slice(0, depth).map(({ _id }) => grades.get(_id) ?? 0)
  const ideal = [...grades.values()].sort((a, b) => b - a).slice(0, depth)
  return gainOf(found) / gainOf(ideal)
}

const recall = ({ hits }: Ranking, grades: ReadonlyMap<string, number>, depth: number): number =>
  hits.slice(0, depth).filter(({ _id }) => grades.has(_id)).length / grades.size

/** A line with nDCG@10 and recall@100, the mean over the queries that have a relevant document. */
export const figuresOf = (name: string, rankings: readonly Ranking[], judged: Judgments): string => {
  const rows = rankings.flatMap((ranking) => {
    const grades = judged.get(ranking._id)
    return grades === undefined ? [] : [{ gain: nDcg(ranking, grades, 10), recall: recall(ranking, grades, 100) }]
  })
  const mean = (figures: readonly number[]): string =>
    figures.length === 0 ? 'none to count' : (figures.reduce((sum, one) => sum + one, 0) / figures.length).toFixed(4)
  return `${name}  nDCG@10 ${mean(rows.map(({ gain }) => gain))}  recall@100 ${mean(rows.map((row) => row.recall))}  over ${rows.length} queries`
}
