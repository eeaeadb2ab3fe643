import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quietMsAfter, quietUntil } from '../../../host/conversations/index.ts'

const night = (timeZone: string) => ({ from: '22:00', to: '07:00', timeZone })
const at = (iso: string): number => Date.parse(iso)
const clockTime = (time: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(time)

describe('quiet hours', () => {
  test('hold over midnight and end in the morning of the same night', () => {
    const berlin = night('Europe/Berlin')
    expect(quietUntil(berlin, at('2026-01-10T22:30:00+01:00'))).toBe(at('2026-01-11T07:00:00+01:00'))
    expect(quietUntil(berlin, at('2026-01-11T06:59:30+01:00'))).toBe(at('2026-01-11T07:00:00+01:00'))
    expect(quietUntil(berlin, at('2026-01-11T07:00:00+01:00'))).toBeNull()
    expect(quietUntil(berlin, at('2026-01-11T21:59:00+01:00'))).toBeNull()
  })

  test('within one day, and never where both ends are the same', () => {
    const siesta = { from: '13:00', to: '15:00', timeZone: 'Europe/Madrid' }
    expect(quietUntil(siesta, at('2026-06-01T14:10:00+02:00'))).toBe(at('2026-06-01T15:00:00+02:00'))
    expect(quietUntil(siesta, at('2026-06-01T15:10:00+02:00'))).toBeNull()
    expect(quietUntil({ from: '07:00', to: '07:00', timeZone: 'UTC' }, at('2026-06-01T07:00:00Z'))).toBeNull()
  })

  test('end at the right hour in nights in which the clock changes', () => {
    const berlin = night('Europe/Berlin')
    expect(quietUntil(berlin, at('2026-03-28T23:00:00+01:00'))).toBe(at('2026-03-29T07:00:00+02:00'))
    expect(quietUntil(berlin, at('2026-10-24T23:00:00+02:00'))).toBe(at('2026-10-25T07:00:00+01:00'))
    const santiago = night('America/Santiago')
    expect(quietUntil(santiago, at('2026-09-05T23:00:00-04:00'))).toBe(at('2026-09-06T07:00:00-03:00'))
  })

  test('a message of the night may wait as long as the night lasts', () => {
    expect(quietMsAfter(night('UTC'), at('2026-05-01T23:00:00Z'))).toBe(8 * 3_600_000)
    expect(quietMsAfter(night('UTC'), at('2026-05-01T12:00:00Z'))).toBe(0)
  })

  test('wherever they end, it is the hour the coach set, within a day', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'America/Santiago', 'Pacific/Auckland', 'UTC']
    const hour = fc
      .record({ hours: fc.integer({ min: 0, max: 23 }), minutes: fc.constantFrom(0, 15, 30, 45) })
      // Some of these do not exist in a night in which the clock is put forward.
      .filter(({ hours }) => hours > 3)
      .map(({ hours, minutes }) => `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`)
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        hour,
        hour,
        fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') }),
        (timeZone, from, to, now) => {
          const end = quietUntil({ from, to, timeZone }, now)
          if (end === null) return
          expect(clockTime(end, timeZone)).toBe(to)
          expect(end).toBeGreaterThan(now)
          expect(end - now).toBeLessThanOrEqual(25 * 3_600_000)
        },
      ),
      { seed: 7, numRuns: 2_000 },
    )
  })
})
