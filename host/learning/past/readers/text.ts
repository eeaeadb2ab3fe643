/** The longest turn that is kept, in characters; what follows is cut off. */
export const longestTurn = 20_000
/** The longest line that is looked at, in characters; the rest of it is dropped. */
const longestLine = 200_000

/** The lines of a text that comes in parts, without their ends. */
export function* linesOf(texts: Iterable<string>): Generator<string, void, undefined> {
  let open: string[] = []
  let length = 0
  let endedWithReturn = false
  // What is longer than a line may be is dropped at once, so that a line without end takes no memory.
  const add = (piece: string): void => {
    if (length < longestLine) open.push(piece.slice(0, longestLine - length))
    length += piece.length
  }
  for (const part of texts) {
    if (part === '') continue
    const lines = (endedWithReturn && part.startsWith('\n') ? part.slice(1) : part).split(/\r\n|\n|\r/u)
    endedWithReturn = part.endsWith('\r')
    const last = lines.pop() ?? ''
    for (const line of lines) {
      add(line)
      yield open.join('')
      open = []
      length = 0
    }
    add(last)
  }
  if (length > 0) yield open.join('')
}

// Direction marks, zero-width characters and tags: a person does not see them.
const unseen = /[\u{ad}\u{200b}\u{200e}\u{200f}\u{2060}\u{feff}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{e0000}-\u{e007f}]/gu
const control = /(?![\n\t])\p{Cc}/gu
const brackets: Readonly<Record<string, string>> = { '⟦': '[', '⟧': ']' }

/** A line as it is compared: no unseen characters, every space a plain one. */
export const plainLine = (line: string): string =>
  line.replace(unseen, '').replace(/[\u{a0}\u{202f}\u{2007}\u{2009}]/gu, ' ')

/** A message as it is kept: without control characters and marks of our own prompts, at most `longestTurn` long. */
export const cleanTurn = (raw: string): { readonly text: string; readonly isShortened: boolean } => {
  const text = raw
    .slice(0, longestTurn * 2)
    .toWellFormed()
    .replace(/\r\n?/gu, '\n')
    .replace(unseen, '')
    .replace(control, '')
    .replace(/[⟦⟧]/gu, (mark) => brackets[mark] ?? '')
    .replace(/\n{3,}/gu, '\n\n')
    .trim()
  const isShortened = text.length > longestTurn || raw.length > longestTurn * 2
  return { text: text.slice(0, longestTurn).toWellFormed(), isShortened }
}

/** A name in one line, at most 80 characters. */
export const cleanName = (raw: string): string =>
  cleanTurn(raw).text.replace(/\s+/gu, ' ').slice(0, 80).toWellFormed().trim()
