import type { DateOrder } from '../../../../shared/taxonomy/past.ts'
import { createOrderVote, dateAndTime, timeOf, type WrittenTime, writtenTime } from './dates.ts'
import type { PastEvent, ReadingChoice, Texts } from './event.ts'
import { cleanName, cleanTurn, linesOf, plainLine } from './text.ts'
import { attachedMark, deletedLine, editedMark, groupLine, mediaLine, systemLine } from './whatsappWords.ts'

const head = new RegExp(String.raw`^\s*(?:\[${dateAndTime}\]\s?|${dateAndTime}\s?[-–]\s)`, 'iu')
const named = /^([^:]{1,80}):(?:\s(.*)|)$/su
/** The groups of one date and time. */
const groupCount = 8

// On an iPhone, what no person wrote begins with a left-to-right mark, in every language.
const byMachine = /\]\s[^:]{1,80}:\s\u{200e}/u

interface Head {
  readonly written: WrittenTime
  readonly rest: string
  readonly isByMachine: boolean
}

/** What a line begins with where it begins a message of WhatsApp: "[31/12/2023, 21:04:05] " or "12/31/23, 9:04 PM - ". */
const headOf = (line: string): Head | null => {
  // Nearly all lines that begin no message are told apart by their first character.
  if (!/^[\s[\d\u{200e}\u{200f}\u{feff}]/u.test(line)) return null
  const plain = plainLine(line.slice(0, 80))
  const match = head.exec(plain)
  if (!match) return null
  const written = writtenTime(match, match[1] === undefined ? 1 + groupCount : 1)
  return { written, rest: plainLine(line).slice(match[0].length), isByMachine: byMachine.test(line) }
}

/** True where a text looks like an export of WhatsApp: messages begin with a date in one of its forms. */
export const looksLikeWhatsapp = (lines: readonly string[]): boolean =>
  lines.filter((line) => {
    const found = headOf(line)
    return found !== null && named.test(found.rest)
  }).length >= Math.max(1, Math.min(3, lines.length * 0.05))

const orderOf = (texts: Texts, { dateOrder, now }: ReadingChoice) => {
  const vote = createOrderVote(now)
  for (const line of linesOf(texts())) {
    const found = headOf(line)
    if (found) vote.see(found.written)
  }
  return { order: dateOrder ?? vote.decide(), example: vote.example() }
}

interface Open {
  readonly from: string
  readonly at: number | null
  readonly isByMachine: boolean
  text: string
  isTooLong: boolean
}

/** The text export of WhatsApp, one chat a file, as phones of many languages write it. */
export function* readWhatsapp(texts: Texts, choice: ReadingChoice): Generator<PastEvent, void, undefined> {
  const { order, example } = orderOf(texts, choice)
  const readAs: DateOrder = order ?? 'day'
  if (order === null && example) yield { kind: 'ambiguous', ...example }
  let isGroup = false
  let open: Open | null = null
  yield { kind: 'thread', thread: 0, name: '', isGroup }
  for (const line of linesOf(texts())) {
    const found = headOf(line)
    if (!found) {
      if (open) addLine(open, line)
      continue
    }
    if (open) yield* turnOf(open)
    const match = named.exec(found.rest)
    open = null
    if (match) {
      const { written, isByMachine } = found
      open = { from: match[1] ?? '', at: timeOf(written, readAs), isByMachine, text: match[2] ?? '', isTooLong: false }
      continue
    }
    if (!isGroup && groupLine.test(found.rest)) {
      isGroup = true
      yield { kind: 'thread', thread: 0, name: '', isGroup }
    }
    yield { kind: 'remark', remark: 'system' }
  }
  if (open) yield* turnOf(open)
}

const mostOfMessage = 50_000

const addLine = (open: Open, line: string): void => {
  if (open.text.length < mostOfMessage) open.text += `\n${line}`
  else open.isTooLong = true
}

function* turnOf({ from, at, isByMachine, text: raw, isTooLong }: Open): Generator<PastEvent, void, undefined> {
  const { text: whole, isShortened } = cleanTurn(raw.replace(editedMark, '').replace(attachedMark, ''))
  const [first = '', ...others] = whole.split('\n')
  const line = plainLine(first).trim()
  if (deletedLine.test(line)) return yield { kind: 'remark', remark: 'deleted' }
  if (systemLine.test(line)) return yield { kind: 'remark', remark: 'system' }
  const isMedia = isByMachine || mediaLine.test(line)
  // What stands under a picture are words of the person who sent it.
  const text = isMedia ? others.join('\n').trim() : whole
  if (text === '') return yield { kind: 'remark', remark: isMedia || attachedMark.test(raw) ? 'media' : 'empty' }
  if (isShortened || isTooLong) yield { kind: 'remark', remark: 'shortened' }
  yield { kind: 'turn', thread: 0, from: cleanName(from), text, at }
}
