import type { Token } from './normalise.ts'

/** Words written together or apart, brought to one form: `do not` → `dont`, `i am` → `im`. */
export interface Spelling {
  readonly from: readonly string[]
  readonly to: readonly string[]
}

const leet: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'l',
  '€': 'e',
}

const longestWord = 40

/** Reads disguised and misspelled words as the word of the vocabulary they stand for; others stay as they are. */
export const createSpeller = (
  vocabulary: ReadonlySet<string>,
  often: readonly string[],
  spellings: readonly Spelling[],
) => {
  const byFirst = new Map<string, Spelling[]>()
  for (const spelling of spellings) {
    const [first = ''] = spelling.from
    byFirst.set(
      first,
      [...(byFirst.get(first) ?? []), spelling].sort((a, b) => b.from.length - a.from.length),
    )
  }
  const known = new Set([...vocabulary, ...spellings.flatMap((one) => [...one.from, ...one.to])])

  const resolve = (word: string): string => {
    if (known.has(word) || word.length > longestWord) return word
    for (const guess of guesses(word)) if (known.has(guess)) return guess
    if (word.includes('*')) return often.find((candidate) => fitsStars(word, candidate)) ?? word
    return word.length >= 6 ? (often.find((candidate) => isOneSlipAway(word, candidate)) ?? word) : word
  }

  return (tokens: readonly Token[]): Token[] => {
    const resolved = tokens.map((token) => ({ ...token, word: resolve(token.word) }))
    const out: Token[] = []
    let at = 0
    while (at < resolved.length) {
      const token = resolved[at]
      if (!token) break
      const spelling = byFirst.get(token.word)?.find((one) => stands(one.from, resolved, at))
      const last = spelling ? resolved[at + spelling.from.length - 1] : undefined
      if (!spelling || !last) {
        out.push(token)
        at += 1
        continue
      }
      spelling.to.forEach((word, index) => {
        out.push({ word, start: token.start, end: last.end, gap: index === 0 ? token.gap : 'none' })
      })
      at += spelling.from.length
    }
    return out
  }
}

const stands = (from: readonly string[], tokens: readonly Token[], at: number): boolean =>
  from.every((word, offset) => {
    const token = tokens[at + offset]
    return token?.word === word && (offset === 0 || token.gap !== 'sentence')
  })

function* guesses(word: string): Generator<string> {
  const plain = /^[ -~]*$/.test(word) ? word : word.normalize('NFD').replace(/\p{M}/gu, '')
  if (plain !== word) yield plain
  const letters = [...plain].map((char) => leet[char] ?? char).join('')
  if (letters !== plain) {
    yield letters
    yield [...plain].map((char) => (char === '1' || char === '!' ? 'l' : (leet[char] ?? char))).join('')
  }
  yield letters.replace(/(.)\1{2,}/gu, '$1$1')
  yield letters.replace(/(.)\1{2,}/gu, '$1')
  yield letters.replace(/(.)\1+/gu, '$1')
}

const fitsStars = (word: string, candidate: string): boolean =>
  candidate.length === word.length &&
  [...word].every((char, at) => char === '*' || (leet[char] ?? char) === candidate[at])

/** One letter missing, added, changed, or swapped with its neighbour; the first letter must be right. */
const isOneSlipAway = (word: string, target: string): boolean => {
  if (word[0] !== target[0] || Math.abs(word.length - target.length) > 1) return false
  let start = 0
  while (start < target.length && word[start] === target[start]) start += 1
  const rest = (text: string, from: number) => text.slice(from)
  if (rest(word, start + 1) === rest(target, start + 1)) return true
  if (rest(word, start) === rest(target, start + 1) || rest(word, start + 1) === rest(target, start)) return true
  return (
    word[start] === target[start + 1] &&
    word[start + 1] === target[start] &&
    rest(word, start + 2) === rest(target, start + 2)
  )
}
