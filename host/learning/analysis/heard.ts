import { type Technique, techniques } from '../../../shared/taxonomy/learning.ts'
import { type Listener, listenerOf } from './cues/index.ts'
import { isContent, readSentences, type Sentence, wordsOf } from './sentences.ts'
import { isFiller, type Weights, weighSentence } from './technique.ts'

export interface Turn {
  readonly from: 'client' | 'ai' | 'human_coach'
  readonly text: string
  /** Milliseconds UTC. */
  readonly at?: number
}

export interface ReadSentence extends Sentence {
  /** The share of its words of content that the client has just used: 0 to 1. */
  readonly echo: number
  readonly weights: Weights
}

/** A turn of the coach, sentence by sentence. */
export interface Heard {
  readonly listener: Listener
  readonly sentences: readonly ReadSentence[]
  readonly clientWords: ReadonlySet<string>
  /** What a turn before it, which it goes on with, adds. */
  readonly carried: Weights
}

const turnsEchoed = 2
const longestEchoed = 1_000

/** Nothing but dots: the coach lets the client be. */
const silent = /^\s*(?:…|\.\.\.)[\s.…]*$/u

export const hear = (text: string, before: readonly Turn[]): Heard => {
  if (silent.test(text)) return { ...hearAlone('', before), carried: { silence: 1 } }
  const heard = hearAlone(text, before)
  const carried = carriedOver(heard, text, before)
  return { ...heard, carried: { ...carried, direct_advice: (carried.direct_advice ?? 0) + answering(heard, before) } }
}

const hearAlone = (text: string, before: readonly Turn[]): Omit<Heard, 'carried'> => {
  const said = before
    .filter(({ from }) => from === 'client')
    .slice(-turnsEchoed)
    .map((turn) => turn.text.slice(-longestEchoed))
  const listener = listenerOf(text, said.join('\n'))
  const clientWords = new Set(said.flatMap(wordsOf).filter(isContent))
  const sentences = readSentences(text).map((sentence) => {
    const echo = echoOf(sentence.core, clientWords)
    return { ...sentence, echo, weights: weighSentence(sentence, listener, echo) }
  })
  return { listener, sentences, clientWords }
}

/** What follows on a client's question, or on an "oh" that takes in something new, is mostly information. */
const answering = ({ listener, sentences }: Omit<Heard, 'carried'>, before: readonly Turn[]): number => {
  const said = before.at(-1)
  if (said?.from !== 'client' || sentences.every((sentence) => isFiller(sentence, listener))) return 0
  const last = readSentences(said.text.slice(-longestEchoed)).at(-1)
  if (!last) return 0
  const isNews = listener.hears.surprise.isIn(last.whole)
  if (last.isAsked && !isFiller(last, listener)) return 1.2
  return isNews && last.words.length <= 4 ? 0.8 : 0
}

/** A turn that only goes on after the client's "mm-hmm" does what the turn before it did. */
const carriedOver = (
  { listener, sentences }: Omit<Heard, 'carried'>,
  text: string,
  before: readonly Turn[],
): Weights => {
  const between = before.findLastIndex(({ from }) => from === 'human_coach')
  const earlier = before[between]
  const answers = before.slice(between + 1)
  if (!earlier || !answers.every((turn) => readSentences(turn.text).every((one) => isFiller(one, listener)))) return {}
  if (sentences.every((sentence) => isFiller(sentence, listener))) return {}
  const [best] = rankTechniques({ ...hearAlone(earlier.text, before.slice(0, between)), carried: {} })
  if (!best || best.type === 'other' || best.type === 'question') return {}
  const isBroken = /^\s*[-–—\p{Ll}]/u.test(text)
  return { [best.type]: isBroken ? 1.2 : 0.4 }
}

const echoOf = (core: readonly string[], clientWords: ReadonlySet<string>): number => {
  const content = core.filter(isContent)
  return content.length === 0 ? 0 : content.filter((word) => clientWords.has(word)).length / content.length
}

/** Reflections are brief: whoever talks for more words than these is telling something. */
const longTalk = 24

/** Techniques of a turn, best first; scores sum to 1. */
export const rankTechniques = ({ sentences, carried }: Heard): readonly { type: Technique; score: number }[] => {
  const told = sentences.reduce((sum, { core }) => sum + core.length, 0)
  const lengthy = Math.min(1.5, Math.max(0, (told - longTalk) / longTalk))
  const totals = techniques.map((type) => ({
    type,
    score: sentences.reduce(
      (sum, { weights }) => sum + (weights[type] ?? 0),
      (carried[type] ?? 0) + (type === 'direct_advice' ? lengthy : 0),
    ),
  }))
  const sum = totals.reduce((total, { score }) => total + score, 0)
  return totals
    .map(({ type, score }) => ({ type, score: sum === 0 ? Number(type === 'other') : score / sum }))
    .toSorted((a, b) => b.score - a.score)
}
