import type { Situation } from '../../../shared/taxonomy/situations.ts'
import { stemsOf } from '../../memory/index.ts'

/** What makes two moments alike, together 1; where the kind of one of them says little, it is the words that tell. */
const weights = {
  kind: { situation: 0.55, words: 0.35, recency: 0.1 },
  words: { situation: 0.2, words: 0.7, recency: 0.1 },
} as const

/**
 * Below this, no draft is better than one that does not fit: it takes the same kind of moment within the last half year, or
 * with words in common; where the kind says nothing, about half of the words.
 */
export const leastAlike = 0.6

const untelling: ReadonlySet<Situation> = new Set(['other', 'small_talk', 'scheduling'])
/** One word in common is no likeness, however short both texts are. */
const fewestStems = 3
const halfLifeMs = 180 * 86_400_000
const undatedRecency = 0.25

export const isTelling = (situation: Situation): boolean => !untelling.has(situation)

/** The share of their words that two texts have in common, as the cosine of their sets of stems: 0 to 1. */
export const inCommon = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  const shared = [...a].filter((stem) => b.has(stem)).length
  return shared / Math.sqrt(Math.max(fewestStems, a.size) * Math.max(fewestStems, b.size))
}

export const stemSet = (text: string): ReadonlySet<string> => new Set(stemsOf(text))

interface Moment {
  readonly situation: Situation
  readonly stems: ReadonlySet<string>
}

/** How alike a past moment and the present one are, 0 to 1. `at` and `now`: milliseconds UTC. */
export const similarityOf = (past: Moment & { readonly at: number | null }, present: Moment, now: number): number => {
  const isKnown = isTelling(past.situation) && isTelling(present.situation)
  const { situation, words, recency } = isKnown ? weights.kind : weights.words
  const isSame = !isKnown || past.situation === present.situation
  const age = past.at === null ? undatedRecency : 0.5 ** (Math.max(0, now - past.at) / halfLifeMs)
  return (isSame ? situation : 0) + words * inCommon(past.stems, present.stems) + recency * age
}
