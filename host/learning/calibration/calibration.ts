import type { InferContractRouterOutputs } from '@orpc/contract'
import type { Queries } from '../../../db/sqlite.ts'
import type { confidence } from '../../../shared/contract/confidence.ts'
import type { SettingsValues } from '../../../shared/contract/settings.ts'
import { handoffThresholds } from '../../handoff/index.ts'
import { type Curve, calibrated, curveFor, identity, leastDecided, type Moment } from './curve.ts'
import { binCount, binOf, type Decided, errorsOf, shareInterval } from './error.ts'
import { type DecidedReply, listDecided, readCells, readDecided } from './store.ts'

type Outputs = InferContractRouterOutputs<typeof confidence>
type Reliability = Outputs['record']
type Bin = Reliability['bins'][number]
type Behind = Outputs['behind']['rows'][number]

type Borders = Pick<SettingsValues, 'lowConfidenceBelow'>

const momentOf = ({ lowConfidenceBelow }: Borders, isHighStakes: boolean): Moment => ({
  isHighStakes,
  unsureBelow: lowConfidenceBelow,
  refusesBelow: handoffThresholds.refusesBelow,
})

interface Calibration {
  /** How many decided replies it rests on. */
  readonly size: number
  /** The confidence to show and to decide by, 0 to 1, for one that was reckoned without the coach's record. */
  apply(value: number, moment: { readonly isHighStakes: boolean }): number
}

/** What the coach did with earlier replies, as a correction of how sure the clone is; none below 20 decided replies. */
export const calibrate = (queries: Queries, borders: Borders): Calibration => {
  const cells = readCells(queries)
  const curve = curveFor(cells)
  return {
    size: cells.reduce((sum, { count }) => sum + count, 0),
    apply: (value, { isHighStakes }) => calibrated(curve, value, momentOf(borders, isHighStakes)),
  }
}

/** How far the clone's confidence and the coach's decisions agree, for the page. */
export const reliability = (queries: Queries, borders: Borders): Reliability => {
  const replies = readDecided(queries)
  const curve = curveFor(readCells(queries))
  const moment = momentOf(borders, false)
  const isInUse = curve !== identity
  return {
    decided: replies.length,
    needed: leastDecided,
    isInUse,
    bins: binsOf(replies, curve, moment),
    error: isInUse ? errorsOf(replies, moment) : null,
  }
}

const binsOf = (replies: readonly Decided[], curve: Curve, moment: Moment): Bin[] => {
  const groups = Map.groupBy(replies, ({ percent }) => binOf(percent))
  return Array.from({ length: binCount }, (_, bin) => {
    const inside = groups.get(bin) ?? []
    const accepted = inside.filter(({ isAccepted }) => isAccepted).length
    const mean = (of: (percent: number) => number): number | null =>
      inside.length === 0 ? null : inside.reduce((sum, { percent }) => sum + of(percent), 0) / inside.length
    return {
      from: bin / binCount,
      to: (bin + 1) / binCount,
      count: inside.length,
      accepted,
      said: mean((percent) => percent / 100),
      shown: mean((percent) => calibrated(curve, percent / 100, moment)),
      ...shareInterval(accepted, inside.length),
    }
  })
}

/** The replies behind one bin, newest first; `from` included, `to` not, but for 1. */
export const repliesBehind = (queries: Queries, from: number, limit: number): Behind[] => {
  const bin = binOf(Math.round(from * 100))
  const width = 100 / binCount
  const last = bin === binCount - 1 ? 100 : (bin + 1) * width - 1
  return listDecided(queries, bin * width, last, limit).map(
    ({ conversationId, clientName, text, messageSeq, percent, at, ...decision }) => ({
      conversationId,
      clientName,
      text,
      messageSeq,
      said: percent / 100,
      decision: decisionOf(decision),
      at,
    }),
  )
}

const decisionOf = ({
  outcome,
  editDistance,
  shouldHaveHandedOver,
}: Pick<DecidedReply, 'outcome' | 'editDistance' | 'shouldHaveHandedOver'>): string => {
  if (shouldHaveHandedOver === 1) return 'You marked it: should have been handed over'
  if (outcome === 'discarded') return 'You discarded it'
  if (outcome === null) return 'You asked for another'
  const changed = Math.round((editDistance ?? 0) * 100)
  return editDistance === null || editDistance === 0
    ? 'You sent it as it was'
    : `You sent it, ${Math.max(1, changed)} % changed`
}
