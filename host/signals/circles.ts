import { distance } from 'fastest-levenshtein'
import { lexicons } from './lexicon/index.ts'
import { tokenise, withoutAccents } from './normalise.ts'
import { saysItGoesInCircles } from './reading.ts'

export interface SpokenMessage {
  readonly from: 'client' | 'other'
  readonly text: string
}

const repeats = 3
const readLength = 400
const fewestWords = 2
const sharedWords = 0.6
const sharedLetters = 0.75

const emptyWords = new Set(lexicons.flatMap(({ smallWords }) => [...smallWords]))

/**
 * Whether a conversation goes in circles: the client's last three messages say nearly the same, or the client says so
 * in words. `messages` are the most recent ones, oldest first; what others said between them does not matter.
 */
export const isGoingInCircles = (messages: readonly SpokenMessage[]): boolean => {
  const said = messages.filter(({ from }) => from === 'client').map(({ text }) => text.slice(0, readLength))
  const last = said.at(-1)
  if (last === undefined) return false
  if (saysItGoesInCircles(last)) return true
  const recent = said.slice(-repeats).map(contentOf)
  const [newest, ...older] = recent.toReversed()
  return (
    recent.length === repeats &&
    newest !== undefined &&
    newest.length >= fewestWords &&
    older.every((words) => words.length >= fewestWords && isNearlySame(newest, words))
  )
}

const contentOf = (text: string): readonly string[] => {
  const words = tokenise(text).map(({ word }) => withoutAccents(word))
  return words.filter((word) => !emptyWords.has(word))
}

const isNearlySame = (one: readonly string[], other: readonly string[]): boolean => {
  const words = new Set(one)
  const others = new Set(other)
  const shared = [...words].filter((word) => others.has(word) || [...others].some((near) => isSameStem(word, near)))
  if (shared.length / Math.max(words.size, others.size) >= sharedWords) return true
  const [a, b] = [one.join(' '), other.join(' ')]
  return 1 - distance(a, b) / Math.max(a.length, b.length, 1) >= sharedLetters
}

const stemLength = 5
const isSameStem = (one: string, other: string): boolean =>
  one.length >= stemLength && other.length >= stemLength && one.slice(0, stemLength) === other.slice(0, stemLength)
