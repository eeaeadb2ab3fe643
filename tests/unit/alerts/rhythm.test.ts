import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { levelAfter, nextLevelAt, nextOwnDeviceCallAt, rhythmOf } from '../../../host/alerts/rhythm.ts'

const second = 1_000
const minute = 60 * second
const at = 1_000_000_000

describe('the rhythm of calls', () => {
  test.each([
    [0, 1],
    [29, 1],
    [30, 2],
    [119, 4],
    [120, 5],
    [179, 5],
    [180, 6],
    [480, 11],
  ])('of a crisis with repeats every minute is after %i seconds at level %i', (elapsed, level) => {
    expect(levelAfter(rhythmOf(true, { alertRepeatSeconds: 60 }), elapsed * second)).toBe(level)
  })

  test('gives the level at which the calls one after the other would have arrived', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.integer({ min: 10, max: 600 }),
        fc.integer({ min: 1, max: 60 }),
        (isCrisis, alertRepeatSeconds, calls) => {
          const rhythm = rhythmOf(isCrisis, { alertRepeatSeconds })
          let raised = { level: 1, at }
          for (let call = 1; call < calls; call += 1)
            raised = { level: raised.level + 1, at: nextLevelAt(rhythm, raised, raised.at) }
          expect(levelAfter(rhythm, raised.at - at)).toBe(raised.level)
          expect(levelAfter(rhythm, raised.at - at - 1)).toBe(Math.max(1, raised.level - 1))
        },
      ),
      { seed: 7, numRuns: 300 },
    )
  })

  test('starts anew at once where the last call lies in the future', () => {
    expect(nextLevelAt(rhythmOf(true, { alertRepeatSeconds: 60 }), { level: 3, at: at + 1 }, at)).toBe(at)
  })
})

describe("calls to the coach's own device", () => {
  const settings = { ownDeviceAfterSeconds: 60 }
  const call = (count: number, lastOutcome: 'sent' | 'failed' | 'unknown') => ({ count, lastAt: at, lastOutcome })

  test('begin after the time the coach set, and later for a request', () => {
    expect(nextOwnDeviceCallAt('repeated', at, null, settings, at)).toBe(at + minute)
    expect(nextOwnDeviceCallAt('once', at, null, settings, at)).toBe(at + 5 * minute)
    expect(nextOwnDeviceCallAt('never', at, null, settings, at)).toBeNull()
  })

  test('double their gaps up to a quarter of an hour', () => {
    const gaps = [1, 2, 3, 4, 5, 6, 40].map(
      (count) => ((nextOwnDeviceCallAt('repeated', 0, call(count, 'unknown'), settings, at) ?? 0) - at) / minute,
    )
    expect(gaps).toEqual([1, 2, 4, 8, 15, 15, 15])
  })

  test('are made up for within two minutes where one certainly did not arrive', () => {
    expect(nextOwnDeviceCallAt('repeated', 0, call(6, 'failed'), settings, at)).toBe(at + 2 * minute)
  })

  test('happen once for a request, unless the call certainly did not arrive', () => {
    expect(nextOwnDeviceCallAt('once', 0, call(1, 'sent'), settings, at)).toBeNull()
    expect(nextOwnDeviceCallAt('once', 0, call(1, 'unknown'), settings, at)).toBeNull()
    expect(nextOwnDeviceCallAt('once', 0, call(6, 'failed'), settings, at)).toBe(at + 15 * minute)
  })
})
