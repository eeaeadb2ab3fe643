export interface Clauses {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly kept: readonly string[]
}

/** Shorter is no phrase, longer is a sentence nobody says twice. Words. */
const leastWords = 2
const mostWords = 9
const mostPhrases = 6
const mostKept = 24

/** The short clauses of a text, each once, in lower case and without the marks around them. */
const clausesOf = (text: string): string[] => {
  const clauses = text
    .toLowerCase()
    .split(/[.!?…？。]+(?=\s|$)|[,;:](?=\s)|\s[–—-]\s|\n+/u)
    .map((clause) => clause.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '').replace(/\s+/gu, ' '))
  const isPhrase = (clause: string): boolean => {
    const { length } = clause.split(' ')
    return length >= leastWords && length <= mostWords
  }
  return [...new Set(clauses.filter(isPhrase))]
}

/** Which phrases came, went and stayed. A phrase that only moved, or whose marks changed, stayed. */
export const compareClauses = (before: string, after: string): Clauses => {
  const words = (text: string): string => ` ${(text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []).join(' ')} `
  const [wordsBefore, wordsAfter] = [words(before), words(after)]
  const [old, current] = [clausesOf(before), clausesOf(after)]
  const stays = (clause: string): boolean => wordsAfter.includes(words(clause))
  return {
    added: current.filter((clause) => !wordsBefore.includes(words(clause))).slice(0, mostPhrases),
    removed: old.filter((clause) => !stays(clause)).slice(0, mostPhrases),
    kept: old.filter(stays).slice(0, mostKept),
  }
}
