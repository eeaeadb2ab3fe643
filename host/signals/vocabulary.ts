import { type Token, withoutAccents } from './normalise.ts'
import type { PhraseSet } from './pattern.ts'

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
const rememberedWords = 20_000

export interface Writing {
  readonly spellings: readonly Spelling[]
  /** Grave words that are read even with one slip of spelling. */
  readonly oftenMisspelled: readonly string[]
  /** Letters written in full for an accent: `ue` for `ü`. */
  readonly digraphs?: Readonly<Record<string, string>>
  /** Short words that melt into the next one: `j` in `j'ai` stands for `je`. */
  readonly elisions?: Readonly<Record<string, string>>
}

export interface Wording {
  readonly vocabulary: ReadonlySet<string>
  readonly sets: readonly PhraseSet<unknown>[]
}

/** A word as it is read: itself, what it stands for, or the two words it melts. */
interface Word {
  readonly word: string
  readonly starts: readonly unknown[]
  /** Whether another way of writing begins with it. */
  readonly isSpelled: boolean
}

/** Reads disguised and misspelled words as the word of the vocabulary they stand for; others stay as they are. */
export const createSpeller = ({ vocabulary, sets }: Wording, writing: Writing) => {
  const { spellings, oftenMisspelled: often, digraphs = {}, elisions = {} } = writing
  const byFirst = new Map<string, readonly Spelling[]>()
  for (const spelling of spellings) {
    const [first = ''] = spelling.from
    byFirst.set(
      first,
      [...(byFirst.get(first) ?? []), spelling].sort((a, b) => b.from.length - a.from.length),
    )
  }
  const known = new Set([...vocabulary, ...spellings.flatMap((one) => [...one.from, ...one.to])])
  const startsBy = new Map<string, unknown[]>()
  for (const set of sets) {
    for (const word of set.firstWords) startsBy.set(word, [...(startsBy.get(word) ?? []), set])
  }
  const wordOf = (word: string): Word => ({ word, starts: startsBy.get(word) ?? nowhere, isSpelled: byFirst.has(word) })
  const digraph = new RegExp(Object.keys(digraphs).join('|') || '(?!)', 'g')

  const apart = (word: string): string | undefined => {
    for (const [short, full] of Object.entries(elisions)) {
      if (!word.startsWith(short) || word.length < short.length + 1) continue
      const rest = guessKnown(word.slice(short.length))
      if (rest && (/^[aeiouhy]/.test(rest) || (short === 'j' && rest.length > 2))) return `${full} ${rest}`
    }
    return undefined
  }

  const guessKnown = (word: string): string | undefined => {
    if (known.has(word)) return word
    for (const guess of guesses(word)) if (known.has(guess)) return guess
    const undone = withoutAccents(word).replace(digraph, (pair) => digraphs[pair] ?? pair)
    if (known.has(undone)) return undone
    return apart(withoutAccents(word))
  }

  const guessMisspelled = (word: string): string | undefined => {
    if (word.includes('*')) return often.find((candidate) => fitsStars(word, candidate))
    const plain = withoutAccents(word)
    return plain.length >= 6 ? often.find((candidate) => isOneSlipAway(plain, candidate)) : undefined
  }

  const remembered = new Map<string, readonly Word[]>()
  const resolve = (word: string): readonly Word[] => {
    const before = remembered.get(word)
    if (before) return before
    const isRead = known.has(word) || word.length > longestWord
    const found = isRead ? word : (guessKnown(word) ?? guessMisspelled(word) ?? word)
    const words = found.split(' ').map(wordOf)
    if (remembered.size >= rememberedWords) remembered.clear()
    remembered.set(word, words)
    return words
  }

  const wordsOf = ({ word, cut = 0 }: Token): readonly Word[] => {
    const short = cut > 0 && cut < word.length ? elisions[word.slice(0, cut)] : undefined
    return short ? [wordOf(short), ...resolve(word.slice(cut))] : resolve(word)
  }

  return (tokens: readonly Token[]): Token[] => {
    const resolved: Token[] = []
    const spelledAt: number[] = []
    for (const token of tokens) {
      const { start, end } = token
      let { gap } = token
      for (const { word, starts, isSpelled } of wordsOf(token)) {
        if (isSpelled) spelledAt.push(resolved.length)
        resolved.push({ word, starts, start, end, gap })
        gap = 'none'
      }
    }
    return spelledAt.length > 0 ? rewrite(resolved, spelledAt) : resolved
  }

  function rewrite(resolved: Token[], spelledAt: readonly number[]): Token[] {
    const out: Token[] = []
    let done = 0
    for (const at of spelledAt) {
      const token = resolved[at]
      const spelling =
        token && at >= done ? byFirst.get(token.word)?.find((one) => stands(one.from, resolved, at)) : undefined
      const last = spelling ? resolved[at + spelling.from.length - 1] : undefined
      if (!token || !spelling || !last) continue
      for (; done < at; done += 1) out.push(resolved[done] ?? token)
      spelling.to.forEach((word, index) => {
        const gap = index === 0 ? token.gap : 'none'
        out.push({ word, starts: wordOf(word).starts, start: token.start, end: last.end, gap })
      })
      done = at + spelling.from.length
    }
    return done === 0 ? resolved : [...out, ...resolved.slice(done)]
  }
}

const nowhere: readonly unknown[] = []

const stands = (from: readonly string[], tokens: readonly Token[], at: number): boolean =>
  from.every((word, offset) => {
    const token = tokens[at + offset]
    return token?.word === word && (offset === 0 || token.gap !== 'sentence')
  })

function* guesses(word: string): Generator<string> {
  const plain = withoutAccents(word)
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
