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
  const byFirstWord = new Map<string, { elements: readonly Element[]; value: T }[]>()
  const vocabulary = new Set<string>()
  for (const { phrase, value } of entries) {
    const elements = phrase.split(' ').map((part) => parseElement(part, groups, never))
    const compiled = { elements, value }
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
    for (const word of firsts) byFirstWord.set(word, [...(byFirstWord.get(word) ?? []), compiled])
  }
  return {
    vocabulary,
    find: (tokens) =>
      tokens.flatMap((token, from) =>
        (byFirstWord.get(token.word) ?? []).flatMap(({ elements, value }) => {
          const to = matchFrom(elements, 0, tokens, from)
          return to > from ? [{ value, from, to }] : []
        }),
      ),
  }
}

const matchFrom = (elements: readonly Element[], index: number, tokens: readonly Token[], at: number): number => {
  const element = elements[index]
  if (!element) return at
  if (element.kind === 'skip') return matchSkip(elements, index, element, tokens, at)
  for (const choice of element.choices.get(tokens[at]?.word ?? '') ?? []) {
    if (!choice.every((word, offset) => tokens[at + offset]?.word === word)) continue
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
