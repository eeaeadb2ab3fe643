import { distance } from 'fastest-levenshtein'
import { maxMessageLength } from '../../../shared/limits.ts'

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

/** The share of the words of the longer text that stand in the other too, as often: 0 to 1. */
export const keptShare = (before: string, after: string): number => {
  const [a, b] = [wordsOf(before), wordsOf(after)]
  if (a.length === 0 && b.length === 0) return 1
  const left = new Map<string, number>()
  for (const word of a) left.set(word, (left.get(word) ?? 0) + 1)
  let kept = 0
  for (const word of b) {
    const times = left.get(word) ?? 0
    if (times === 0) continue
    kept += 1
    left.set(word, times - 1)
  }
  return kept / Math.max(a.length, b.length)
}

/**
 * Normalised edit distance: Levenshtein over the longer length, 0 (same) to 1. What is longer than any message can be is
 * compared word by word, without their order.
 */
export const editDistance = (before: string, after: string): number => {
  if (before === after) return 0
  const longest = Math.max(before.length, after.length)
  if (longest > maxMessageLength) return Math.max(1 / longest, 1 - keptShare(before, after))
  return distance(before, after) / longest
}
