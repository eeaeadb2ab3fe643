import { describe, expect, test } from 'vitest'
import { timeIn } from '../../../host/memory/index.ts'

/** A Wednesday, 12:00 UTC. */
const wednesday = Date.UTC(2026, 2, 18, 12)

const read = (text: string, timeZone = 'UTC', at = wednesday, language: 'en' | 'de' | 'es' | 'fr' | 'pt' = 'en') => {
  const found = timeIn(text, { at, timeZone, language })
  return found && [new Date(found.from).toISOString().slice(0, 16), new Date(found.to).toISOString().slice(0, 16)]
}
const day = (date: string): string[] => {
  const from = Date.parse(`${date}T00:00Z`)
  return [new Date(from), new Date(from + 86_400_000)].map((at) => at.toISOString().slice(0, 16))
}

describe('dates in words', () => {
  test.each([
    ['I will call tomorrow', day('2026-03-19')],
    ['the day after tomorrow', day('2026-03-20')],
    ['today', day('2026-03-18')],
    ['it was yesterday', day('2026-03-17')],
    ['by Friday', day('2026-03-20')],
    ['on Wednesday', day('2026-03-25')],
    ['next Friday', day('2026-03-27')],
    ['next Monday', day('2026-03-23')],
    ['last Friday', day('2026-03-13')],
    ['last Wednesday', day('2026-03-11')],
    ['in two weeks', day('2026-04-01')],
    ['in 10 days', day('2026-03-28')],
    ['in a month', day('2026-04-18')],
    ['within a year', day('2027-03-18')],
    ['on 3 May', day('2026-05-03')],
    ['on May 3rd, 2027', day('2027-05-03')],
    ['on the 1st of March', day('2027-03-01')],
    ['2026-12-24', day('2026-12-24')],
    ['by June', ['2026-06-01T00:00', '2026-07-01T00:00']],
    ['in January', ['2027-01-01T00:00', '2027-02-01T00:00']],
    ['next week', ['2026-03-23T00:00', '2026-03-30T00:00']],
    ['next month', ['2026-04-01T00:00', '2026-05-01T00:00']],
    ['next year', ['2027-01-01T00:00', '2028-01-01T00:00']],
    ['this weekend', ['2026-03-21T00:00', '2026-03-23T00:00']],
    ['next weekend', ['2026-03-28T00:00', '2026-03-30T00:00']],
    ['tomorrow evening', ['2026-03-19T18:00', '2026-03-19T23:00']],
    ['tomorrow at 5pm', ['2026-03-19T17:00', '2026-03-19T18:00']],
    ['Friday at 9:30', ['2026-03-20T09:30', '2026-03-20T10:30']],
    ['tonight', ['2026-03-18T18:00', '2026-03-18T23:00']],
    ['by the end of the month', day('2026-03-31')],
    ['by end of month', day('2026-03-31')],
    ['before the end of next month', day('2026-04-30')],
    ['by the end of the week', day('2026-03-22')],
    ['by the end of next week', day('2026-03-29')],
    ['at the end of this year', day('2026-12-31')],
    ['end of the year', day('2026-12-31')],
    ['by the end of the day', day('2026-03-18')],
    ['by the end of May', ['2026-05-01T00:00', '2026-06-01T00:00']],
    ['since March', ['2026-03-01T00:00', '2026-03-18T12:00']],
    ['since last October', ['2025-10-01T00:00', '2026-03-18T12:00']],
    ['since Monday', ['2026-03-16T00:00', '2026-03-18T12:00']],
    ['since two weeks', ['2026-03-04T00:00', '2026-03-18T12:00']],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test.each([
    ['de', 'morgen', day('2026-03-19')],
    ['de', 'nächsten Freitag', day('2026-03-27')],
    ['de', 'am Freitag', day('2026-03-20')],
    ['de', 'in zwei Wochen', day('2026-04-01')],
    ['de', 'bis Ende des Monats', day('2026-03-31')],
    ['de', 'bis Monatsende', day('2026-03-31')],
    ['de', 'bis zum Ende der Woche', day('2026-03-22')],
    ['de', 'Ende nächster Woche', day('2026-03-29')],
    ['de', 'bis Jahresende', day('2026-12-31')],
    ['es', 'a fin de mes', day('2026-03-31')],
    ['es', 'para el final del próximo mes', day('2026-04-30')],
    ['es', 'antes del final de la semana', day('2026-03-22')],
    ['fr', 'd’ici la fin du mois', day('2026-03-31')],
    ['fr', 'avant la fin de la semaine', day('2026-03-22')],
    ['fr', 'd’ici la fin de l’année', day('2026-12-31')],
    ['pt', 'até ao fim do mês', day('2026-03-31')],
    ['pt', 'até o final da semana', day('2026-03-22')],
    ['de', 'am 3. Mai', day('2026-05-03')],
    ['es', 'mañana', day('2026-03-19')],
    ['es', 'el viernes que viene', day('2026-03-27')],
    ['es', 'dentro de dos semanas', day('2026-04-01')],
    ['es', 'el 3 de mayo', day('2026-05-03')],
    ['fr', 'demain', day('2026-03-19')],
    ['fr', 'vendredi prochain', day('2026-03-27')],
    ['fr', 'dans deux semaines', day('2026-04-01')],
    ['fr', 'le 3 mai', day('2026-05-03')],
    ['pt', 'amanhã', day('2026-03-19')],
    ['pt', 'na próxima sexta', day('2026-03-27')],
    ['pt', 'em duas semanas', day('2026-04-01')],
    ['pt', '3 de maio', day('2026-05-03')],
  ] as const)('%s: %s', (language, text, expected) => {
    expect(read(text, 'UTC', wednesday, language)).toEqual(expected)
  })

  test.each([
    'I may go',
    'we march on',
    'he sat down',
    'in 300 things',
    'at the end of the day it was fine',
    'on the 31st of February',
    'nothing',
    '',
  ])('“%s” names none', (text) => {
    expect(read(text)).toBeNull()
  })

  test.each([
    ['en', 'I will write down three wins every Sunday'],
    ['en', 'every morning'],
    ['en', 'each Monday, Wednesday and Friday morning at 7am'],
    ['en', 'every other Tuesday'],
    ['en', 'Sunday mornings'],
    ['de', 'jeden Sonntag'],
    ['de', 'jeden Morgen'],
    ['de', 'jeden zweiten Freitag und Samstag'],
    ['es', 'cada domingo'],
    ['es', 'cada mañana'],
    ['es', 'todos los lunes'],
    ['fr', 'chaque dimanche matin'],
    ['fr', 'tous les vendredis'],
    ['pt', 'todo domingo'],
    ['pt', 'todas as segundas'],
  ] as const)('%s: “%s” comes again and again and names no day', (language, text) => {
    expect(read(text, 'UTC', wednesday, language)).toBeNull()
  })

  test('what ends a repetition is a day', () => {
    expect(read('every Sunday until 30 April')).toEqual(day('2026-04-30'))
    expect(read('I walk every morning and call her on Friday')).toEqual(day('2026-03-20'))
  })

  test('the day is the one where the client lives, on either side of midnight', () => {
    expect(read('tomorrow', 'Asia/Tokyo', Date.UTC(2026, 2, 18, 16))).toEqual(['2026-03-19T15:00', '2026-03-20T15:00'])
    expect(read('tomorrow', 'America/Los_Angeles', Date.UTC(2026, 2, 18, 5))).toEqual([
      '2026-03-18T07:00',
      '2026-03-19T07:00',
    ])
  })

  test('a day on which the clock changes is 23 or 25 hours long', () => {
    // Europe springs forward on 29 March 2026 and falls back on 25 October 2026.
    expect(read('on 29 March', 'Europe/Berlin')).toEqual(['2026-03-28T23:00', '2026-03-29T22:00'])
    expect(read('on 25 October', 'Europe/Berlin')).toEqual(['2026-10-24T22:00', '2026-10-25T23:00'])
    expect(read('tomorrow at 2:30', 'Europe/Berlin', Date.UTC(2026, 2, 28, 12))?.[0]).toBe('2026-03-29T01:30')
    expect(read('tomorrow at 2:30', 'Europe/Berlin', Date.UTC(2026, 9, 24, 12))?.[0]).toBe('2026-10-25T00:30')
  })

  test('where midnight itself is skipped, the day begins with its first moment', () => {
    // In Beirut 31 March 2024 began at 01:00.
    expect(read('tomorrow', 'Asia/Beirut', Date.UTC(2024, 2, 30, 12))?.[0]).toBe('2024-03-30T22:00')
  })

  test('a time zone that nobody knows is UTC', () => {
    expect(read('tomorrow', 'Mars/Olympus')).toEqual(day('2026-03-19'))
  })

  test('says where in the text it is named', () => {
    const text = 'Müde, aber ich rufe am Freitag an.'
    const found = timeIn(text, { at: wednesday, timeZone: 'UTC', language: 'de' })
    expect(text.slice(found?.start, found?.end)).toBe('am Freitag')
  })
})
