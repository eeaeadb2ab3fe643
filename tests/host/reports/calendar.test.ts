import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bucketsOf } from '../../../host/reports/calendar.ts'

const hour = 3_600_000
const day = 24 * hour
const hoursOf = (from: number, to: number, timeZone: string) =>
  bucketsOf({ from, to, timeZone }).buckets.map((bucket) => (bucket.to - bucket.from) / hour)
const startsOf = (from: number, to: number, timeZone: string) =>
  bucketsOf({ from, to, timeZone }).buckets.map((bucket) => new Date(bucket.start).toISOString())

describe('days and weeks of the coach', () => {
  test('have 23 hours when the clock is set forward and 25 when it is set back', () => {
    expect(hoursOf(Date.UTC(2026, 2, 27, 23), Date.UTC(2026, 2, 30, 22), 'Europe/Berlin')).toEqual([24, 23, 24])
    expect(hoursOf(Date.UTC(2026, 9, 23, 22), Date.UTC(2026, 9, 26, 23), 'Europe/Berlin')).toEqual([24, 25, 24])
    expect(hoursOf(Date.UTC(2026, 9, 31, 4), Date.UTC(2026, 10, 3, 5), 'America/New_York')).toEqual([24, 25, 24])
  })

  test('begin at the first moment of the day where the clock jumps over midnight, or passes it twice', () => {
    // Beirut: 29 March 2026 begins at 01:00. Havana: midnight of 1 November 2026 comes twice.
    expect(startsOf(Date.UTC(2026, 2, 28, 12), Date.UTC(2026, 2, 29, 12), 'Asia/Beirut')).toEqual([
      '2026-03-27T22:00:00.000Z',
      '2026-03-28T22:00:00.000Z',
    ])
    expect(startsOf(Date.UTC(2026, 10, 1, 12), Date.UTC(2026, 10, 2, 12), 'America/Havana')).toEqual([
      '2026-11-01T04:00:00.000Z',
      '2026-11-02T05:00:00.000Z',
    ])
  })

  test('leave out a day that a time zone skipped', () => {
    expect(startsOf(Date.UTC(2011, 11, 29, 12), Date.UTC(2011, 11, 31, 12), 'Pacific/Apia')).toEqual([
      '2011-12-29T10:00:00.000Z',
      '2011-12-30T10:00:00.000Z',
      '2011-12-31T10:00:00.000Z',
    ])
  })

  test('are days up to 60 of them, also when one is longer, then weeks from Monday', () => {
    const from = Date.UTC(2026, 8, 9, 22)
    expect(bucketsOf({ from, to: from + 60 * day + hour, timeZone: 'Europe/Berlin' }).unit).toBe('day')
    const weeks = bucketsOf({ from, to: from + 61 * day, timeZone: 'Europe/Berlin' })
    expect(weeks.unit).toBe('week')
    expect(weeks.buckets[0]).toMatchObject({ start: Date.UTC(2026, 8, 6, 22), from })
    const weekdays = weeks.buckets.map(({ start }) =>
      new Intl.DateTimeFormat('en', { timeZone: 'Europe/Berlin', weekday: 'long' }).format(start),
    )
    expect(new Set(weekdays)).toEqual(new Set(['Monday']))
  })

  test('cover the time asked about without gap or overlap, in any time zone', () => {
    const zones = [
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Africa/Casablanca',
      'America/Santiago',
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2035, 0, 1) }),
        fc.integer({ min: 1, max: 400 * day }),
        (timeZone, from, length) => {
          const { buckets } = bucketsOf({ from, to: from + length, timeZone })
          expect(buckets[0]?.from).toBe(from)
          expect(buckets.at(-1)?.to).toBe(from + length)
          for (const [index, bucket] of buckets.entries()) {
            expect(bucket.to).toBeGreaterThan(bucket.from)
            expect(bucket.from).toBeGreaterThanOrEqual(bucket.start)
            if (index > 0) expect(bucket.from).toBe(buckets[index - 1]?.to)
          }
        },
      ),
      { seed: 11, numRuns: 100 },
    )
  })
})
