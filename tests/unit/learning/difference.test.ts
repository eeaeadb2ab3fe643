import { expect, test } from 'vitest'
import { pooledDifference } from '../../../host/learning/outcomes/difference.ts'
import { seededRandom } from '../../soak/random.ts'

const group = (yes: number, of: number, yesWithout: number, ofWithout: number) => ({
  with: { yes, of },
  without: { yes: yesWithout, of: ofWithout },
})

test('a single group gives the difference of its shares', () => {
  expect(pooledDifference([group(8, 10, 5, 10)])?.value).toBeCloseTo(0.3, 10)
})

test('groups with one side only say nothing', () => {
  expect(pooledDifference([group(8, 10, 0, 0), group(0, 0, 3, 4)])).toBeNull()
  expect(pooledDifference([group(8, 10, 5, 10), group(0, 0, 90, 90)])?.value).toBeCloseTo(0.3, 10)
})

test('an item that only the easy clients get is not taken for a good one', () => {
  // Within each group there is no difference at all; lumped together it would look like 0.6.
  const found = pooledDifference([group(81, 90, 9, 10), group(1, 10, 9, 90)])
  expect(found?.value).toBeCloseTo(0, 10)
})

test('all of a few is not taken for certain', () => {
  const found = pooledDifference([group(3, 3, 0, 3)])
  expect(found).toMatchObject({ value: 1, high: 1 })
  expect(found?.low).toBeLessThan(0.7)
})

test('the interval holds the true difference about as often as it says', () => {
  const random = seededRandom(21)
  const draw = (of: number, p: number) => Array.from({ length: of }, () => random() < p).filter(Boolean).length
  const held = Array.from({ length: 400 }, () =>
    pooledDifference([0.3, 0.5, 0.7].map((p) => group(draw(30, p + 0.15), 30, draw(40, p), 40))),
  ).filter((one) => one !== null && one.low <= 0.15 && one.high >= 0.15).length
  expect(held / 400).toBeGreaterThan(0.92)
  expect(held / 400).toBeLessThan(0.99)
})
