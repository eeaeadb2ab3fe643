import { type Curve, calibrated, fitCurve, type Moment } from './curve.ts'

/** One reply the coach decided about, in whole hundredths of confidence. */
export interface Decided {
  readonly percent: number
  readonly isAccepted: boolean
}

/** Calibration error with its 95 % interval, 0 to 1. */
export interface CalibrationError {
  readonly value: number
  readonly low: number
  readonly high: number
}

export const binCount = 10
const folds = 5
const resamples = 200
const seed = 20_240_601

export const binOf = (percent: number): number => Math.min(binCount - 1, Math.floor(percent / (100 / binCount)))

interface Judged {
  readonly said: number
  readonly isAccepted: boolean
}

/**
 * Expected calibration error: Σ over ten equal bins of (replies in the bin / all) · |share accepted − mean said|
 * (Naeini, Cooper & Hauskrecht 2015). On few replies it is biased upwards.
 */
export const calibrationError = (replies: readonly Judged[]): number => {
  const said = new Float64Array(binCount)
  const accepted = new Float64Array(binCount)
  for (const reply of replies) {
    const bin = binOf(reply.said * 100)
    said[bin] = (said[bin] ?? 0) + reply.said
    accepted[bin] = (accepted[bin] ?? 0) + Number(reply.isAccepted)
  }
  const gaps = said.map((sum, bin) => Math.abs(sum - (accepted[bin] ?? 0)))
  return replies.length === 0 ? 0 : gaps.reduce((sum, gap) => sum + gap, 0) / replies.length
}

/** The error with a percentile bootstrap over replies (Efron 1979); the same replies always give the same interval. */
const withInterval = (replies: readonly Judged[]): CalibrationError => {
  const random = seededRandom(seed)
  const errors = Array.from({ length: resamples }, () =>
    calibrationError(
      Array.from(replies, () => replies[Math.floor(random() * replies.length)]).filter((one) => one !== undefined),
    ),
  ).toSorted((a, b) => a - b)
  const at = (share: number): number => errors[Math.floor(share * (resamples - 1))] ?? 0
  return { value: calibrationError(replies), low: at(0.025), high: at(0.975) }
}

/**
 * The error of the figures as they were, and as the record makes them. The latter is measured on replies that the curve
 * had not seen: each fifth of them by the curve of the other four.
 */
export const errorsOf = (
  replies: readonly Decided[],
  moment: Moment,
): { before: CalibrationError; after: CalibrationError } => {
  const curves = Array.from({ length: folds }, (_, fold) =>
    fitCurve(cellsOf(replies.filter((_reply, index) => index % folds !== fold))),
  )
  const judged = (said: (percent: number, index: number) => number): Judged[] =>
    replies.map(({ percent, isAccepted }, index) => ({ said: said(percent, index), isAccepted }))
  return {
    before: withInterval(judged((percent) => percent / 100)),
    after: withInterval(judged((percent, index) => unseen(curves[index % folds], percent / 100, moment))),
  }
}

const unseen = (curve: Curve | undefined, value: number, moment: Moment): number =>
  curve ? calibrated(curve, value, moment) : value

/** Replies counted by how sure they were. */
export const cellsOf = (replies: readonly Decided[]) =>
  [...Map.groupBy(replies, ({ percent }) => percent)].map(([percent, group]) => ({
    percent,
    count: group.length,
    accepted: group.filter(({ isAccepted }) => isAccepted).length,
  }))

/** Mulberry32. */
const seededRandom = (start: number): (() => number) => {
  let state = start >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** 95 % interval of a share (Wilson 1927). */
export const shareInterval = (yes: number, of: number): { low: number; high: number } => {
  if (of === 0) return { low: 0, high: 1 }
  const z = 1.959964
  const p = yes / of
  const middle = p + z ** 2 / (2 * of)
  const half = z * Math.sqrt((p * (1 - p)) / of + z ** 2 / (4 * of ** 2))
  const scale = 1 + z ** 2 / of
  return { low: Math.max(0, (middle - half) / scale), high: Math.min(1, (middle + half) / scale) }
}
