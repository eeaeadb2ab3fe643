import { emojiWeights } from './lexicon/emoji.ts'
import type { SentimentLexicon } from './lexicon/lexicon.ts'
import type { Token } from './normalise.ts'
import { compilePhrases } from './pattern.ts'
import type { Wording } from './vocabulary.ts'

export interface SentimentReader extends Wording {
  /** From -1 (despair) to 1 (joy); 0 where no word of feeling was found. */
  read(tokens: readonly Token[]): number
}

const reach = 3
const denied = -0.6
/** How much feeling it takes to come near the ends of the scale. */
const damping = 12

/** Adds up weighted words of feeling, with negation, emphasis, and a turn at "but". */
export const createSentimentReader = (lexicon: SentimentLexicon): SentimentReader => {
  const phrases = compilePhrases(
    lexicon.phrases.map(({ phrase, weight }) => ({ phrase, value: weight })),
    {},
  )
  const weights = new Map([...Object.entries(lexicon.words), ...Object.entries(emojiWeights)])

  const inContext = (tokens: readonly Token[], at: number, weight: number): number => {
    let result = weight
    for (let back = 1; back <= reach; back += 1) {
      const before = tokens[at - back]
      if (!before || tokens[at - back + 1]?.gap !== 'none') break
      if (back === 1) result *= lexicon.intensifiers[before.word] ?? 1
      if (lexicon.negators.has(before.word)) return result * denied
    }
    return result
  }

  const read = (tokens: readonly Token[]): number => {
    const found = phrases.find(tokens)
    const taken = new Set(
      found.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index)),
    )
    const scored = [
      ...found.map(({ from, value }) => ({ at: from, weight: value })),
      ...tokens.flatMap(({ word }, at) => {
        const weight = taken.has(at) ? 0 : (weights.get(word) ?? 0)
        return weight === 0 ? [] : [{ at, weight: inContext(tokens, at, weight) }]
      }),
    ]
    const turn = tokens.findLastIndex(({ word }) => lexicon.turns.has(word))
    const sum = scored.reduce((total, { at, weight }) => total + weight * (turn < 0 ? 1 : at < turn ? 0.5 : 1.25), 0)
    return sum === 0 ? 0 : Math.round((sum / Math.sqrt(sum * sum + damping)) * 100) / 100
  }

  const known = [lexicon.words, lexicon.intensifiers].flatMap((record) => Object.keys(record))
  return { sets: [phrases], vocabulary: new Set([...known, ...lexicon.negators, ...phrases.vocabulary]), read }
}
