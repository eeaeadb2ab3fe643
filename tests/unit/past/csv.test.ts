import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvRecords } from '../../../host/learning/past/readers/csvRecords.ts'
import { inParts, keptOf, localTime, lookAt } from './reading.ts'

describe('A table is read by the names of its columns', () => {
  test.each([
    ['commas', 'Date,From,Text\n2024-02-03 10:00,Maya,Hello\n2024-02-03 10:01,Ruth,Hi\n'],
    ['semicolons, German', 'Datum;Uhrzeit;Absender;Nachricht\n03.02.2024;10:00;Maya;Hello\n03.02.2024;10:01;Ruth;Hi\n'],
    ['tabs, Spanish', 'Fecha\tHora\tRemitente\tMensaje\n03/02/2024\t10:00\tMaya\tHello\n13/02/2024\t10:01\tRuth\tHi\n'],
    ['French', 'Date et heure,Expéditeur,Contenu\n03.02.2024 10:00,Maya,Hello\n03.02.2024 10:01,Ruth,Hi\n'],
    [
      'Portuguese, quoted',
      '"Data e hora","Remetente","Mensagem"\r\n"2024-02-03T10:00:00","Maya","Hello"\r\n"2024-02-03T10:01:00","Ruth","Hi"\r\n',
    ],
    [
      'with a mark at the start and other columns',
      '\u{feff}id,sent_at,channel,sender_name,message_text\n7,2024-02-03 10:00:00,sms,Maya,Hello\n8,2024-02-03 10:01:00,sms,Ruth,Hi',
    ],
    [
      'seconds since 1970',
      `timestamp|author|body\n${new Date(2024, 1, 3, 10).getTime() / 1_000}|Maya|Hello\n${new Date(2024, 1, 3, 10, 1).getTime()}|Ruth|Hi\n`,
    ],
    ['words for the month', 'date,from,text\n"Feb 3, 2024 10:00 AM",Maya,Hello\n3 February 2024 10:01,Ruth,Hi\n'],
  ])('%s', (_name, text) => {
    expect(lookAt(text, 'chat.csv')).toMatchObject({ format: 'csv', turns: 2, ambiguousDate: null })
    const { turns } = keptOf(text, { format: 'csv', coach: 'Ruth' })
    expect(turns[0]).toBe('2024-02-03 10:00:00 client: Hello')
    expect(turns[1]).toMatch(/^2024-02-1?0?3 10:01:00 coach: Hi$/)
  })

  test('a time with a zone is that moment', () => {
    const text = 'date,from,text\n2024-02-03T10:00:00+02:00,Maya,Hello\n2024-02-03T08:00:00Z,Ruth,Hi\n'
    const at = localTime(Date.UTC(2024, 1, 3, 8))
    expect(keptOf(text, { format: 'csv', coach: 'Ruth' }).turns).toEqual([`${at} client: Hello`, `${at} coach: Hi`])
  })
})

test('quoted fields hold line ends, separators and quotation marks', () => {
  const text = 'from,text\nMaya,"I said ""no"",\nand then, nothing"\nRuth,What happened then?\n'
  expect(keptOf(text, { format: 'csv', coach: 'Ruth' }).turns).toEqual([
    'client: I said "no",\nand then, nothing',
    'coach: What happened then?',
  ])
})

test('a row without writer or words is counted, and an unclosed quotation mark does not swallow the file', () => {
  const text = `from,text\nMaya,\n,Hello\nRuth,Fine\nMaya,"never closed\n${'more\n'.repeat(50_000)}Ruth,Last\nMaya,Bye\n`
  const found = lookAt(text, 'a.csv')
  expect(found.counts).toMatchObject({ broken: 1 })
  expect(found.people).toContainEqual({ name: 'Ruth', turns: 2 })
})

test('a column for the conversation keeps clients apart; else those between the same two people are one', () => {
  const byChat = 'conversation,from,text\nA,Ruth,1\nB,Ruth,2\nA,Maya,3\nB,Ben,4\nC,Ruth,5\nC,Ann,6\nC,Tom,7\n'
  const found = lookAt(byChat, 'all.csv')
  expect(found.threads.map(({ name, people }) => [name, people.map((one) => one.name)])).toEqual([
    ['A', ['Ruth', 'Maya']],
    ['B', ['Ruth', 'Ben']],
  ])
  expect(found).toMatchObject({ coachGuess: 'Ruth', groupCount: 1, groups: ['C'], counts: { group: 3 } })
  const byTo = 'from,to,text\nRuth,Maya,1\nMaya,Ruth,2\nBen,Ruth,3\n'
  expect(lookAt(byTo, 'all.csv').threads.map(({ turns }) => turns)).toEqual([2, 1])
})

test('a table whose columns nobody can tell is refused with a sentence', () => {
  expect(() => lookAt('a,b,c\n1,2,3\n', 'x.csv')).toThrow('Name them “from” and “text”')
})

test('whatever is written as a table is read back, in parts of any length', () => {
  const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ';', 'é', ' ') })
  const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(
      rows,
      fc.constantFrom(',', ';'),
      fc.constantFrom('\n', '\r\n'),
      fc.integer({ min: 1, max: 9 }),
      (table, by, end, length) => {
        const text = table.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(by)).join(end)
        const read = [...csvRecords(inParts(text, length)(), by)].map(({ fields }) => fields)
        expect(read).toEqual(table)
      },
    ),
    { seed: 6, numRuns: 300 },
  )
})
