import { clientNames, fold, type KnownName, type NameRegistry, otherNames } from './names.ts'
import { detectors } from './patterns.ts'

/** Stands for a person's names and numbers by placeholders, the same ones for all texts of one call. */
export interface Pseudonyms {
  /** The text with placeholders such as `[CLIENT]` or `[EMAIL_1]` in place of what identifies someone. */
  hide(text: string): string
  /** Puts the real values back, also where the model changed a placeholder; ones it made up are removed. */
  restore(text: string): string
  /** How many different names and numbers have been replaced so far. */
  count(): number
}

/** For calls that stay on this machine. */
export const noPseudonyms: Pseudonyms = { hide: (text) => text, restore: (text) => text, count: () => 0 }

const numbered = 'PERSON|EMAIL|PHONE|IBAN|CARD|LINK|HANDLE|TEXT'
const gap = '\\\\?[_ -]'
const label = `CLIENT${gap}FULL${gap}NAME|CLIENT${gap}NAME${gap}\\d{1,4}|CLIENT|(?:${numbered})${gap}\\d{1,4}`
const bare = `(?<![\\p{L}\\p{N}_])(?-i:CLIENT_FULL_NAME|CLIENT_NAME_\\d{1,4}|(?:${numbered})_\\d{1,4})(?![\\p{L}\\p{N}_])`
const exactly = new RegExp(`\\[(CLIENT_FULL_NAME|CLIENT_NAME_\\d{1,4}|CLIENT|(?:${numbered})_\\d{1,4})\\]`, 'gu')
/** A placeholder however a model may have rewritten it. */
const nearly = new RegExp(`\\\\?[\\[{<【]{1,3}\\s?(?:${label})\\s?\\\\?[\\]}>】]{1,3}|${bare}`, 'giu')

const labelOf = (found: string): string =>
  found
    .replace(/[\\[\]{}<>【】]/gu, '')
    .trim()
    .replace(/[ -]/gu, '_')
    .toUpperCase()

/** A piece of a text; what is settled is not looked at again. */
interface Piece {
  readonly text: string
  readonly isSettled: boolean
}

const replaceIn = (
  pieces: readonly Piece[],
  pattern: RegExp,
  replace: (found: RegExpMatchArray) => { length: number; text: string } | null,
): Piece[] =>
  pieces.flatMap((piece) => {
    if (piece.isSettled) return [piece]
    const result: Piece[] = []
    let end = 0
    for (const found of piece.text.matchAll(pattern)) {
      if (found.index < end) continue
      const replacement = replace(found)
      if (replacement === null) continue
      result.push({ text: piece.text.slice(end, found.index), isSettled: false })
      result.push({ text: replacement.text, isSettled: true })
      end = found.index + replacement.length
    }
    return [...result, { text: piece.text.slice(end), isSettled: false }]
  })

const joined = (pieces: readonly Piece[]): string => pieces.map((piece) => piece.text).join('')

/** Makes the placeholders of one call; nothing of it is kept afterwards. */
export const createPseudonyms = (registry: NameRegistry): Pseudonyms => {
  const own = registry.client === undefined ? [] : clientNames(registry.client)
  const others = otherNames(registry.others)
  const values = new Map<string, string>()
  const placeholders = new Map<string, string>()
  const counters = new Map<string, number>()

  const placeholder = (kind: string, value: string): string => {
    const known = placeholders.get(`${kind} ${value}`)
    if (known !== undefined) return known
    const isNumbered = !kind.startsWith('CLIENT')
    const number = (counters.get(kind) ?? 0) + 1
    counters.set(kind, number)
    const name = isNumbered ? `${kind}_${number}` : kind
    values.set(name, value)
    placeholders.set(`${kind} ${value}`, `[${name}]`)
    return `[${name}]`
  }

  const hideNames = (pieces: readonly Piece[], names: readonly KnownName[]): Piece[] => {
    if (names.length === 0) return [...pieces]
    const pattern = new RegExp(names.map((name) => `(${name.pattern})`).join('|'), 'giu')
    return replaceIn(pieces, pattern, (found) => {
      const name = names.find((_, index) => found[index + 1] !== undefined)
      return name === undefined ? null : { length: found[0].length, text: placeholder(name.label, name.value) }
    })
  }

  const hide = (text: string): string => {
    const whole = text.normalize('NFC')
    // What already looks like a placeholder gets one of its own, or it would come back as somebody's name.
    let pieces = replaceIn([{ text: whole, isSettled: false }], nearly, (found) => ({
      length: found[0].length,
      text: placeholder('TEXT', found[0]),
    }))
    for (const detector of detectors) {
      pieces = replaceIn(pieces, detector.pattern, (found) => {
        const length = detector.take(found[0])
        return length === 0 ? null : { length, text: placeholder(detector.label, found[0].slice(0, length)) }
      })
    }
    pieces = hideNames(pieces, own)
    const folded = fold(whole)
    const mentioned = others.filter((other) => other.hints.some((hint) => folded.includes(hint)))
    return joined(
      hideNames(
        pieces,
        mentioned.map((other) => other.known),
      ),
    )
  }

  const restore = (text: string): string => {
    const exact = replaceIn([{ text, isSettled: false }], exactly, (found) => {
      const value = values.get(found[1] ?? '')
      return value === undefined ? null : { length: found[0].length, text: value }
    })
    let removed = 0
    const all = replaceIn(exact, nearly, (found) => {
      const value = values.get(labelOf(found[0]))
      if (value === undefined) removed += 1
      return { length: found[0].length, text: value ?? '' }
    })
    return removed === 0 ? joined(all) : closeGaps(joined(all))
  }

  return { hide, restore, count: () => values.size }
}

const closeGaps = (text: string): string =>
  text
    .replace(/[ \t]+([,.;:!?])/gu, '$1')
    .replace(/[ \t]{2,}/gu, ' ')
    .replace(/^[\s,;:]+/u, '')
    .trimEnd()
