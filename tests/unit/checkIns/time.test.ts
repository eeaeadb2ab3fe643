import { describe, expect, test } from 'vitest'
import { type Habits, suggestTime } from '../../../host/checkIns/time.ts'

const hour = 3_600_000
/** A Wednesday. */
const noon = Date.UTC(2026, 2, 18, 12)
const habits = (more: Partial<Habits> = {}): Habits => ({
  bestCallTimes: [],
  mostActiveHours: [],
  messageCount: 40,
  ...more,
})
const suggest = (given: Partial<Parameters<typeof suggestTime>[0]> = {}, now = noon) => {
  const { sendAt, hourFrom } = suggestTime({ dueTo: now, timeZone: 'UTC', habits: null, quiet: null, ...given }, now)
  return `${new Date(sendAt).toISOString()} ${hourFrom}`
}

describe('the hour of a check-in', () => {
  test('is ten in the morning of the client where nothing is known of them', () => {
    expect(suggest()).toBe('2026-03-19T10:00:00.000Z default')
    expect(suggest({ timeZone: 'Asia/Tokyo' })).toBe('2026-03-19T01:00:00.000Z default')
  })

  test('is the one in which they answer most, before those in which they write', () => {
    expect(suggest({ habits: habits({ bestCallTimes: ['18:00', '09:00'], mostActiveHours: [8] }) })).toBe(
      '2026-03-18T18:00:00.000Z answers',
    )
    expect(suggest({ habits: habits({ mostActiveHours: [8, 20] }) })).toBe('2026-03-19T08:00:00.000Z writes')
  })

  test('is not the one of a few messages, and never at night', () => {
    expect(suggest({ habits: habits({ bestCallTimes: ['18:00'], messageCount: 9 }) })).toMatch(/T10:00.*default$/)
    expect(suggest({ habits: habits({ bestCallTimes: ['03:00', '17:00'] }) })).toMatch(/T17:00.*answers$/)
    expect(suggest({ habits: habits({ mostActiveHours: [1, 2, 23] }) })).toMatch(/T10:00.*default$/)
  })

  test('keeps out of quiet hours: the next best one, or when they end', () => {
    const quiet = { from: '16:00', to: '11:30', timeZone: 'UTC' }
    expect(suggest({ quiet, habits: habits({ bestCallTimes: ['18:00', '14:00'] }) })).toMatch(/^2026-03-18T14:00/)
    expect(suggest({ quiet, habits: habits({ bestCallTimes: ['18:00'] }) })).toBe('2026-03-19T11:30:00.000Z default')
  })
})

describe('the day of a check-in', () => {
  test('is not before the commitment is due', () => {
    expect(suggest({ dueTo: noon + 12 * hour })).toBe('2026-03-19T10:00:00.000Z default')
    expect(suggest({ dueTo: noon + 23 * hour })).toBe('2026-03-20T10:00:00.000Z default')
  })

  test('leaves the coach a quarter of an hour', () => {
    const at = (minutes: number) => suggest({}, Date.UTC(2026, 2, 18, 9, minutes))
    expect(at(45)).toMatch(/^2026-03-18T10:00/)
    expect(at(46)).toMatch(/^2026-03-19T10:00/)
  })

  test('has the client’s hour also when their clocks change in between', () => {
    const spring = Date.UTC(2026, 2, 28, 12)
    expect(suggest({ timeZone: 'Europe/Berlin' }, spring)).toBe('2026-03-29T08:00:00.000Z default')
    const autumn = Date.UTC(2026, 9, 24, 12)
    expect(suggest({ timeZone: 'Europe/Berlin' }, autumn)).toBe('2026-10-25T09:00:00.000Z default')
    const evening = habits({ bestCallTimes: ['07:00'] })
    expect(suggest({ timeZone: 'America/New_York', habits: evening }, Date.UTC(2026, 2, 8, 4))).toBe(
      '2026-03-08T11:00:00.000Z answers',
    )
  })
})
