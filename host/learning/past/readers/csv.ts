import { PastProblem } from '../problem.ts'
import { csvRecords } from './csvRecords.ts'
import { createOrderVote, readTime, timeOf } from './dates.ts'
import type { PastEvent, ReadingChoice, Texts } from './event.ts'
import { cleanName, cleanTurn } from './text.ts'

/** What columns are called, in five languages; without accents and signs. */
const columnNames = {
  date: 'date|datum|fecha|data|day|sent on',
  time: 'time|zeit|uhrzeit|hora|heure|hour',
  both: 'datetime|date time|timestamp|time stamp|sent at|sent|created at|created|when|zeitstempel|fecha y hora|date et heure|data e hora|zeitpunkt',
  from: 'from|author|sender|from name|sender name|name|user|username|speaker|who|participant|role|von|absender|autor|autora|verfasser|sprecher|remitente|de|expediteur|auteur|remetente|direction',
  text: 'text|message|body|content|msg|message text|message body|utterance|nachricht|inhalt|mensaje|texto|contenido|contenu|texte|mensagem|conteudo',
  to: 'to|recipient|receiver|to name|an|empfanger|para|destinatario|a|destinataire',
  chat: 'chat|conversation|thread|chat name|conversation id|thread id|chat id|chat session|session|session id|unterhaltung|conversacion|conversa',
} as const
type Column = keyof typeof columnNames
type Columns = Readonly<Record<Column, number>>

const known = Object.entries(columnNames).map(([column, names]) => [column, names.split('|')] as const)

const plainHeader = (header: string): string =>
  header
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/gu, ' ')
    .trim()

/** Which column holds what, -1 for none; null where writer or words are not to be found. */
const columnsOf = (headers: readonly string[]): Columns | null => {
  const plain = headers.map(plainHeader)
  const find = (names: readonly string[] = []): number => {
    for (const name of names) if (plain.includes(name)) return plain.indexOf(name)
    return -1
  }
  const place = (column: Column): number => find(known.find(([name]) => name === column)?.[1])
  const [date, time, both, from] = [place('date'), place('time'), place('both'), place('from')]
  const [text, to, chat] = [place('text'), place('to'), place('chat')]
  return from < 0 || text < 0 || from === text ? null : { date, time, both, from, text, to, chat }
}

const separators = [',', ';', '\t', '|'] as const

const firstRecord = (sample: string, separator: string): readonly string[] => {
  for (const { fields } of csvRecords([sample], separator)) return fields
  return []
}

/** The separator with which the first line of a table tells its columns; null where none does. */
export const separatorOf = (sample: string): string | null =>
  separators.find((separator) => columnsOf(firstRecord(sample.replace(/^\u{feff}/u, ''), separator)) !== null) ?? null

const sampleLength = 20_000
const mostThreads = 5_000

const startOf = (texts: Texts): string => {
  let start = ''
  for (const part of texts()) {
    start += part
    if (start.length >= sampleLength) break
  }
  return start
}

const writtenIn = (fields: readonly string[], { date, time, both }: Columns): string => {
  const at = (column: number): string => (column < 0 ? '' : (fields[column] ?? '').trim())
  const whole = at(both)
  return whole === '' ? `${at(date)} ${at(time)}`.trim() : whole
}

/** A table with a header that names the columns for writer and words, and perhaps time, recipient and conversation. */
export function* readCsv(texts: Texts, choice: ReadingChoice): Generator<PastEvent, void, undefined> {
  const separator = separatorOf(startOf(texts))
  if (separator === null) throw new PastProblem('columns')
  const vote = createOrderVote(choice.now)
  for (const { fields, columns } of rowsOf(texts, separator)) {
    const written = readTime(writtenIn(fields, columns))
    if (written !== null && typeof written !== 'number') vote.see(written)
  }
  const order = choice.dateOrder ?? vote.decide()
  const example = vote.example()
  if (order === null && example) yield { kind: 'ambiguous', ...example }

  const threads = new Map<string, number>()
  for (const { fields, columns, isBroken } of rowsOf(texts, separator)) {
    if (isBroken) {
      yield { kind: 'remark', remark: 'broken' }
      continue
    }
    const from = cleanName(fields[columns.from] ?? '')
    const { text, isShortened } = cleanTurn(fields[columns.text] ?? '')
    if (text === '' || from === '') {
      yield { kind: 'remark', remark: 'empty' }
      continue
    }
    const key = chatOf(fields, columns, from)
    let thread = threads.get(key)
    if (thread === undefined) {
      thread = threads.size
      if (thread >= mostThreads) throw new PastProblem('too_many_threads')
      threads.set(key, thread)
      yield { kind: 'thread', thread, name: columns.chat < 0 ? '' : key, isGroup: false }
    }
    if (isShortened) yield { kind: 'remark', remark: 'shortened' }
    const written = readTime(writtenIn(fields, columns))
    const at = written === null || typeof written === 'number' ? written : timeOf(written, order ?? 'day')
    yield { kind: 'turn', thread, from, text, at }
  }
}

/** Rows of the same chat are one conversation; else those between the same two people; else all of them. */
const chatOf = (fields: readonly string[], { chat, to }: Columns, from: string): string => {
  if (chat >= 0) return cleanName(fields[chat] ?? '')
  return to < 0 ? '' : [from, cleanName(fields[to] ?? '')].toSorted().join('\n')
}

function* rowsOf(texts: Texts, separator: string) {
  let columns: Columns | null = null
  for (const { fields, isBroken } of csvRecords(texts(), separator)) {
    if (columns !== null) yield { fields, columns, isBroken }
    else {
      columns = columnsOf(fields.map((field) => field.replace(/^\u{feff}/u, '')))
      if (columns === null) throw new PastProblem('columns')
    }
  }
}
