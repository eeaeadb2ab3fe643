/** Decides how the parts of a word that a line end cuts are put together. */
export interface Joiner {
  readonly join: (lines: readonly string[]) => string
}

const lineEndHyphen = /([\p{L}\p{M}]+)[-\u00ad\u2010\u2011]$/u
const firstWord = /^[\p{L}\p{M}]+/u
const inlineWord = /[\p{L}\p{M}]+(?:[-\u2010\u2011][\p{L}\p{M}]+)*/gu
const ideograph = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]/

// Beginnings that keep their hyphen in the languages the console speaks.
const keepsHyphen = new Set([
  'self',
  'non',
  'ex',
  'well',
  'all',
  'half',
  'cross',
  'e',
  'x',
  't',
  'quasi',
  'vice',
  'demi',
])
// "Vor- und Nachteile", "short- and long-term": the hyphen stands for a word that comes later.
const standsForWord = new Set(['und', 'oder', 'bzw', 'sowie', 'bis', 'and', 'or', 'to', 'et', 'ou', 'y', 'o', 'e'])

const key = (word: string): string => word.toLowerCase().replaceAll(/[\u2010\u2011]/g, '-')

const joints = new Set('-\u00ad\u2010\u2011\u2013\u2014/')
// No word is longer, and a pattern for the end of a text would search all of it.
const longestWord = 60

const lineEndPair = (line: string, next: string | undefined): readonly [string, string] | null => {
  if (!joints.has(line.at(-1) ?? '')) return null
  const before = lineEndHyphen.exec(line.slice(-longestWord))?.[1]
  const after = next === undefined ? undefined : firstWord.exec(next)?.[0]
  return before && after ? [before, after] : null
}

/** A joiner that knows which words, with and without hyphens, the document writes elsewhere. */
export const createJoiner = (paragraphs: readonly (readonly string[])[]): Joiner => {
  const wanted = new Map<string, number>()
  let breaks = 0
  for (const lines of paragraphs) {
    lines.forEach((line, index) => {
      const pair = lineEndPair(line, lines[index + 1])
      if (!pair) return
      breaks += 1
      const [before, after] = pair.map(key)
      for (const word of [`${before}${after}`, `${before}-${after}`, `${before}`, `${after}`]) wanted.set(word, 0)
    })
  }
  let lineCount = 0
  if (breaks > 0) {
    for (const lines of paragraphs) {
      for (const line of lines) {
        lineCount += 1
        for (const [word] of line.matchAll(inlineWord)) {
          const count = wanted.get(key(word))
          if (count !== undefined) wanted.set(key(word), count + 1)
        }
      }
    }
  }
  const seen = (word: string) => wanted.get(word) ?? 0
  // A document that sets words apart at line ends does so often, and writes some of them whole elsewhere.
  const isHyphenated = breaks > lineCount / 60

  const staysHyphenated = (before: string, after: string): boolean => {
    const [first, second] = [key(before), key(after)]
    const whole = seen(`${first}${second}`)
    const hyphenated = seen(`${first}-${second}`)
    if (whole !== hyphenated) return hyphenated > whole
    if (keepsHyphen.has(first) || (/^\p{Lu}/u.test(after) && !/^\p{Lu}+$/u.test(before + after))) return true
    // The parts are words of their own, and the document does not hyphenate.
    return !isHyphenated && seen(first) > 1 && seen(second) > 1
  }

  const append = (text: string, next: string): string => {
    if (text === '') return next
    const last = text.at(-1) ?? ''
    if (ideograph.test(last) && ideograph.test(next[0] ?? '')) return text + next
    if (!joints.has(last)) return `${text} ${next}`
    const pair = lineEndPair(text, next)
    if (pair) {
      const [before, after] = pair
      if (standsForWord.has(after.toLowerCase())) return `${text} ${next}`
      return last !== '\u00ad' && staysHyphenated(before, after) ? text + next : text.slice(0, -1) + next
    }
    const isTight = /\p{N}[-–]$|\S[—/]$/u.test(text.slice(-longestWord))
    return isTight && /^[\p{L}\p{N}]/u.test(next) ? text + next : `${text} ${next}`
  }

  return { join: (lines) => lines.reduce(append, '').replaceAll('\u00ad', '') }
}
