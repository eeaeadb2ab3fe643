/** A stretch of a text; `to` is the first character after it. */
export interface Span {
  readonly from: number
  readonly to: number
}

// Intl.Segmenter takes quadratic time on long strings.
const windowLength = 2_048
const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' })
const words = new Intl.Segmenter(undefined, { granularity: 'word' })
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Without white space at its ends; null where nothing else is in it. */
export const trimmed = (text: string, { from, to }: Span): Span | null => {
  const part = text.slice(from, to)
  const start = part.length - part.trimStart().length
  return start === part.length ? null : { from: from + start, to: from + part.trimEnd().length }
}

/** The lines of a stretch of text, without empty ones. */
export const linesOf = (text: string, { from, to }: Span): Span[] => {
  const lines: Span[] = []
  for (let start = from; start < to; ) {
    const end = text.indexOf('\n', start)
    const line = trimmed(text, { from: start, to: end < 0 ? to : Math.min(end, to) })
    if (line) lines.push(line)
    start = end < 0 ? to : end + 1
  }
  return lines
}

const isSpace = (text: string, at: number): boolean => /\s/u.test(text.charAt(at))

/** Where a stretch can be parted closest to its middle: at a space, else between words, else between characters. */
export const middleOf = (text: string, { from, to }: Span): number => {
  const middle = from + Math.floor((to - from) / 2)
  for (let away = 0; away < (to - from) / 4; away += 1) {
    if (isSpace(text, middle + away)) return middle + away
    if (isSpace(text, middle - away)) return middle - away
  }
  const near = { from: Math.max(from, middle - windowLength / 2), to: Math.min(to, middle + windowLength / 2) }
  for (const segmenter of [words, characters]) {
    const borders = [...segmenter.segment(text.slice(near.from, near.to))]
      .map(({ index }) => near.from + index)
      .filter((at) => at > from && (at > near.from || near.from === from) && at < to)
    const closest = borders.toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0]
    if (closest !== undefined) return closest
  }
  const isInPair = /[\udc00-\udfff]/u.test(text.charAt(middle)) && /[\ud800-\udbff]/u.test(text.charAt(middle - 1))
  return isInPair && middle - 1 > from ? middle - 1 : middle
}

/** The sentences of a stretch of any length; what has no end within a window is parted there. */
export const sentencesOf = (text: string, span: Span): Span[] => {
  const found: Span[] = []
  for (let start = span.from; start < span.to; ) {
    const end = Math.min(span.to, start + windowLength)
    const segments = [...sentences.segment(text.slice(start, end))].map(({ index }) => start + index)
    const last = segments.at(-1) ?? start
    // The last sentence goes on beyond the window, so the next window begins with it.
    const next = end === span.to ? end : last > start ? last : middleOf(text, { from: start, to: end })
    for (const [index, from] of segments.entries()) {
      const to = Math.min(next, segments[index + 1] ?? end)
      const sentence = from < to ? trimmed(text, { from, to }) : null
      if (sentence) found.push(sentence)
    }
    start = next
  }
  return found
}
