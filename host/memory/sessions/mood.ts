import type { OverallSentiment } from '../../../shared/taxonomy/memory.ts'
import type { Emotion } from '../../../shared/taxonomy/situations.ts'

const driven: ReadonlySet<Emotion> = new Set(['motivated', 'hopeful', 'proud', 'happy', 'grateful'])
const held: ReadonlySet<Emotion> = new Set([
  'discouraged',
  'overwhelmed',
  'sad',
  'ashamed',
  'lonely',
  'anxious',
  'frustrated',
])

export interface Felt {
  readonly sentiment: number
  readonly emotion: Emotion
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** The mean sentiment of the client's messages, -1 to 1; null where there is none. */
export const sentimentOf = (felt: readonly Felt[]): number | null =>
  felt.length === 0 ? null : Math.round(mean(felt.map(({ sentiment }) => sentiment)) * 1000) / 1000

/** The feeling shown most often, where at least every fifth message shows it; else neutral. */
export const emotionalState = (felt: readonly Felt[]): Emotion => {
  const counts = new Map<Emotion, number>()
  for (const { emotion } of felt) if (emotion !== 'neutral') counts.set(emotion, (counts.get(emotion) ?? 0) + 1)
  const [most] = [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  return most && most[1] * 5 >= felt.length ? most[0] : 'neutral'
}

/**
 * Motivation, 1 to 10: 5.5, and up to 3 for sentiment, 1.5 for the share of feelings that drive less those that hold back,
 * and 0.5 for each step forward (victory, commitment) less each setback (struggle, blocker), at most three of them. Our own
 * formula, not a measured one. Null where the client wrote nothing.
 */
export const motivationOf = (felt: readonly Felt[], steps: { forward: number; back: number }): number | null => {
  const sentiment = sentimentOf(felt)
  if (sentiment === null) return null
  const share = (group: ReadonlySet<Emotion>) => felt.filter(({ emotion }) => group.has(emotion)).length / felt.length
  const ahead = Math.max(-3, Math.min(3, steps.forward - steps.back))
  const level = 5.5 + 3 * sentiment + 1.5 * (share(driven) - share(held)) + 0.5 * ahead
  return Math.max(1, Math.min(10, Math.round(level)))
}

/** One word for a stretch of sessions: mixed where good and bad ones stand side by side. */
export const overallSentiment = (sentiments: readonly number[]): OverallSentiment => {
  if (sentiments.length === 0) return 'neutral'
  const [lowest, highest] = [Math.min(...sentiments), Math.max(...sentiments)]
  if (lowest < -0.15 && highest > 0.15) return 'mixed'
  const middle = mean(sentiments)
  return middle > 0.1 ? 'positive' : middle < -0.1 ? 'negative' : 'neutral'
}
