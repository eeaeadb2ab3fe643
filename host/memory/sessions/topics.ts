import { contentWords } from '../words.ts'

const mostTopics = 8

/**
 * What texts are about: the words that most of them share, and pairs that stand together at least twice, the most frequent
 * first. A word counts once a text; longer words come first among equals.
 */
export const topicsOf = (texts: readonly string[]): string[] => {
  const counts = new Map<string, number>()
  for (const text of texts) {
    const words = contentWords(text)
    const pairs = words.slice(1).map((word, at) => `${words[at]} ${word}`)
    const terms = new Set([...words.filter((word) => word.length > 3), ...pairs.filter((pair) => isPair(pair, text))])
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  }
  const ranked = [...counts]
    .filter(([term, count]) => !term.includes(' ') || count > 1)
    .toSorted(
      ([a, x], [b, y]) =>
        y - x || Number(b.includes(' ')) - Number(a.includes(' ')) || b.length - a.length || (a < b ? -1 : 1),
    )
  const chosen: string[] = []
  for (const [term] of ranked) {
    if (chosen.length === mostTopics) break
    if (!chosen.some((one) => one.includes(term) || term.includes(one))) chosen.push(term)
  }
  return chosen
}

/** Two words that stand side by side in the text, not only after small words are left out. */
const isPair = (pair: string, text: string): boolean => text.toLowerCase().includes(pair)
