import { PastProblem } from '../problem.ts'

/** The longest value that is kept whole, in characters; a longer one is passed over. */
const longestValue = 2_000_000
const structure = /["{}[\]]/gu
const stringEnd = /["\\]/gu
const scalarEnd = /[\s,}\]]/gu

export interface JsonParts {
  /** The next character that means something, without taking it; empty at the end. */
  peek(): string
  /** Takes this character. Throws `broken` where another one stands there. */
  expect(character: string): void
  /** Takes a comma where there is one and tells whether a value follows before `end`, which is taken otherwise. */
  hasNext(end: '}' | ']', isFirst: boolean): boolean
  /** Takes the next value whole; undefined where it is too long or is no JSON. */
  value(): unknown
  /** Passes over the next value, however large or deep. */
  skip(): void
}

/** Reads JSON that comes in parts, holding no more of it than one value: a file of any size takes the same memory. */
export const jsonParts = (texts: Iterable<string>): JsonParts => {
  const source = texts[Symbol.iterator]()
  let buffer = ''
  let at = 0

  const more = (): boolean => {
    const next = source.next()
    if (next.done) return false
    buffer = next.value
    at = 0
    return true
  }
  const need = (): void => {
    while (at >= buffer.length) if (!more()) throw new PastProblem('broken')
  }

  const peek = (): string => {
    for (;;) {
      if (at >= buffer.length) {
        if (!more()) return ''
      } else if (/[\s\u{feff}]/u.test(buffer[at] ?? '')) at += 1
      else return buffer[at] ?? ''
    }
  }

  /** Takes everything up to where `pattern` matches next, and gives it to `keep`. */
  const takeTo = (pattern: RegExp, keep: (text: string) => void): string => {
    for (;;) {
      need()
      pattern.lastIndex = at
      const match = pattern.exec(buffer)
      if (match) {
        keep(buffer.slice(at, match.index))
        at = match.index
        return match[0]
      }
      keep(buffer.slice(at))
      at = buffer.length
    }
  }

  const takeOne = (keep: (text: string) => void): void => {
    need()
    keep(buffer[at] ?? '')
    at += 1
  }

  const takeString = (keep: (text: string) => void): void => {
    takeOne(keep)
    for (;;) {
      const found = takeTo(stringEnd, keep)
      takeOne(keep)
      if (found === '"') return
      takeOne(keep)
    }
  }

  const takeValue = (keep: (text: string) => void): void => {
    const first = peek()
    if (first === '"') return takeString(keep)
    if (first !== '{' && first !== '[') {
      if (!/[-\dtfn]/u.test(first)) throw new PastProblem('broken')
      takeTo(scalarEnd, keep)
      return
    }
    let depth = 0
    do {
      const found = takeTo(structure, keep)
      if (found === '"') takeString(keep)
      else {
        depth += found === '{' || found === '[' ? 1 : -1
        takeOne(keep)
      }
    } while (depth > 0)
  }

  const expect = (character: string): void => {
    if (peek() !== character) throw new PastProblem('broken')
    at += 1
  }

  return {
    peek,
    expect,
    hasNext: (end, isFirst) => {
      if (peek() === end) {
        at += 1
        return false
      }
      if (!isFirst) expect(',')
      return true
    },
    value: () => {
      const parts: string[] = []
      let length = 0
      takeValue((text) => {
        length += text.length
        if (length <= longestValue) parts.push(text)
      })
      if (length > longestValue) return undefined
      try {
        return JSON.parse(parts.join(''))
      } catch {
        return undefined
      }
    },
    skip: () => takeValue(() => undefined),
  }
}
