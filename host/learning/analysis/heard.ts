import { type Technique, techniques } from '../../../shared/taxonomy/learning.ts'
import { type Listener, listenerOf } from './cues/index.ts'
import { isContent, readSentences, type Sentence, wordsOf } from './sentences.ts'
import { type Weights, weighSentence } from './technique.ts'

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
}

const turnsEchoed = 2
const longestEchoed = 1_000

export const hear = (text: string, before: readonly Turn[]): Heard => {
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

const echoOf = (core: readonly string[], clientWords: ReadonlySet<string>): number => {
  const content = core.filter(isContent)
  return content.length === 0 ? 0 : content.filter((word) => clientWords.has(word)).length / content.length
}

/** Techniques of a turn, best first; scores sum to 1. */
export const rankTechniques = ({ sentences }: Heard): readonly { type: Technique; score: number }[] => {
  const totals = techniques.map((type) => ({
    type,
    score: sentences.reduce((sum, { weights }) => sum + (weights[type] ?? 0), 0),
  }))
  const sum = totals.reduce((total, { score }) => total + score, 0)
  return totals
    .map(({ type, score }) => ({ type, score: sum === 0 ? Number(type === 'other') : score / sum }))
    .toSorted((a, b) => b.score - a.score)
}
