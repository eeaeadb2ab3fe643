import { describe, expect, test } from 'vitest'
import { keptOf, localTime, lookAt } from './reading.ts'

const lrm = '\u{200e}'
const narrow = '\u{202f}'

const chat = (heads: readonly [string, string]) =>
  `${heads[0]}Maya: I could not sleep again.\n${heads[1]}Ruth: What kept you awake?\n`

describe('A WhatsApp export is read in the form in which phones of many languages write it', () => {
  const forms: readonly (readonly [string, string, string])[] = [
    ['iPhone, British', '[31/12/2023, 21:04:05] ', '[31/12/2023, 21:05:00] '],
    ['iPhone, American, with a narrow space', `[12/31/23, 9:04:05${narrow}PM] `, `[12/31/23, 9:05:00${narrow}PM] `],
    ['iPhone, German', '[31.12.23, 21:04:05] ', '[31.12.23, 21:05:00] '],
    ['iPhone, year first', '[2023-12-31, 21:04:05] ', '[2023-12-31, 21:05:00] '],
    ['iPhone, mark at the start', `${lrm}[31/12/2023, 21:04:05] `, '[31/12/2023, 21:05:00] '],
    ['iPhone, French', '[31/12/2023 à 21:04:05] ', '[31/12/2023 à 21:05:00] '],
    ['Android, American', '12/31/23, 9:04 PM - ', '12/31/23, 9:05 PM - '],
    ['Android, American, narrow space', `12/31/23, 9:04${narrow}PM - `, `12/31/23, 9:05${narrow}PM - `],
    ['Android, German', '31.12.23, 21:04 - ', '31.12.23, 21:05 - '],
    ['Android, Spanish', '31/12/23, 9:04 p. m. - ', '31/12/23, 9:05 p. m. - '],
    ['Android, Spanish, no space', '31/12/2023, 9:04 p.m. - ', '31/12/2023, 9:05 p.m. - '],
    ['Android, French', '31/12/2023, 21:04 - ', '31/12/2023, 21:05 - '],
    ['Android, older French', '31/12/2023 à 21:04 - ', '31/12/2023 à 21:05 - '],
    ['Android, Portuguese', '31/12/2023 21:04 - ', '31/12/2023 21:05 - '],
    ['Android, Italian, dots in the time', '31/12/23, 21.04 - ', '31/12/23, 21.05 - '],
  ]
  test.each(forms)('%s', (_name, first, second) => {
    const text = chat([first, second])
    expect(lookAt(text)).toMatchObject({ format: 'whatsapp', turns: 2, ambiguousDate: null })
    const { turns } = keptOf(text, { format: 'whatsapp', coach: 'Ruth' })
    expect(turns[0]).toMatch(/^2023-12-31 21:04:0[05] client: I could not sleep again\.$/)
    expect(turns[1]).toBe('2023-12-31 21:05:00 coach: What kept you awake?')
  })
})

test('what is no words of either is left out and counted, and what is said around it stays', () => {
  const text = [
    `[01/02/2024, 10:00:00] Maya: ${lrm}Messages and calls are end-to-end encrypted. No one outside of this chat can read them.`,
    '[01/02/2024, 10:01:00] Maya: Hello',
    'on two lines',
    '',
    'and a third',
    `${lrm}[01/02/2024, 10:02:00] Maya: ${lrm}image omitted`,
    `[01/02/2024, 10:03:00] Maya: ${lrm}This message was deleted.`,
    '[01/02/2024, 10:04:00] Ruth: You deleted this message',
    `[13/02/2024, 10:05:00] Ruth: I see you. ${lrm}<This message was edited>`,
    '[13/02/2024, 10:06:00] Maya: IMG-20240213-WA0001.jpg (file attached)',
    'This is my desk',
    `[13/02/2024, 10:07:00] Ruth: Look at this ${lrm}<attached: 00000012-PHOTO.jpg>`,
    `[13/02/2024, 10:08:00] Maya: ${lrm}Missed voice call`,
    '[13/02/2024, 10:09:00] Your security code with Maya changed. Tap to learn more.',
    '[13/02/2024, 10:10:00] Maya: ',
  ].join('\r\n')
  const { turns, counts } = keptOf(text, { format: 'whatsapp', coach: 'Ruth' })
  expect(turns).toEqual([
    '2024-02-01 10:01:00 client: Hello\non two lines\n\nand a third',
    '2024-02-13 10:05:00 coach: I see you.',
    '2024-02-13 10:06:00 client: This is my desk',
    '2024-02-13 10:07:00 coach: Look at this',
  ])
  expect(counts).toEqual({ system: 3, deleted: 2, media: 1, empty: 1 })
})

test.each([
  ['31.12.23, 21:04 - Maya: <Medien ausgeschlossen>', 'media'],
  ['31/12/23, 21:04 - Maya: <Multimedia omitido>', 'media'],
  ['31/12/23, 21:04 - Maya: <Médias omis>', 'media'],
  ['31/12/23, 21:04 - Maya: <Mídia oculta>', 'media'],
  ['31/12/23, 21:04 - Maya: <Media omitted>', 'media'],
  ['31.12.23, 21:04 - Maya: Diese Nachricht wurde gelöscht', 'deleted'],
  ['31/12/23, 21:04 - Maya: Se eliminó este mensaje', 'deleted'],
  ['31/12/23, 21:04 - Maya: Ce message a été supprimé', 'deleted'],
  ['31/12/23, 21:04 - Maya: Mensagem apagada', 'deleted'],
  [
    '31.12.23, 21:04 - Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt. Niemand außerhalb dieses Chats kann sie lesen.',
    'system',
  ],
])('"%s" is left out', (line, remark) => {
  const { turns, counts } = keptOf(`${line}\n31.12.23, 21:05 - Ruth: Here I am\n`, {
    format: 'whatsapp',
    coach: 'Ruth',
  })
  expect(turns).toHaveLength(1)
  expect(counts).toEqual({ [remark]: 1 })
})

describe('Which figure is the day', () => {
  const dated = (...dates: string[]) =>
    dates.map((date, index) => `${date}, 10:0${index % 10} - ${index % 2 ? 'Ruth' : 'Maya'}: line ${index}`).join('\n')

  test('one figure above twelve decides for the whole file', () => {
    const { turns } = keptOf(dated('03/04/24', '05/04/24', '13/04/24'), { format: 'whatsapp', coach: 'Ruth' })
    expect(turns.map((turn) => turn.slice(0, 10))).toEqual(['2024-04-03', '2024-04-05', '2024-04-13'])
    const american = keptOf(dated('03/04/24', '03/05/24', '03/13/24'), { format: 'whatsapp', coach: 'Ruth' })
    expect(american.turns.map((turn) => turn.slice(0, 10))).toEqual(['2024-03-04', '2024-03-05', '2024-03-13'])
  })

  test('else the reading in which nothing goes back in time', () => {
    const text = dated('01/02/24', '03/02/24', '05/02/24', '02/03/24')
    expect(lookAt(text).ambiguousDate).toBeNull()
    expect(keptOf(text, { format: 'whatsapp', coach: 'Ruth' }).turns.at(-1)).toContain('2024-03-02')
  })

  test('else the reading in which nothing lies in the future', () => {
    // Today is 1 June 2026.
    const text = dated('03/09/26', '04/09/26')
    expect(lookAt(text).ambiguousDate).toBeNull()
    expect(keptOf(text, { format: 'whatsapp', coach: 'Ruth' }).turns[0]).toContain('2026-03-09')
  })

  test('and where nothing tells, the coach is asked, and nothing is taken in before they have answered', () => {
    const text = dated('03/04/24', '03/04/24')
    const { ambiguousDate } = lookAt(text)
    expect(ambiguousDate && [localTime(ambiguousDate.day), localTime(ambiguousDate.month)]).toEqual([
      '2024-04-03 10:00:00',
      '2024-03-04 10:00:00',
    ])
    expect(() => keptOf(text, { format: 'whatsapp', coach: 'Ruth' })).toThrow('two ways')
    const asMonth = keptOf(text, { format: 'whatsapp', coach: 'Ruth', dateOrder: 'month' })
    expect(asMonth.turns[0]).toContain('2024-03-04')
    expect(lookAt(text, 'chat.txt', { dateOrder: 'day' }).ambiguousDate).toBeNull()
  })
})

test('a group chat is counted and left out, also where only two of its members ever wrote', () => {
  const three = ['Maya', 'Ruth', 'Ben'].map((name) => `31.12.23, 21:04 - ${name}: Hello all`).join('\n')
  expect(lookAt(three)).toMatchObject({ groupCount: 1, groups: ['Maya, Ruth, Ben'], threads: [], counts: { group: 3 } })
  expect(() => keptOf(three, { format: 'whatsapp', coach: 'Ruth' })).toThrow('between two people')
  const quiet = `31.12.23, 21:00 - Ruth hat die Gruppe „Mut“ erstellt\n31.12.23, 21:04 - Ruth: Hello all\n31.12.23, 21:05 - Maya: Hi\n`
  expect(lookAt(quiet)).toMatchObject({ groupCount: 1, threads: [] })
})
