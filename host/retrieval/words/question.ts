import { stopWordsIn } from './stopWords.ts'
import type { ConceptLink } from './store.ts'
import { type Word, wordsOf } from './tokens.ts'

/** One term that is searched for. */
export interface AskedTerm {
  readonly term: number
  /** How often it was asked for; a share of once where only a concept link brought it in. */
  readonly weight: number
  readonly isLinked: boolean
}

/** What is beyond is not read: a question is not a book. */
export const readCharacters = 20_000
/** A longer question is searched by its rarest words. */
const mostTerms = 32
const linkedWeight = 0.5

/** Phrases by their terms, each with what it is linked to. */
interface Link {
  readonly phrase: readonly Word[]
  readonly other: readonly Word[]
}

export const readLinks = (links: readonly ConceptLink[]): Link[] =>
  links
    .map(([term, other]) => [wordsOf(term), wordsOf(other)] as const)
    .filter(([term, other]) => term.length > 0 && other.length > 0)
    .flatMap(([term, other]) => [
      { phrase: term, other },
      { phrase: other, other: term },
    ])

const holds = (words: readonly Word[], phrase: readonly Word[]): boolean =>
  words.some((_, from) => phrase.every(({ term }, offset) => words[from + offset]?.term === term))

/**
 * The terms of a question, without words that say nothing, with what concept links add; at most 32, the rarest first.
 * Takes any text: what holds no word gives no term.
 */
export const understand = (text: string, links: readonly Link[], rarityOf: (term: number) => number): AskedTerm[] => {
  const words = wordsOf(text.slice(0, readCharacters))
  const stopped = stopWordsIn(words.map(({ folded }) => folded))
  const asked = new Map<number, AskedTerm>()
  for (const { folded, term } of words) {
    if (!stopped.has(folded)) asked.set(term, { term, weight: (asked.get(term)?.weight ?? 0) + 1, isLinked: false })
  }
  for (const { other } of links.filter(({ phrase }) => holds(words, phrase))) {
    const small = stopWordsIn(other.map(({ folded }) => folded))
    for (const { folded, term } of other) {
      if (!small.has(folded) && !asked.has(term)) asked.set(term, { term, weight: linkedWeight, isLinked: true })
    }
  }
  return [...asked.values()]
    .map((one) => ({ one, value: one.weight * rarityOf(one.term) }))
    .sort((a, b) => b.value - a.value)
    .slice(0, mostTerms)
    .map(({ one }) => one)
}
