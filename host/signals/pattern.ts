import type { Token } from './normalise.ts'

/**
 * How the lexicons are written. A phrase is words parted by spaces: `a|b_c` either `a` or `b c`, `@group` any phrase
 * of a group, `~3` up to three other words of the same sentence, `word?` may be missing, `$` the end of a sentence.
 */
export type Phrase = string

type Element =
  | {
      readonly kind: 'words'
      /** By their first word. */
      readonly choices: ReadonlyMap<string, readonly (readonly string[])[]>
      readonly orEnd: boolean
      readonly isOptional: boolean
    }
  | { readonly kind: 'skip'; readonly most: number; readonly never: ReadonlySet<string> }

export interface Match<T> {
  readonly value: T
  /** Token positions, the second one past the last. */
  readonly from: number
  readonly to: number
}

export interface PhraseSet<T> {
  /** Every word the phrases know. */
  readonly vocabulary: ReadonlySet<string>
  /** The words a phrase can begin with. */
  readonly firstWords: Iterable<string>
  find(tokens: readonly Token[]): Match<T>[]
}

export type Groups = Readonly<Record<string, readonly Phrase[]>>

const expandGroup = (name: string, groups: Groups): string[][] =>
  (groups[name] ?? missing(name)).flatMap((phrase) =>
    phrase
      .split(' ')
      .reduce<string[][]>(
        (sofar, word) => sofar.flatMap((head) => choicesOf(word, groups).map((choice) => [...head, ...choice])),
        [[]],
      ),
  )

const choicesOf = (word: string, groups: Groups): string[][] =>
  word.split('|').flatMap((one) => (one.startsWith('@') ? expandGroup(one.slice(1), groups) : [one.split('_')]))

const missing = (name: string): never => {
  throw new Error(`The lexicon has no group @${name}.`)
}

interface Candidate<T> {
  readonly elements: readonly Element[]
  readonly value: T
}

/** The phrases that can begin with one word. */
interface Beginning<T> {
  /** By a word that must come soon, where that is certain: this spares nearly all of the work. */
  readonly bySoon: Map<string, { readonly candidate: Candidate<T>; readonly reach: number }[]>
  readonly others: Candidate<T>[]
  farthest: number
}

/** The words of which one must come within `reach` words after the first. */
const soonAfter = (
  elements: readonly Element[],
  word: string,
): { words: Iterable<string>; reach: number } | undefined => {
  const [first, second, third] = elements
  if (first?.kind !== 'words' || first.isOptional || first.orEnd) return undefined
  const [choice, ...others] = first.choices.get(word) ?? []
  if (!choice || others.length > 0) return undefined
  if (choice.length > 1) return { words: choice.slice(1, 2), reach: 0 }
  const isSkipped = second?.kind === 'skip'
  const next = isSkipped ? third : second
  if (next?.kind !== 'words' || next.isOptional || next.orEnd) return undefined
  return { words: next.choices.keys(), reach: isSkipped ? second.most : 0 }
}

const addTo = <T>(beginning: Beginning<T>, candidate: Candidate<T>, word: string): void => {
  const soon = soonAfter(candidate.elements, word)
  if (!soon) beginning.others.push(candidate)
  for (const next of soon?.words ?? []) {
    const entry = { candidate, reach: soon?.reach ?? 0 }
    const same = beginning.bySoon.get(next)
    if (same) same.push(entry)
    else beginning.bySoon.set(next, [entry])
    beginning.farthest = Math.max(beginning.farthest, entry.reach)
  }
}

const candidatesAt = <T>(beginning: Beginning<T>, tokens: readonly Token[], from: number): Iterable<Candidate<T>> => {
  let candidates: Set<Candidate<T>> | undefined
  for (let distance = 0; distance <= beginning.farthest; distance += 1) {
    const next = tokens[from + 1 + distance]
    if (!next || (distance > 0 && next.gap === 'sentence')) break
    for (const { candidate, reach } of beginning.bySoon.get(next.word) ?? []) {
      if (reach < distance) continue
      candidates ??= new Set(beginning.others)
      candidates.add(candidate)
    }
  }
  return candidates ?? beginning.others
}

/** A group that is a part of its own may hold whole phrases, with skips and options; each gives a phrase. */
const unfold = (phrase: Phrase, groups: Groups): readonly Phrase[] => {
  const parts = phrase.split(' ')
  const at = parts.findIndex(
    (part) => part.startsWith('@') && !part.includes('|') && isOfPhrases(part.slice(1), groups),
  )
  if (at < 0) return [phrase]
  const inner = groups[parts[at]?.slice(1) ?? ''] ?? []
  return inner.flatMap((one) => unfold([...parts.slice(0, at), one, ...parts.slice(at + 1)].join(' '), groups))
}

const isOfPhrases = (name: string, groups: Groups): boolean => (groups[name] ?? []).some((one) => /[~?$]/.test(one))

const parseElement = (part: string, groups: Groups, never: ReadonlySet<string>): Element => {
  if (part.startsWith('~')) return { kind: 'skip', most: Number(part.slice(1)), never }
  const isOptional = part.endsWith('?')
  const body = isOptional ? part.slice(0, -1) : part
  const written = body.split('|')
  const choices = written.filter((one) => one !== '$').flatMap((one) => choicesOf(one, groups))
  return {
    kind: 'words',
    choices: Map.groupBy(choices, ([first = '']) => first),
    orEnd: written.includes('$'),
    isOptional,
  }
}

/**
 * Compiles phrases to one set that finds all of them in one pass. No `~` passes over a word of `never`, which would
 * turn the meaning round. Throws on an unknown group.
 */
export const compilePhrases = <T>(
  entries: readonly { phrase: Phrase; value: T }[],
  groups: Groups,
  never: ReadonlySet<string> = new Set(),
): PhraseSet<T> => {
  const byFirstWord = new Map<string, Beginning<T>>()
  const vocabulary = new Set<string>()
  const unfolded = entries.flatMap(({ phrase, value }) => unfold(phrase, groups).map((one) => ({ phrase: one, value })))
  for (const { phrase, value } of unfolded) {
    const elements = phrase.split(' ').map((part) => parseElement(part, groups, never))
    const firsts = new Set<string>()
    let isOpen = true
    for (const element of elements) {
      if (element.kind !== 'words') {
        isOpen = false
        continue
      }
      for (const [first, choices] of element.choices) {
        for (const word of choices.flat()) vocabulary.add(word)
        if (isOpen) firsts.add(first)
      }
      isOpen &&= element.isOptional
    }
    for (const word of firsts) {
      const beginning = byFirstWord.get(word) ?? { bySoon: new Map(), others: [], farthest: 0 }
      byFirstWord.set(word, beginning)
      addTo(beginning, { elements, value }, word)
    }
  }
  const set: PhraseSet<T> = {
    vocabulary,
    firstWords: [...byFirstWord.keys()],
    find: (tokens) => {
      const found: Match<T>[] = []
      for (let from = 0; from < tokens.length; from += 1) {
        const token = tokens[from]
        if (!token || token.starts?.length === 0 || (token.starts && !token.starts.includes(set))) continue
        const beginning = byFirstWord.get(token.word)
        if (!beginning) continue
        for (const { elements, value } of candidatesAt(beginning, tokens, from)) {
          const to = matchFrom(elements, 0, tokens, from)
          if (to > from) found.push({ value, from, to })
        }
      }
      return found
    },
  }
  return set
}

const none: readonly never[] = []

const matchFrom = (elements: readonly Element[], index: number, tokens: readonly Token[], at: number): number => {
  const element = elements[index]
  if (!element) return at
  if (element.kind === 'skip') return matchSkip(elements, index, element, tokens, at)
  for (const choice of element.choices.get(tokens[at]?.word ?? '') ?? none) {
    if (choice.length > 1 && !choice.every((word, offset) => tokens[at + offset]?.word === word)) continue
    const end = matchFrom(elements, index + 1, tokens, at + choice.length)
    if (end >= 0) return end
  }
  const next = tokens[at]
  if (element.orEnd && next?.gap !== 'none') return matchFrom(elements, index + 1, tokens, at)
  return element.isOptional ? matchFrom(elements, index + 1, tokens, at) : -1
}

const matchSkip = (
  elements: readonly Element[],
  index: number,
  { most, never }: { readonly most: number; readonly never: ReadonlySet<string> },
  tokens: readonly Token[],
  at: number,
): number => {
  for (let skipped = 0; skipped <= most; skipped += 1) {
    const end = matchFrom(elements, index + 1, tokens, at + skipped)
    if (end >= 0) return end
    const next = tokens[at + skipped]
    if (!next || next.gap === 'sentence' || never.has(next.word)) return -1
  }
  return -1
}

export const vocabularyOf = (sets: readonly PhraseSet<unknown>[]): ReadonlySet<string> =>
  new Set(sets.flatMap((set) => [...set.vocabulary]))
