/** One word of a text as it is matched: lower case, without disguise. Offsets point into the original text. */
export interface Token {
  readonly word: string
  readonly start: number
  readonly end: number
  /** What stands before it: nothing but space, a pause (comma, line end), or the end of a sentence. */
  readonly gap: 'none' | 'pause' | 'sentence'
  /** How many letters stand before an apostrophe inside the word. */
  readonly cut?: number
  /** The phrase sets that have a phrase beginning with this word; all are tried where it is not known. */
  readonly starts?: readonly unknown[]
}

const invisible = /\p{Default_Ignorable_Code_Point}/u

/** Letters of other scripts that look Latin; applied only to words that mix scripts. */
const lookalikes: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ѕ: 's',
  ј: 'j',
  к: 'k',
  м: 'm',
  т: 't',
  н: 'h',
  в: 'b',
  ԁ: 'd',
  ӏ: 'l',
  α: 'a',
  ε: 'e',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
  η: 'n',
  μ: 'u',
  ı: 'i',
  ł: 'l',
  ø: 'o',
  đ: 'd',
}

const disguises = '@$!|€*'

const isLetter = (char: string): boolean => /\p{L}|\p{M}/u.test(char)
const isAsciiLetter = (char: string): boolean => (char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z')
const isDigit = (char: string): boolean => char >= '0' && char <= '9'
const isApostrophe = (char: string): boolean => "'’‘ʼ`´′＇‛".includes(char)
const apostropheIn = (raw: string): number => raw.search(/['’‘ʼ`´′＇‛]/)
const isDisguise = (char: string): boolean => disguises.includes(char)
const isSentenceEnd = (char: string): boolean => '.!?…。！？;'.includes(char)
const isPause = (char: string): boolean => ',:()[]—–\n\r"“”«»'.includes(char)

/** Splits a text into plain words. Linear in its length; any Unicode text is safe. */
export const tokenise = (text: string): Token[] => {
  const tokens: Token[] = []
  let gap: Token['gap'] = 'none'
  let at = 0
  while (at < text.length) {
    const char = charAt(text, at)
    if (char === ' ') {
      at += 1
      continue
    }
    if (startsWord(text, at, char)) {
      const end = wordEnd(text, at)
      const raw = text.slice(at, end)
      const word = plainWord(raw)
      const apostrophe = word.length < raw.length ? apostropheIn(raw) : -1
      if (word !== '') {
        const token = { word, start: at, end, gap }
        tokens.push(apostrophe > 0 ? { ...token, cut: plainWord(raw.slice(0, apostrophe)).length } : token)
        gap = 'none'
      }
      at = end
      continue
    }
    if (char > '\u007f' && /\p{Extended_Pictographic}/u.test(char)) {
      tokens.push({ word: char, start: at, end: at + char.length, gap: gap === 'none' ? 'pause' : gap })
      gap = 'none'
    } else if (isSentenceEnd(char)) gap = 'sentence'
    else if (isPause(char) && gap === 'none') gap = 'pause'
    at += char.length
  }
  return joinSpelled(tokens, text)
}

const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff

const charAt = (text: string, at: number): string =>
  isSurrogate(text.charCodeAt(at)) ? String.fromCodePoint(text.codePointAt(at) ?? 32) : text.charAt(at)

const isWordChar = (char: string): boolean => (char < '\u0080' ? isAsciiLetter(char) || isDigit(char) : isLetter(char))

const startsWord = (text: string, at: number, char: string): boolean =>
  isWordChar(char) || ((char === '$' || char === '@') && isAsciiLetter(text[at + 1] ?? ''))

const wordEnd = (text: string, start: number): number => {
  let at = start
  let end = start
  while (at < text.length) {
    const char = charAt(text, at)
    if (isWordChar(char)) {
      at += char.length
      end = at
    } else if (isApostrophe(char) || isDisguise(char) || (char > '\u007f' && invisible.test(char))) {
      at += char.length
    } else break
  }
  return end === start ? start + 1 : end
}

const plainWord = (raw: string): string => {
  if (/^[a-z]+$/.test(raw)) return raw
  if (/^[a-zA-Z]+$/.test(raw)) return raw.toLowerCase()
  const folded = [...raw.normalize('NFKC').toLowerCase()].filter((char) => !isApostrophe(char) && !invisible.test(char))
  const hasLatin = folded.some((char) => isAsciiLetter(char))
  const hasLookalike = folded.some((char) => char in lookalikes)
  return (hasLatin && hasLookalike ? folded.map((char) => lookalikes[char] ?? char) : folded).join('')
}

/** "d i e", "k-i-l-l", "s.u.i.c.i.d.e": three or more letters on their own, evenly spaced, are one word. */
const joinSpelled = (tokens: readonly Token[], text: string): Token[] => {
  const joined: Token[] = []
  let at = 0
  while (at < tokens.length) {
    const run = Math.max(1, spelledRun(tokens, at, text))
    const first = tokens[at]
    const last = tokens[at + run - 1]
    if (!first || !last) break
    if (run < 3) {
      joined.push(first)
      at += 1
      continue
    }
    const word = tokens
      .slice(at, at + run)
      .map((token) => token.word)
      .join('')
    const isLedByI =
      word.length > 3 && (word[0] === 'i' || word[0] === 'a') && text.slice(first.end, first.end + 1) === ' '
    const second = tokens[at + 1]
    if (isLedByI && second) joined.push(first, { word: word.slice(1), start: second.start, end: last.end, gap: 'none' })
    else joined.push({ word, start: first.start, end: last.end, gap: first.gap })
    at += run
  }
  return joined
}

const spelledRun = (tokens: readonly Token[], from: number, text: string): number => {
  let run = 0
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at]
    const before = tokens[at - 1]
    if (token?.word.length !== 1 || !/\p{L}/u.test(token.word)) break
    if (run > 0 && before && !/^[ .\-_*·]{1,2}$/.test(text.slice(before.end, token.start))) break
    run += 1
  }
  return run
}

/** A word without its accents: `más` → `mas`, `cœur` → `coeur`, `weiß` → `weiss`. */
export const withoutAccents = (word: string): string =>
  /^[ -~]*$/.test(word)
    ? word
    : word
        .normalize('NFD')
        .replace(/\p{M}/gu, '')
        .replaceAll('ß', 'ss')
        .replaceAll('œ', 'oe')
        .replaceAll('æ', 'ae')
        .replaceAll('ı', 'i')
        .replaceAll('ł', 'l')
        .replaceAll('ø', 'o')
        .replaceAll('đ', 'd')
