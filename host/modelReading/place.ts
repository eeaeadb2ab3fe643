/** A text as quotes are looked for in it, and where each of its characters stands in the original. */
interface Folded {
  readonly text: string
  readonly start: readonly number[]
  readonly finish: readonly number[]
}

const apostrophes = /[’‘ʼ`´＇‛]/u
const quotationMarks = /[“”„«»]/u
const dashes = /[‐‑‒–—]/u
const marks: Readonly<Record<string, string>> = { '⟦': '[[', '〚': '[[', '⟧': ']]', '〛': ']]', ß: 'ss' }

const plain = (char: string): string => {
  if (apostrophes.test(char)) return "'"
  if (quotationMarks.test(char)) return '"'
  if (dashes.test(char)) return '-'
  return marks[char] ?? char.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

/** The gate gives a name back as the coach wrote it; the client may have written "Mueller" for "Müller". */
const isSwallowed = (char: string, before: string): boolean =>
  (char === ' ' && before === ' ') || (char === 'e' && /[aou]/u.test(before))

const foldWithPlaces = (original: string): Folded => {
  const [start, finish]: [number[], number[]] = [[], []]
  let text = ''
  let at = 0
  for (const char of original) {
    const after = at + char.length
    for (const one of plain(char).replace(/\s/gu, ' ')) {
      if (isSwallowed(one, text.at(-1) ?? '')) finish[finish.length - 1] = after
      else {
        text += one
        for (let unit = 0; unit < one.length; unit += 1) {
          start.push(at)
          finish.push(after)
        }
      }
    }
    // An accent that stands by itself belongs to the letter before it.
    if (plain(char) === '' && finish.length > 0) finish[finish.length - 1] = after
    at = after
  }
  return { text, start, finish }
}

export interface Place {
  readonly start: number
  /** The character after the last. */
  readonly finish: number
}

const around = /^[\s"'.,;:!?…-]+|[\s"'.,;:!?…-]+$/gu
/** Scripts that put spaces between words; in others a quote may begin anywhere. */
const spacedCharacter = /[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{N}]/u

const cutsWord = (text: string, at: number): boolean =>
  spacedCharacter.test(text[at - 1] ?? '') && spacedCharacter.test(text[at] ?? '')

/**
 * Where in a message words that are said to be quoted from it stand: whole words, without regard to capitals, accents,
 * spaces and the kind of quotation marks, dashes and apostrophes. Empty where they do not.
 */
export const placesOf = (message: string, quote: string): Place[] => {
  const { text, start, finish } = foldWithPlaces(message)
  const wanted = foldWithPlaces(quote).text.replace(around, '')
  const places: Place[] = []
  if (wanted === '') return places
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) {
    const end = at + wanted.length
    const [first, last] = [start[at], finish[end - 1]]
    if (first === undefined || last === undefined || cutsWord(text, at) || cutsWord(text, end)) continue
    places.push({ start: first, finish: last })
  }
  return places
}
