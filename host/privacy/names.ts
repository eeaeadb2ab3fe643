import { commonWords, nameParticles } from './commonWords.ts'

/** One name to look for: a regular expression, the placeholder's label and what the placeholder stands for. */
export interface KnownName {
  /** `CLIENT`, `CLIENT_NAME_2`, …; `PERSON` and `HANDLE` get their number when first used. */
  readonly label: string
  readonly value: string
  readonly pattern: string
}

export interface NameRegistry {
  /** The client the call is about. */
  readonly client?: {
    readonly name: string
    /** Names they had before they were merged with another client. */
    readonly formerNames?: readonly string[]
    readonly handles: readonly string[]
  }
  /** Full names of other people of this practice. */
  readonly others: readonly string[]
}

const shortestPart = 3
const shortestHandle = 5
const wordCharacter = '[\\p{L}\\p{M}\\p{N}_]'
const unspacedScript = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Mymr}]/u
const suffixingScript = /\p{scx=Hangul}/u

const tidy = (name: string): string => name.normalize('NFC').trim().replace(/\s+/gu, ' ')
const withoutAccents = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC')
const withoutUmlauts = (text: string): string =>
  text.replace(/[äöüßÄÖÜ]/gu, (letter) => umlauts[letter] ?? letter).normalize('NFC')
const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue' }

/** Lower case without accents, for a quick look whether a name can occur at all. */
export const fold = (text: string): string => withoutAccents(text.normalize('NFC').toLowerCase())

const letters = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')
const capitalised = (text: string): string => text.replace(/^\p{Ll}/u, (first) => first.toUpperCase())

const spelling = (text: string): string =>
  escaped(text)
    .replace(/['’‘ʼ]/gu, "['’‘ʼ]")
    .replace(/ /gu, '\\s+')

const wholeWord = (name: string, caseMatters: boolean): string => {
  const spellings = [...new Set([name, withoutAccents(name), withoutUmlauts(name)])].map((one) =>
    spelling(caseMatters ? capitalised(one) : one),
  )
  const either = caseMatters ? `(?-i:${spellings.join('|')})` : `(?:${spellings.join('|')})`
  if (unspacedScript.test(name)) return either
  const before = `(?<!${wordCharacter})`
  return suffixingScript.test(name) ? `${before}${either}` : `${before}${either}(?!${wordCharacter})`
}

const isCommonWord = (part: string): boolean => commonWords.has(part.toLowerCase())
const isPart = (part: string): boolean =>
  !nameParticles.has(part.toLowerCase()) && letters(part) >= (unspacedScript.test(part) ? 2 : shortestPart)

const wordsOf = (name: string): string[] =>
  name.split(' ').map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))

/** The client's name and its parts, longest first, so that a longer name is never replaced in pieces. */
export const clientNames = (client: NonNullable<NameRegistry['client']>): KnownName[] => {
  const name = tidy(client.name)
  const words = wordsOf(name)
  const formerNames = (client.formerNames ?? []).map(tidy)
  const allWords = [...words, ...formerNames.flatMap(wordsOf)]
  const parts = [...new Set([...allWords, ...allWords.flatMap((word) => word.split(/[-‐–]/u))].filter(isPart))]
  const known: KnownName[] = parts.map((part, index) => ({
    label: index === 0 ? 'CLIENT' : `CLIENT_NAME_${index + 1}`,
    value: part,
    pattern: wholeWord(part, isCommonWord(part)),
  }))
  if (!words.every(isPart) && letters(name) >= 2) {
    const label = known.length === 0 ? 'CLIENT' : 'CLIENT_FULL_NAME'
    const isOneWord = !name.includes(' ')
    known.push({ label, value: name, pattern: wholeWord(name, isOneWord && (letters(name) < 3 || isCommonWord(name))) })
  }
  const unsplit = formerNames.filter(
    (former) => former !== name && letters(former) >= 2 && !wordsOf(former).every(isPart),
  )
  unsplit.forEach((former, index) => {
    const isShort = !former.includes(' ') && (letters(former) < 3 || isCommonWord(former))
    known.push({
      label: `CLIENT_NAME_${parts.length + index + 2}`,
      value: former,
      pattern: wholeWord(former, isShort),
    })
  })
  const handles = client.handles
    .map(tidy)
    .filter((handle) => letters(handle) >= shortestHandle)
    .map((handle) => ({ label: 'HANDLE', value: handle, pattern: wholeWord(handle, false) }))
  return [...known, ...handles].sort((a, b) => b.value.length - a.value.length)
}

export interface OtherName {
  readonly known: KnownName
  /** Folded; where a text does not hold it, the pattern need not be tried. */
  readonly hints: readonly string[]
}

/** Other people, by their full names only; a name of one word only as it is written. */
export const otherNames = (names: readonly string[]): OtherName[] =>
  [...new Set(names.map(tidy))]
    .filter((name) => letters(name) >= shortestPart)
    .sort((a, b) => b.length - a.length)
    .map((name) => {
      const word = name.split(' ').reduce((longest, one) => (one.length > longest.length ? one : longest), '')
      return {
        known: { label: 'PERSON', value: name, pattern: wholeWord(name, !name.includes(' ')) },
        hints: [...new Set([fold(word), fold(withoutUmlauts(word))])],
      }
    })

/** Where a person is named in a text, by any part of a name they have or had; a common word only with its capital. */
export const nameFinder = (person: { readonly name: string; readonly formerNames: readonly string[] }) => {
  const patterns = clientNames({ ...person, handles: [] }).map(({ pattern }) => new RegExp(pattern, 'iu'))
  return (text: string): boolean => patterns.some((pattern) => pattern.test(text))
}
