import { createHash } from 'node:crypto'
import type { StyleProfile } from '../../../shared/contract/learnedProfile.ts'
import { contentWords, foldAccents } from '../../memory/index.ts'
import type { Sample } from './compute.ts'

type SignaturePhrase = StyleProfile['signaturePhrases'][number]

const mostPhrases = 40
const mostContexts = 3

/** Two ways to write the same words are one phrase. */
export const phraseKey = (phrase: string): string =>
  foldAccents(phrase)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** A phrase's name wherever it is marked or counted; it holds none of its words. */
export const phraseId = (phrase: string): string =>
  `p-${createHash('sha256').update(phraseKey(phrase)).digest('hex').slice(0, 24)}`

/**
 * How far a phrase stands out of ordinary language, 0 to about 2: the share of its words that ordinary talk is not full of,
 * more for a longer phrase, which nobody says by chance.
 */
export const distinctiveness = (phrase: string): number => {
  const words = phraseKey(phrase).split(' ').length
  return (contentWords(phrase).length / words) * Math.log2(1 + words)
}

/** Phrases that are this coach's own, the most telling first: said again and again, in words that ordinary talk is not made of. */
export const distinctivePhrases = (samples: readonly Sample[]): SignaturePhrase[] => {
  const said = samples.flatMap((sample) => sample.keyPhrases.map((phrase) => ({ phrase, sample })))
  return [...Map.groupBy(said, ({ phrase }) => phraseKey(phrase))]
    .filter(([key]) => key !== '')
    .map(([key, of]) => {
      const times = new Set(of.map(({ sample }) => sample)).size
      const listeners = new Set(of.map(({ sample }) => sample.listener)).size
      const contexts = Map.groupBy(of, ({ sample }) => sample.situation)
      return {
        key: phraseId(key),
        phrase: of.at(-1)?.phrase ?? key,
        frequency: times / samples.length,
        contexts: [...contexts]
          .sort(([, a], [, b]) => b.length - a.length)
          .map(([situation]) => situation)
          .slice(0, mostContexts),
        score: distinctiveness(key) * Math.log2(1 + times),
        clientCount: listeners,
      }
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.key.localeCompare(b.key))
    .slice(0, mostPhrases)
}
