import type { QuestionMeaning } from '../retrieval/index.ts'

/** A passage of the coach's library that the clone is given for one reply. */
export interface GivenPassage {
  readonly chunkId: string
  readonly documentId: string
  readonly title: string
  readonly headingPath: string
  /** As the document names it, such as "page 12" or "at 3:20"; empty where it has none. */
  readonly place: string
  readonly text: string
}

/**
 * Looks for passages that this client may be answered from, and for what the text means; never rejects, an empty answer is
 * one.
 */
export type FindPassages = (asked: {
  readonly clientId: string
  readonly text: string
  readonly signal: AbortSignal
}) => Promise<{ readonly passages: readonly GivenPassage[]; readonly meaning: QuestionMeaning | null }>

/** "Saying no › At work, page 3". */
export const sourceOf = ({ title, headingPath, place }: GivenPassage): string =>
  [[title, headingPath].filter(Boolean).join(' › '), place].filter(Boolean).join(', ')

const marksOf = (citation: string): string[] => citation.match(/\d+/gu) ?? []

/** Which of the given passages an answer rests on, and how many it named that it was never given. */
export const checkCitations = (
  citations: readonly string[],
  given: readonly GivenPassage[],
): { cited: ReadonlySet<string>; invented: number } => {
  const numbers = new Set(citations.flatMap((each) => (marksOf(each).length > 0 ? marksOf(each) : ['0'])))
  const found = [...numbers].map((mark) => given[Number(mark) - 1]?.chunkId)
  return {
    cited: new Set(found.filter((id) => id !== undefined)),
    invented: found.filter((id) => id === undefined).length,
  }
}
