import type { host } from '../../transport/console.ts'

export type SurenessRecord = Awaited<ReturnType<typeof host.confidence.record>>
export type SurenessBin = SurenessRecord['bins'][number]
type Errors = NonNullable<SurenessRecord['error']>

export const percent = (share: number): string => `${Math.round(share * 100)} %`
const points = (share: number): string => `${Math.round(share * 100)}`

export const binName = ({ from, to }: SurenessBin): string => `${points(from)} to ${percent(to)}`

/** The bin that says most: the one with most drafts, the surer one where two have as many. */
const fullest = (bins: readonly SurenessBin[]): SurenessBin | undefined =>
  bins.toSorted((a, b) => b.count - a.count || b.from - a.from).find(({ count }) => count > 0)

/** What the record says where most of it lies. */
export const recordWords = ({ bins }: SurenessRecord): string => {
  const bin = fullest(bins)
  if (bin?.said === undefined || bin.said === null) return ''
  const share = percent(bin.accepted / bin.count)
  return `When the clone says that it is about ${percent(bin.said)} sure, you send its words as they are, or nearly so, ${share} of the time.`
}

/** What the record changes, or how much of it is missing before it does. */
export const usedWords = ({ bins, isInUse, decided, needed }: SurenessRecord): string => {
  if (!isInUse)
    return `From ${needed} drafts on, what the clone says of itself is corrected by this; ${needed - decided} more to go.`
  const bin = fullest(bins)
  if (bin === undefined || bin.said === null || bin.shown === null) return ''
  const [said, shown] = [percent(bin.said), percent(bin.shown)]
  return said === shown
    ? 'It bears the clone out, so the confidence you see stays as the clone says it.'
    : `So the confidence you see, and that handing over goes by, is about ${shown} where the clone says ${said}.`
}

/** How far off the figures are on average, without and with the record. */
export const errorWords = ({ before, after }: Errors): string =>
  `On average its own figure is ${points(before.value)} points of 100 away from what you do; corrected it is ${points(after.value)} away, likely between ${points(after.low)} and ${points(after.high)}. The corrected one is measured on drafts that the correction had not seen.`
