/** Replies that were equally sure, in whole hundredths, and how many of them the coach accepted. */
export interface Cell {
  readonly percent: number
  readonly count: number
  readonly accepted: number
}

/** Maps how sure a reply was to how often the coach accepted such replies: σ(shift + slope · logit). */
export interface Curve {
  readonly shift: number
  readonly slope: number
}

export const identity: Curve = { shift: 0, slope: 1 }

/** Fewer decided replies than this say nothing: the figure stays as it is. */
export const leastDecided = 20

const shiftSpread = 1
const slopeSpread = 0.5
/** A figure of 0 or 1 has no odds. */
const nearest = 0.01
const mostSteps = 50

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/** Log odds of a confidence, kept away from 0 and 1. */
export const logit = (value: number): number => {
  const inside = Math.min(1 - nearest, Math.max(nearest, value))
  return Math.log(inside / (1 - inside))
}

/** The curve to use: as the figures are while too few replies were decided about, else the one that fits them. */
export const curveFor = (cells: readonly Cell[]): Curve =>
  cells.reduce((sum, cell) => sum + cell.count, 0) < leastDecided ? identity : fitCurve(cells)

/**
 * Logistic recalibration of log odds (Cox 1958; Platt 1999), as the most probable curve under a prior that believes the
 * figures as they are: shift ~ N(0, 1²), slope ~ N(1, 0.5²), slope ≥ 0. Minimises
 *   −Σ [accepted · ln p + rejected · ln(1 − p)] + shift²/2·1² + (slope − 1)²/2·0.5²
 * by damped Newton steps; it is convex, so there is one minimum. Two parameters held by a prior cannot follow noise,
 * and a slope that is not negative keeps the order of replies.
 */
export const fitCurve = (cells: readonly Cell[]): Curve => {
  const points = cells.map(({ percent, count, accepted }) => ({ x: logit(percent / 100), count, accepted }))
  const free = descend(points, identity, true)
  return free.slope >= 0 ? free : descend(points, { ...free, slope: 0 }, false)
}

interface Point {
  readonly x: number
  readonly count: number
  readonly accepted: number
}

const descend = (points: readonly Point[], start: Curve, isSlopeFree: boolean): Curve => {
  let curve = start
  let loss = lossOf(points, curve)
  for (let step = 0; step < mostSteps; step += 1) {
    const move = newtonMove(points, curve, isSlopeFree)
    let size = 1
    let next = moved(curve, move, size)
    while (lossOf(points, next) > loss && size > 1e-6) {
      size /= 2
      next = moved(curve, move, size)
    }
    const nextLoss = lossOf(points, next)
    if (!(loss - nextLoss > 1e-10)) break
    curve = next
    loss = nextLoss
  }
  return curve
}

const moved = ({ shift, slope }: Curve, move: Curve, size: number): Curve => ({
  shift: shift - size * move.shift,
  slope: slope - size * move.slope,
})

const lossOf = (points: readonly Point[], { shift, slope }: Curve): number =>
  points.reduce(
    (sum, { x, count, accepted }) => {
      const odds = shift + slope * x
      // ln(1 + e^odds), without overflow.
      const soft = Math.max(odds, 0) + Math.log1p(Math.exp(-Math.abs(odds)))
      return sum + count * soft - accepted * odds
    },
    shift ** 2 / (2 * shiftSpread ** 2) + (slope - 1) ** 2 / (2 * slopeSpread ** 2),
  )

/** Gradient over Hessian. */
const newtonMove = (points: readonly Point[], { shift, slope }: Curve, isSlopeFree: boolean): Curve => {
  let [gradShift, gradSlope] = [shift / shiftSpread ** 2, (slope - 1) / slopeSpread ** 2]
  let [shiftShift, slopeSlope, shiftSlope] = [1 / shiftSpread ** 2, 1 / slopeSpread ** 2, 0]
  for (const { x, count, accepted } of points) {
    const p = sigmoid(shift + slope * x)
    const residual = count * p - accepted
    const weight = count * p * (1 - p)
    gradShift += residual
    gradSlope += residual * x
    shiftShift += weight
    slopeSlope += weight * x * x
    shiftSlope += weight * x
  }
  if (!isSlopeFree) return { shift: gradShift / shiftShift, slope: 0 }
  const determinant = shiftShift * slopeSlope - shiftSlope ** 2
  return {
    shift: (slopeSlope * gradShift - shiftSlope * gradSlope) / determinant,
    slope: (shiftShift * gradSlope - shiftSlope * gradShift) / determinant,
  }
}

/** How often the coach accepts replies that are so sure, by the curve alone; 0 to 1. */
export const onCurve = (curve: Curve, value: number): number =>
  curve === identity ? value : sigmoid(curve.shift + curve.slope * logit(value))

/** What a change of the figure must respect. */
export interface Moment {
  readonly isHighStakes: boolean
  /** Below this a reply counts as unsure (a setting). */
  readonly unsureBelow: number
  /** Below this the clone itself refuses to answer. */
  readonly refusesBelow: number
}

/** The record may make the clone surer of itself by no more than this. */
const mostRaised = 0.15
const justBelow = 0.01

/**
 * The figure shown and decided by. The record lowers it as far as it goes, but never into a refusal: only the clone's own
 * figure says that, and a draft that is never written could never mend the record. It raises it by at most 0.15, never
 * out of a refusal, and never over the border of being unsure where much is at stake. Never falls as `value` rises.
 */
export const calibrated = (curve: Curve, value: number, moment: Moment): number => {
  const { isHighStakes, unsureBelow, refusesBelow } = moment
  if (value < refusesBelow) return value
  const wanted = onCurve(curve, value)
  if (wanted <= value) return Math.min(value, Math.max(wanted, refusesBelow))
  const cap = isHighStakes && value < unsureBelow ? Math.max(value, unsureBelow - justBelow) : 1
  return Math.min(wanted, value + mostRaised, cap)
}
