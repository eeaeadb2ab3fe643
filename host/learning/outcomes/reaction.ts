import type { Reaction } from '../../../shared/taxonomy/learning.ts'
import { readSignals } from '../../signals/index.ts'

/** A change of mood smaller than this says nothing (sentiment runs from -1 to 1). */
const leastChange = 0.25
const clearlyGood = 0.5

/**
 * How the client took a reply, by their mood in what they wrote next and in what they had written before. Words alone:
 * that a reply turned something around for good they do not show, so `transformative` is never given.
 */
export const reactionTo = (before: string, after: string): Reaction => {
  const mood = readSignals(after).sentiment
  const change = mood - (before === '' ? 0 : readSignals(before).sentiment)
  if (mood >= clearlyGood || (mood > 0 && change >= leastChange)) return 'positive'
  // Who was low before and still is does not say that of the reply.
  return mood < 0 && change <= -leastChange ? 'negative' : 'neutral'
}
