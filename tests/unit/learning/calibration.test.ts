import { describe, expect, test } from 'vitest'
import {
  type Cell,
  calibrated,
  curveFor,
  fitCurve,
  identity,
  onCurve,
} from '../../../host/learning/calibration/curve.ts'
import { calibrationError, type Decided, errorsOf, shareInterval } from '../../../host/learning/calibration/error.ts'
import { seededRandom } from '../../soak/random.ts'

const moment = { isHighStakes: false, unsureBelow: 0.6, refusesBelow: 0.15 }
const grid = Array.from({ length: 1_001 }, (_, index) => index / 1_000)
const cell = (percent: number, count: number, accepted: number): Cell => ({ percent, count, accepted })

/** A hundred curves that records of any kind lead to, hostile ones among them. */
const anyRecords = (): Cell[][] => {
  const random = seededRandom(11)
  return Array.from({ length: 100 }, () => {
    const cells = Math.ceil(random() * 12)
    return Array.from({ length: cells }, () => {
      const count = Math.ceil(random() * 200)
      const share = random() < 0.2 ? 0 : random() < 0.2 ? 1 : random()
      return cell(Math.floor(random() * 101), count, Math.round(count * share))
    })
  })
}

describe('the correction by the coach’s record', () => {
  test('is none while fewer than 20 replies were decided about', () => {
    expect(curveFor([cell(80, 19, 0)])).toBe(identity)
    expect(grid.map((value) => calibrated(identity, value, moment))).toEqual(grid)
    expect(curveFor([cell(80, 20, 0)])).not.toBe(identity)
  })

  test('never turns the order of two replies round, whatever the record', () => {
    for (const cells of anyRecords()) {
      const curve = fitCurve(cells)
      for (const isHighStakes of [false, true]) {
        const values = grid.map((value) => calibrated(curve, value, { ...moment, isHighStakes }))
        expect(values.every((value, index) => index === 0 || value >= (values[index - 1] ?? 0) - 1e-12)).toBe(true)
        expect(values.every((value) => value >= 0 && value <= 1)).toBe(true)
      }
    }
  })

  test('brings a clone that is too sure of itself down to what the coach does', () => {
    const curve = fitCurve([cell(80, 300, 192)])
    expect(onCurve(curve, 0.8)).toBeCloseTo(0.64, 1)
  })

  test('finds the odds again that a record was drawn from', () => {
    const random = seededRandom(3)
    const truth = { shift: -0.5, slope: 0.7 }
    const cells = [20, 35, 50, 65, 80, 95].map((percent) => {
      const accepted = Array.from({ length: 2_000 }, () => random() < onCurve(truth, percent / 100)).filter(Boolean)
      return cell(percent, 2_000, accepted.length)
    })
    const curve = fitCurve(cells)
    expect(curve.shift).toBeCloseTo(truth.shift, 1)
    expect(curve.slope).toBeCloseTo(truth.slope, 1)
  })

  test('raises a reply by 0.15 at most, and never one that the clone itself would not give', () => {
    for (const cells of [...anyRecords(), [cell(50, 1_000, 1_000)], [cell(5, 1_000, 1_000)]]) {
      const curve = fitCurve(cells)
      for (const value of grid) {
        expect(calibrated(curve, value, moment)).toBeLessThanOrEqual(value + 0.15)
        if (value < moment.refusesBelow) expect(calibrated(curve, value, moment)).toBeLessThanOrEqual(value)
      }
    }
  })

  test('never makes an unsure reply a sure one where much is at stake, wherever the coach set the border', () => {
    for (const unsureBelow of [0.3, 0.6, 0.9]) {
      for (const cells of [...anyRecords(), [cell(55, 1_000, 1_000)]]) {
        const curve = fitCurve(cells)
        const unsure = grid.filter((value) => value < unsureBelow)
        for (const value of unsure)
          expect(calibrated(curve, value, { ...moment, unsureBelow, isHighStakes: true })).toBeLessThan(unsureBelow)
      }
    }
  })

  test('lowers a reply as far as the record goes, but never into a refusal of the clone', () => {
    const curve = fitCurve([cell(80, 1_000, 0)])
    expect(calibrated(curve, 0.8, moment)).toBeLessThan(0.2)
    for (const value of grid.filter((one) => one >= moment.refusesBelow))
      expect(calibrated(curve, value, moment)).toBeGreaterThanOrEqual(moment.refusesBelow)
  })

  test.each([
    ['all accepted', [cell(60, 100, 100), cell(90, 100, 100)]],
    ['all discarded', [cell(60, 100, 0), cell(90, 100, 0)]],
    ['always the same figure', [cell(75, 500, 250)]],
    ['the surer, the worse', [cell(20, 200, 190), cell(90, 200, 10)]],
    ['certain of everything', [cell(100, 500, 20)]],
    ['sure of nothing', [cell(0, 500, 480)]],
  ])('stays a figure between 0 and 1 for a record that is %s', (_name, cells) => {
    const curve = fitCurve(cells)
    expect(Number.isFinite(curve.shift) && Number.isFinite(curve.slope)).toBe(true)
    expect(curve.slope).toBeGreaterThanOrEqual(0)
    for (const value of grid) expect(calibrated(curve, value, moment)).toBeLessThanOrEqual(1)
  })

  test('is held back by the prior on a record of twenty', () => {
    expect(onCurve(fitCurve([cell(50, 20, 20)]), 0.5)).toBeLessThan(0.95)
    expect(onCurve(fitCurve([cell(50, 1_000, 1_000)]), 0.5)).toBeGreaterThan(0.97)
  })
})

const drawn = (count: number, seed: number, isAccepted: (said: number) => number): Decided[] => {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => {
    const percent = 50 + Math.floor(random() * 50)
    return { percent, isAccepted: random() < isAccepted(percent / 100) }
  })
}

describe('the calibration error', () => {
  test('is the mean distance between what was said and what was done', () => {
    const said = (value: number, yes: number, of: number) =>
      Array.from({ length: of }, (_, index) => ({ said: value, isAccepted: index < yes }))
    expect(calibrationError([...said(0.85, 5, 10), ...said(0.25, 5, 10)])).toBeCloseTo(0.3, 10)
    expect(calibrationError([])).toBe(0)
  })

  test('falls on replies the correction has not seen, where the clone is too sure', () => {
    const { before, after } = errorsOf(
      drawn(600, 5, (said) => said - 0.25),
      moment,
    )
    expect(before.value).toBeGreaterThan(0.2)
    expect(after.high).toBeLessThan(before.low)
  })

  test('falls on the smallest record in use too: leaving a fifth out does not put the correction out of use', () => {
    const record = Array.from({ length: 20 }, (_, index) => ({ percent: 80, isAccepted: index === 0 }))
    const { before, after } = errorsOf(record, moment)
    expect(before.value).toBeCloseTo(0.75, 10)
    expect(after.value).toBeLessThan(0.4)
  })

  test('hardly changes where the clone was right', () => {
    const { before, after } = errorsOf(
      drawn(600, 6, (said) => said),
      moment,
    )
    expect(Math.abs(after.value - before.value)).toBeLessThan(0.03)
  })

  test('lies inside its interval, which is the same each time and narrows with more replies', () => {
    const few = drawn(60, 7, (said) => said - 0.2)
    const many = drawn(900, 7, (said) => said - 0.2)
    expect(errorsOf(few, moment)).toEqual(errorsOf(few, moment))
    const width = ({ low, high }: { low: number; high: number }) => high - low
    const [narrow, wide] = [errorsOf(many, moment).before, errorsOf(few, moment).before]
    expect(narrow.low).toBeLessThanOrEqual(narrow.value)
    expect(width(narrow)).toBeLessThan(width(wide))
  })
})

test('the interval of a share says how little a few replies tell', () => {
  expect(shareInterval(0, 0)).toEqual({ low: 0, high: 1 })
  const { low, high } = shareInterval(8, 10)
  expect([low.toFixed(2), high.toFixed(2)]).toEqual(['0.49', '0.94'])
})
