/** What Telegram takes in one message, in UTF-16 units. */
export const longestMessage = 4_096

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
/** Enough text behind a border to tell whether a grapheme goes on over it. */
const lookAhead = 64

/**
 * The messages a text goes out in. White space at the ends and at borders is left out; everything else stands in the
 * pieces, in order. No piece is empty, longer than `limit`, or begins inside a grapheme, unless one alone is too long.
 */
export const splitText = (text: string, limit = longestMessage): string[] => {
  const pieces: string[] = []
  let rest = text.trim()
  while (rest.length > limit) {
    const at = borderIn(rest, limit)
    pieces.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  return rest === '' ? pieces : [...pieces, rest]
}

const borderIn = (rest: string, limit: number): number => {
  const space = spaceIn(rest, limit)
  if (space !== undefined) return space
  const grapheme = graphemes.segment(rest.slice(0, limit + lookAhead)).containing(limit)
  if (grapheme && grapheme.index > 0) return grapheme.index
  const isInsidePair = /^[\udc00-\udfff]$/u.test(rest.charAt(limit))
  return isInsidePair && limit > 1 ? limit - 1 : limit
}

const sentenceEnd = /[.!?…。！？][)"'”’\]]{0,3}$/u
/** What combines with the white space before it. */
const combining = /^[\p{M}\u200d]/u

/** The last white space that parts paragraphs, else lines, sentences, words; in one pass, whatever the text. */
const spaceIn = (rest: string, limit: number): number | undefined => {
  let paragraph: number | undefined
  let line: number | undefined
  let sentence: number | undefined
  let word: number | undefined
  for (const { index, 0: space } of rest.matchAll(/\s+/gu)) {
    if (index > limit) break
    const end = index + space.length
    if (combining.test(rest.slice(end, end + 2))) continue
    word = index
    // A better border near the beginning would leave a stump behind.
    if (index < limit / 2) continue
    const firstBreak = space.indexOf('\n')
    if (firstBreak !== space.lastIndexOf('\n')) paragraph = index
    else if (firstBreak !== -1) line = index
    else if (sentenceEnd.test(rest.slice(Math.max(0, index - 4), index))) sentence = index
  }
  return paragraph ?? line ?? sentence ?? word
}
