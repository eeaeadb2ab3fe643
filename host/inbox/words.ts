/** Letters and digits: what the full-text index makes words of. */
const wordCharacters = /[\p{L}\p{N}\p{Co}](?:[\p{L}\p{N}\p{Co}]|[\u0300-\u036f])*/gu

/** One word of a text, as the index keeps it, and where it stands (UTF-16 positions). */
interface Word {
  readonly folded: string
  readonly start: number
  readonly end: number
}

/** Simple case folding: where capitals would be more than one character (ß), the small letter stays. */
const foldCase = (character: string): string => {
  const capital = character.toUpperCase()
  return (capital.length === character.length ? capital : character).toLowerCase()
}

/** Case and diacritics folded as unicode61 with remove_diacritics 2 does. */
const fold = (word: string): string =>
  Array.from(word, foldCase)
    .join('')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC')

const wordsOf = (text: string): Word[] =>
  Array.from(text.matchAll(wordCharacters), (match) => ({
    folded: fold(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }))

// The full-text parser takes a zero character for the end of what it is given.
const gaps = /[\s\p{Cc}]+/u

/** What the coach typed, cut at white space; pieces without a letter or digit can match nothing and are left out. */
export const piecesOf = (query: string): string[] => query.split(gaps).filter((piece) => wordsOf(piece).length > 0)

const quoted = (text: string): string => `"${text.replaceAll('"', '""').replaceAll('\0', '')}"`

/**
 * A full-text query from what the coach typed: every piece must occur, the last one as a beginning; each is quoted, so
 * none of it is syntax. The client, where given, is asked for inside the query. Null where nothing can match.
 */
export const fullTextQuery = (query: string, clientId: string | undefined): string | null => {
  const pieces = piecesOf(query)
  if (pieces.length === 0) return null
  const words = `content : (${pieces.map(quoted).join(' AND ')} *)`
  return clientId === undefined ? words : `${words} AND client : ${quoted(clientId.replaceAll('-', ''))}`
}

interface Mark {
  start: number
  end: number
}

/** Where the pieces stand in a text, in its own positions, without overlaps. */
const marksIn = (text: string, pieces: readonly string[]): Mark[] => {
  const words = wordsOf(text)
  const wanted = pieces.map((piece) => wordsOf(piece).map((word) => word.folded))
  const isAt = (at: number, piece: readonly string[], isLast: boolean): boolean =>
    piece.every((part, offset) => {
      const word = words[at + offset]?.folded
      return isLast && offset === piece.length - 1 ? word?.startsWith(part) === true : word === part
    })
  const marks: Mark[] = []
  for (let at = 0; at < words.length; at += 1) {
    const longest = wanted.reduce(
      (most, piece, index) => (isAt(at, piece, index === wanted.length - 1) ? Math.max(most, piece.length) : most),
      0,
    )
    const [first, last] = [words[at], words[at + longest - 1]]
    if (longest === 0 || !first || !last) continue
    const before = marks.at(-1)
    if (before && first.start < before.end) before.end = Math.max(before.end, last.end)
    else marks.push({ start: first.start, end: last.end })
  }
  return marks
}

const snippetLength = 160
const leadIn = 48

/** About 160 characters around the first match, on one line, with where the matches stand in it. */
export const snippetOf = (text: string, query: string): { snippet: string; marks: Mark[] } => {
  const marks = marksIn(text, piecesOf(query))
  const firstMark = marks[0]?.start ?? 0
  const start = firstMark <= leadIn ? 0 : wordStartAfter(text, firstMark - leadIn, firstMark)
  const end = wholeCharacterEnd(text, Math.max(start + snippetLength, marks[0]?.end ?? 0))
  const [head, tail] = [start > 0 ? '…' : '', end < text.length ? '…' : '']
  const shift = head.length - start
  return {
    // One space for each, so that the positions stay.
    snippet: `${head}${text.slice(start, end).replace(/[\s\u2028\u2029]/gu, ' ')}${tail}`,
    marks: marks
      .filter((mark) => mark.start < end)
      .map((mark) => ({ start: mark.start + shift, end: Math.min(mark.end, end) + shift })),
  }
}

const isLowSurrogate = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xdc00

/** The first beginning of a word from a place on, or a whole character where the text has no gaps. */
const wordStartAfter = (text: string, from: number, upTo: number): number => {
  const gap = text.slice(from, upTo).search(/\s\S/u)
  if (gap >= 0) return from + gap + 1
  return isLowSurrogate(text, from) ? from + 1 : from
}

const wholeCharacterEnd = (text: string, end: number): number => {
  if (end >= text.length) return text.length
  return isLowSurrogate(text, end) ? end - 1 : end
}
