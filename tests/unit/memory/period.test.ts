import { describe, expect, it } from 'vitest'
import { periodIn } from '../../../host/memory/messageSearch/period.ts'

/** A Wednesday, at noon in London. */
const now = Date.UTC(2026, 2, 18, 12)

const days = (text: string, timeZone = 'UTC', at = now): string | null => {
  const period = periodIn(text, at, timeZone)
  if (period === null) return null
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10)
  return `${day(period.from)} – ${day(period.to - 1)}`
}

describe('times in words', () => {
  it.each([
    ['What did I say on 3 June 2025?', '2025-06-03 – 2025-06-03'],
    ['on the 3rd of June, 2025', '2025-06-03 – 2025-06-03'],
    ['on June 3rd, 2025', '2025-06-03 – 2025-06-03'],
    ['since 2025-06-03', '2025-06-03 – 2025-06-03'],
    ['what happened on 1 March', '2026-03-01 – 2026-03-01'],
    ['what happened on 24 December', '2025-12-24 – 2025-12-24'],
    ['in May', '2025-05-01 – 2025-05-31'],
    ['in March', '2026-03-01 – 2026-03-31'],
    ['February 2024', '2024-02-01 – 2024-02-29'],
    ['on 45 June 2025', '2025-06-01 – 2025-06-30'],
    ['in 2024', '2024-01-01 – 2024-12-31'],
    ['am 3. Juni 2025', '2025-06-03 – 2025-06-03'],
    ['im März', '2026-03-01 – 2026-03-31'],
    ['el 3 de junio de 2025', '2025-06-03 – 2025-06-03'],
    ['en février 2025', '2025-02-01 – 2025-02-28'],
    ['em agosto de 2025', '2025-08-01 – 2025-08-31'],
    ['yesterday', '2026-03-17 – 2026-03-17'],
    ['today', '2026-03-18 – 2026-03-18'],
    ['last Friday', '2026-03-13 – 2026-03-13'],
    ['last Wednesday', '2026-03-11 – 2026-03-11'],
    ['last week', '2026-03-09 – 2026-03-15'],
    ['this week', '2026-03-16 – 2026-03-22'],
    ['last weekend', '2026-03-13 – 2026-03-15'],
    ['last month', '2026-02-01 – 2026-02-28'],
    ['last year', '2025-01-01 – 2025-12-31'],
    ['two weeks ago', '2026-02-28 – 2026-03-08'],
    ['three days ago', '2026-03-14 – 2026-03-16'],
  ])('%s is %s', (text, expected) => {
    expect(days(text)).toBe(expected)
  })

  it.each(['May I ask you something?', 'We march on.', 'I have 3 mayors.', 'the second of three', 'in 20255', ''])(
    '“%s” names no time',
    (text) => {
      expect(days(text)).toBeNull()
    },
  )

  it('are seen from the client’s own calendar', () => {
    const lateEvening = Date.UTC(2026, 2, 18, 23, 30)
    expect(periodIn('today', lateEvening, 'Asia/Tokyo')).toMatchObject({
      from: Date.UTC(2026, 2, 18, 15),
      to: Date.UTC(2026, 2, 19, 15),
    })
  })

  it('begin at the client’s midnight on the other side of a change of the clock too', () => {
    const summer = Date.UTC(2026, 6, 18, 12)
    expect(periodIn('on 1 March', summer, 'Europe/Berlin')).toMatchObject({
      from: Date.UTC(2026, 1, 28, 23),
      to: Date.UTC(2026, 2, 1, 23),
    })
  })

  it('are UTC where the time zone is unknown', () => {
    expect(days('today', 'Middle/Earth')).toBe('2026-03-18 – 2026-03-18')
  })

  it('say where in the text they stand', () => {
    const text = 'What did I realise two weeks ago, with Été?'
    const { start = 0, end = 0 } = periodIn(text, now, 'UTC') ?? {}
    expect(text.slice(start, end)).toBe('two weeks ago')
  })
})
