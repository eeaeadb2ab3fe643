import type { PastEvent, Texts } from './event.ts'
import { cleanTurn, linesOf } from './text.ts'

const heading = /^\s*(?:#{1,6}\s.*|\|.*\|\s*|[-*_=]{3,}\s*|!\[[^\]]*\]\([^)]*\)\s*)$/u
const fence = /^\s*(?:```|~~~)/u
const quoted = /^\s*>/u
const listItem = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+/u
const mostOfParagraph = 50_000

/** The coach's own writing as plain text or Markdown: each paragraph is a turn. Headings, quotations and code are not. */
export function* readWriting(texts: Texts): Generator<PastEvent, void, undefined> {
  yield { kind: 'thread', thread: 0, name: '', isGroup: false }
  let paragraph = ''
  let isCode = false

  function* end(): Generator<PastEvent, void, undefined> {
    const { text, isShortened } = cleanTurn(paragraph)
    paragraph = ''
    if (text === '') return
    if (isShortened) yield { kind: 'remark', remark: 'shortened' }
    yield { kind: 'turn', thread: 0, from: '', text, at: null }
  }

  for (const line of linesOf(texts())) {
    if (fence.test(line)) isCode = !isCode
    if (isCode || fence.test(line) || heading.test(line) || quoted.test(line)) {
      yield* end()
      yield { kind: 'remark', remark: 'heading' }
    } else if (line.trim() === '') yield* end()
    else {
      // Lines that were broken only for lack of room belong together; those of a list do not.
      const isItem = listItem.test(line)
      const words = line.replace(listItem, '').trim()
      const gap = paragraph === '' ? '' : isItem ? '\n' : ' '
      if (paragraph.length < mostOfParagraph) paragraph += gap + words
    }
  }
  yield* end()
}
