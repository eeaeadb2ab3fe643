import { stemmer } from 'stemmer'

/** Terms are words as 30-bit numbers: small enough for the engine's own integers. 0 is no term but a gap. */
const termBits = 0x3fff_ffff
/** Words of different fields are never neighbours. */
const fieldGap = 8
const longestWord = 64

const separator = 0
const letter = 1
/** Of a script written without spaces: each character and each pair of neighbours is a term. */
const unspaced = 2
const beyondBmp = 3

const wordCharacter = /[\p{L}\p{N}\p{M}\p{Co}]/u
const unspacedCharacter =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

const classOf = (character: string): number =>
  wordCharacter.test(character) ? (unspacedCharacter.test(character) ? unspaced : letter) : separator

const characterClasses = Uint8Array.from({ length: 0x1_0000 }, (_, code) =>
  code >= 0xd800 && code <= 0xdbff ? beyondBmp : classOf(String.fromCharCode(code)),
)

/** Without case and accents, as FTS5's unicode61 with remove_diacritics 2 does. */
export const fold = (word: string): string =>
  word
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()

/** Marks of these scripts are letters of their own: they stay. */
const foldUnspaced = (characters: string): string => characters.normalize('NFKC')

// FNV-1a; Fowler, Noll and Vo, 1991.
const hashStart = 0x811c_9dc5
const hashStep = (hash: number, code: number): number => Math.imul(hash ^ code, 0x0100_0193)
const toTerm = (hash: number): number => (hash ^ (hash >>> 30)) & termBits || 1

const hashOf = (text: string): number => {
  let hash = hashStart
  for (let at = 0; at < text.length; at += 1) hash = hashStep(hash, text.charCodeAt(at))
  return toTerm(hash)
}

const onlyAscii = /^[a-z]+$/u
const stemOf = (folded: string): string => (onlyAscii.test(folded) ? stemmer(folded) : folded)

/** The latest words by the lower bits of their hash, so that most need only be looked up; a word takes another's place. */
const remembered = 1 << 18
const rememberedHashes = new Int32Array(remembered)
const rememberedTerms = new Int32Array(remembered)

const termOfWord = (hash: number, text: string, from: number, to: number): number => {
  const place = hash & (remembered - 1)
  if (rememberedHashes[place] === hash) return rememberedTerms[place] ?? 0
  const term = hashOf(stemOf(fold(text.slice(from, Math.min(to, from + longestWord)))))
  rememberedHashes[place] = hash
  rememberedTerms[place] = term
  return term
}

/** Terms in the order of a text, growing; used again and again, so that reading a library leaves no rubbish. */
export interface TermBuffer {
  terms: Int32Array
  length: number
}

export const createTermBuffer = (): TermBuffer => ({ terms: new Int32Array(4_096), length: 0 })

const push = (buffer: TermBuffer, term: number): void => {
  if (buffer.length === buffer.terms.length) {
    const wider = new Int32Array(buffer.length * 2)
    wider.set(buffer.terms)
    buffer.terms = wider
  }
  buffer.terms[buffer.length] = term
  buffer.length += 1
}

const codeAt = (text: string, at: number): number => text.codePointAt(at) ?? 0
const classAt = (text: string, at: number): number => {
  const known = characterClasses[text.charCodeAt(at)] ?? separator
  return known === beyondBmp ? classOf(String.fromCodePoint(codeAt(text, at))) : known
}
const widthAt = (text: string, at: number): number => (codeAt(text, at) > 0xffff ? 2 : 1)

/** Adds the terms of a stretch of text. */
const readText = (text: string, buffer: TermBuffer): void => {
  let at = 0
  while (at < text.length) {
    const kind = classAt(text, at)
    if (kind === letter) at = readWord(text, at, buffer)
    else if (kind === unspaced) at = readUnspaced(text, at, buffer)
    else at += widthAt(text, at)
  }
}

const readWord = (text: string, from: number, buffer: TermBuffer): number => {
  let at = from
  let hash = hashStart
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    const kind = characterClasses[code]
    if (kind === letter) hash = hashStep(hash, code >= 65 && code <= 90 ? code + 32 : code)
    else if (kind === beyondBmp && classAt(text, at) === letter) {
      hash = hashStep(hashStep(hash, code), text.charCodeAt(at + 1))
      at += 1
    } else break
  }
  push(buffer, termOfWord(toTerm(hash), text, from, at))
  return at
}

const readUnspaced = (text: string, from: number, buffer: TermBuffer): number => {
  let at = from
  let before = ''
  while (at < text.length && classAt(text, at) === unspaced) {
    const character = text.slice(at, at + widthAt(text, at))
    push(buffer, hashOf(foldUnspaced(character)))
    if (before !== '') push(buffer, hashOf(foldUnspaced(before + character)))
    before = character
    at += character.length
  }
  return at
}

/** Reads the fields of a passage into a buffer, emptied first; between fields stand gaps. */
export const readTerms = (fields: readonly string[], buffer: TermBuffer): TermBuffer => {
  buffer.length = 0
  for (const field of fields) {
    if (buffer.length > 0) for (let gap = 0; gap < fieldGap; gap += 1) push(buffer, 0)
    readText(field, buffer)
  }
  return buffer
}

/** A word of a question: without case and accents, with its term. */
export interface Word {
  readonly folded: string
  readonly term: number
}

const runs = /[\p{L}\p{N}\p{M}\p{Co}]+/gu
const unspacedRun = new RegExp(`${unspacedCharacter.source}+|(?:(?!${unspacedCharacter.source}).)+`, 'gu')

/** Runs of letters and digits, as they stand; what FTS5 makes words of. */
export const plainWordsOf = (text: string): string[] => text.match(runs) ?? []

/** The words of a short text, in order, with the same terms that passages get; pairs where no spaces are written. */
export const wordsOf = (text: string): Word[] =>
  plainWordsOf(text)
    .flatMap((run) => run.match(unspacedRun) ?? [])
    .flatMap((run) => (unspacedCharacter.test(run) ? pairsOf(run) : [run.slice(0, longestWord)]))
    .map((word) => {
      const isUnspaced = unspacedCharacter.test(word)
      const folded = isUnspaced ? foldUnspaced(word) : fold(word)
      return { folded, term: hashOf(isUnspaced ? folded : stemOf(folded)) }
    })

const pairsOf = (run: string): string[] => {
  const characters = Array.from(run)
  if (characters.length < 2) return characters
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}
