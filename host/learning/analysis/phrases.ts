/**
 * How phrases are written down: plain words; `a/b` either; `[a/b]` either or nothing (one token, no space inside); `*` any one word; `^` before the first
 * word where the phrase must begin the sentence, `$` after the last where it must end it.
 */
export type Phrase = string

export interface PhraseMatcher {
  isIn(line: string): boolean
  /** Whether the line begins with one. */
  begins(line: string): boolean
  /** The first place, as said. */
  find(line: string): string | null
  count(line: string): number
}

const word = (token: string): string => {
  const choice = token.split('/').map((one) => (one === '*' ? '[^ ]+' : one.replace(/[.*+?^${}()|\\]/g, '\\$&')))
  return choice.length === 1 ? (choice[0] ?? '') : `(?:${choice.join('|')})`
}

const source = (phrase: Phrase): string => {
  const isFirst = phrase.startsWith('^')
  const isLast = phrase.endsWith('$')
  const tokens = phrase.slice(isFirst ? 1 : 0, isLast ? -1 : undefined).split(' ')
  const body = tokens
    .map((token) => (token.startsWith('[') ? `(?:${word(token.slice(1, -1))} )?` : `${word(token)} `))
    .join('')
  return `${isFirst ? '(?<=^ )' : ''}${body}${isLast ? '$' : ''}`
}

/** Matches on lines of words between single spaces (see Sentence.line). No pattern repeats without bound, so it is linear. */
export const compilePhrases = (phrases: readonly Phrase[]): PhraseMatcher => {
  if (phrases.length === 0) return { isIn: () => false, begins: () => false, find: () => null, count: () => 0 }
  const any = new RegExp(`(?<= )(?:${phrases.map(source).join('|')})`, 'u')
  const first = new RegExp(`^ ${any.source}`, 'u')
  const all = new RegExp(any.source, 'gu')
  return {
    isIn: (line) => any.test(line),
    begins: (line) => first.test(line),
    find: (line) => any.exec(line)?.[0].trim() ?? null,
    count: (line) => line.match(all)?.length ?? 0,
  }
}
