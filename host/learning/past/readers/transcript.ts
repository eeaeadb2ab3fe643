import { createOrderVote, readTime, timeOf, type WrittenTime } from './dates.ts'
import type { PastEvent, ReadingChoice, Texts } from './event.ts'
import { cleanName, cleanTurn, linesOf, plainLine } from './text.ts'

const stamp = String.raw`[[(]?(\d[\d./:,\-\sTZapm]{2,30}?)[\])]?`
const label = String.raw`(\p{L}[\p{L}\p{M}\d.'’_ -]{0,39}?)`
const labelled = new RegExp(
  String.raw`^[\s>*_-]*(?:${stamp}\s*[-–:]?\s*)?[*_]*${label}[*_]*\s*(?:[[(]([^\])]{3,30})[\])])?\s*[*_]*:[*_]*(?:\s+|$)`,
  'iu',
)
/** Words before a colon that are no name. */
const noName =
  /^(?:https?|mailto|note|notes|ps|p\.s\.|re|fwd|subject|date|time|betreff|datum|asunto|objet|assunto|to|cc)$/iu

interface Labelled {
  readonly from: string
  readonly written: string
  readonly text: string
}

const mostWords = 4
/** So far into a line a name may stand, in characters. */
const longestHead = 120

const labelOf = (line: string): Labelled | null => {
  if (!line.slice(0, longestHead).includes(':')) return null
  const plain = plainLine(line)
  const match = labelled.exec(plain.slice(0, longestHead))
  const from = match?.[2]?.trim() ?? ''
  if (!match || from === '' || noName.test(from) || from.split(/\s+/u).length > mostWords) return null
  return { from, written: match[1] ?? match[3] ?? '', text: plain.slice(match[0].length) }
}

const keyOf = (name: string): string => name.toLowerCase()

/** Who speaks, of all that stands before a colon: two of them, or those that come again and again. */
const speakersAmong = (counted: ReadonlyMap<string, number>): ReadonlySet<string> => {
  const most = Math.max(0, ...counted.values())
  const often = [...counted].filter(([, count]) => count >= Math.max(2, most * 0.05))
  return new Set((counted.size <= 2 ? [...counted] : often).map(([key]) => key))
}

const mostLabels = 10_000

const countLabels = (lines: Iterable<string>, see: (found: Labelled) => void = () => undefined) => {
  const counted = new Map<string, number>()
  let others = 0
  for (const line of lines) {
    const found = labelOf(line)
    if (!found) {
      if (line.trim() !== '') others += 1
      continue
    }
    see(found)
    const key = keyOf(found.from)
    if (counted.has(key) || counted.size < mostLabels) counted.set(key, (counted.get(key) ?? 0) + 1)
  }
  return { counted, others }
}

/** True where a text looks like a conversation: two or more people speak in turn, each with their name before a colon. */
export const looksLikeTranscript = (lines: readonly string[]): boolean => {
  const { counted, others } = countLabels(lines)
  const speakers = speakersAmong(counted)
  const spoken = [...speakers].reduce((sum, key) => sum + (counted.get(key) ?? 0), 0)
  if (speakers.size < 2) return false
  const isShort = counted.size === 2 && spoken >= others
  const isBack = [...speakers].filter((key) => (counted.get(key) ?? 0) >= 2).length >= 2
  return isShort || (isBack && spoken >= others * 0.05)
}

const separatorLine = /^\s*(?:#{1,6}\s.*|[-*_=]{3,}\s*)$/u
const mostOfTurn = 50_000

/** A conversation written down as "Coach: …", "CLIENT: …", with or without times. */
export function* readTranscript(texts: Texts, choice: ReadingChoice): Generator<PastEvent, void, undefined> {
  const vote = createOrderVote(choice.now)
  const written = (text: string): number | WrittenTime | null => readTime(text)
  const { counted } = countLabels(linesOf(texts()), (found) => {
    const time = written(found.written)
    if (time !== null && typeof time !== 'number') vote.see(time)
  })
  const speakers = speakersAmong(counted)
  const order = choice.dateOrder ?? vote.decide()
  const example = vote.example()
  if (order === null && example) yield { kind: 'ambiguous', ...example }
  yield { kind: 'thread', thread: 0, name: '', isGroup: false }

  const names = new Map<string, string>()
  let open: { from: string; at: number | null; text: string } | null = null
  for (const line of linesOf(texts())) {
    const found = labelOf(line)
    const key = keyOf(found?.from ?? '')
    if (found && speakers.has(key)) {
      if (open) yield* turnOf(open)
      if (!names.has(key)) names.set(key, cleanName(found.from))
      const time = written(found.written)
      const at = time === null || typeof time === 'number' ? time : timeOf(time, order ?? 'day')
      open = { from: names.get(key) ?? '', at, text: found.text }
    } else if (separatorLine.test(line)) {
      if (open) yield* turnOf(open)
      open = null
      yield { kind: 'remark', remark: 'heading' }
    } else if (open) {
      if (open.text.length < mostOfTurn) open.text += `\n${line}`
    } else if (line.trim() !== '') yield { kind: 'remark', remark: 'system' }
  }
  if (open) yield* turnOf(open)
}

function* turnOf(open: { from: string; at: number | null; text: string }): Generator<PastEvent, void, undefined> {
  const { text, isShortened } = cleanTurn(open.text)
  if (text === '') return yield { kind: 'remark', remark: 'empty' }
  if (isShortened || open.text.length >= mostOfTurn) yield { kind: 'remark', remark: 'shortened' }
  yield { kind: 'turn', thread: 0, from: open.from, text, at: open.at }
}
