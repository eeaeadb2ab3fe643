import type { Emotion, Situation } from '../../shared/taxonomy/situations.ts'
import { emojiEmotions } from './lexicon/emoji.ts'
import type { FeelingLexicon, SentimentLexicon } from './lexicon/lexicon.ts'
import type { Token } from './normalise.ts'
import { compilePhrases, type Match, type Phrase } from './pattern.ts'
import type { Wording } from './vocabulary.ts'

export interface Feelings {
  /** How strongly each emotion shows. */
  readonly emotions: ReadonlyMap<Emotion, number>
  readonly situations: ReadonlySet<Situation>
  readonly saysItGoesInCircles: boolean
}

export interface FeelingReader extends Wording {
  read(tokens: readonly Token[]): Feelings
}

type Sign = { readonly emotion: Emotion } | { readonly situation: Situation } | { readonly isCircle: true }

/** Where several situations show, the first of these counts: what asks most of a coach comes first. */
const precedence: readonly Situation[] = [
  'crisis_moment',
  'high_stakes_decision',
  'grief_or_loss',
  'relationship_conflict',
  'breakthrough',
  'celebration',
  'setback',
  'loss_of_motivation',
  'self_doubt',
  'procrastination',
  'resistance',
  'life_transition',
  'progress',
  'accountability',
  'goal_setting',
  'scheduling',
  'seeking_advice',
  'venting',
  'small_talk',
]

/** What "not" makes of a good feeling; a bad one that is denied is none. */
const denied: Readonly<Partial<Record<Emotion, Emotion>>> = {
  happy: 'sad',
  proud: 'ashamed',
  hopeful: 'discouraged',
  motivated: 'discouraged',
  calm: 'anxious',
}

const reach = 3
const longGreeting = 10
const despairBelow = -0.5

/** Compiles one language's words for emotions and situations. */
export const createFeelingReader = (
  lexicon: FeelingLexicon,
  { negators, turns }: Pick<SentimentLexicon, 'negators' | 'turns'>,
): FeelingReader => {
  const set = compilePhrases<Sign>(
    [
      ...entriesOf(lexicon.emotions).map(({ phrase, value }) => ({ phrase, value: { emotion: value } })),
      ...entriesOf(lexicon.situations).map(({ phrase, value }) => ({ phrase, value: { situation: value } })),
      ...lexicon.circles.map((phrase) => ({ phrase, value: { isCircle: true as const } })),
    ],
    lexicon.groups,
  )

  const isDenied = (tokens: readonly Token[], { from }: Match<Sign>): boolean => {
    for (let back = 1; back <= reach; back += 1) {
      const before = tokens[from - back]
      if (!before || tokens[from - back + 1]?.gap !== 'none') return false
      if (negators.has(before.word)) return true
    }
    return false
  }

  const read = (tokens: readonly Token[]): Feelings => {
    const turn = tokens.findLastIndex(({ word }) => turns.has(word))
    const strength = new Map<Emotion, number>()
    const add = (emotion: Emotion | undefined, at: number) => {
      if (emotion) strength.set(emotion, (strength.get(emotion) ?? 0) + (at > turn ? 2 : 1))
    }
    const situations = new Set<Situation>()
    let saysItGoesInCircles = false
    for (const match of set.find(tokens)) {
      const { value } = match
      if ('emotion' in value) add(isDenied(tokens, match) ? denied[value.emotion] : value.emotion, match.from)
      else if ('situation' in value) situations.add(value.situation)
      else saysItGoesInCircles = true
    }
    tokens.forEach(({ word }, at) => {
      if (word > '\u007f') add(emojiEmotions[word], at)
    })
    return { emotions: strength, situations, saysItGoesInCircles }
  }

  return { sets: [set], vocabulary: set.vocabulary, read }
}

function* pairs<T extends string>(record: Readonly<Partial<Record<T, readonly Phrase[]>>>) {
  for (const key in record) yield { key, phrases: record[key] ?? [] }
}

const entriesOf = <T extends string>(record: Readonly<Partial<Record<T, readonly Phrase[]>>>) =>
  [...pairs(record)].flatMap(({ key, phrases }) => phrases.map((phrase) => ({ phrase, value: key })))

/** The strongest feeling of all readings; of equally strong ones the one that showed first. */
export const strongestEmotion = (readings: readonly Feelings[]): Emotion => {
  const total = new Map<Emotion, number>()
  for (const { emotions } of readings) {
    for (const [emotion, strength] of emotions) total.set(emotion, (total.get(emotion) ?? 0) + strength)
  }
  const [strongest] = [...total].toSorted(([, a], [, b]) => b - a)
  return strongest?.[0] ?? 'neutral'
}

/** What the moment is about, by precedence; `words` is the length of the text. */
export const mainSituation = (
  readings: readonly Feelings[],
  { highStakes, sentiment, words }: { highStakes: boolean; sentiment: number; words: number },
): Situation => {
  const found = new Set(readings.flatMap(({ situations }) => [...situations]))
  if (highStakes) found.add('high_stakes_decision')
  if (sentiment < despairBelow) found.add('venting')
  if (words > longGreeting) found.delete('small_talk')
  return precedence.find((situation) => found.has(situation)) ?? 'other'
}

/** The graver of two readings of one text, by the same precedence. */
export const firstSituation = (situations: readonly Situation[]): Situation =>
  precedence.find((situation) => situations.includes(situation)) ?? 'other'
