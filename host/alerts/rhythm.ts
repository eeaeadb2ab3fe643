import type { SettingsValues } from '../../shared/contract/settings.ts'

/** How a call for the coach repeats: quickly up to a level, then steadily for as long as nobody acknowledges it. */
export interface Rhythm {
  readonly quickLevels: number
  readonly quickMs: number
  readonly steadyMs: number
}

const secondMs = 1_000
const minuteMs = 60 * secondMs
const crisisQuickMs = 30 * secondMs
const otherSteadyMs = 5 * minuteMs

/** A crisis repeats at least every 30 seconds at first; other calls slow down, or coaches switch the sound off for good. */
export const rhythmOf = (isCrisis: boolean, settings: Pick<SettingsValues, 'alertRepeatSeconds'>): Rhythm => {
  const repeatMs = settings.alertRepeatSeconds * secondMs
  return isCrisis
    ? { quickLevels: 5, quickMs: Math.min(repeatMs, crisisQuickMs), steadyMs: repeatMs }
    : { quickLevels: 10, quickMs: repeatMs, steadyMs: Math.max(repeatMs, otherSteadyMs) }
}

/** How loud a call should be by now, from 1. */
export const levelAfter = ({ quickLevels, quickMs, steadyMs }: Rhythm, elapsedMs: number): number => {
  const elapsed = Math.max(0, elapsedMs)
  const quickEnd = quickMs * (quickLevels - 1)
  return elapsed < quickEnd
    ? 1 + Math.floor(elapsed / quickMs)
    : quickLevels + Math.floor((elapsed - quickEnd) / steadyMs)
}

export interface Raised {
  readonly level: number
  readonly at: number
}

/** When the next level is due, milliseconds UTC. One from the future means that the clock was moved back: due at once. */
export const nextLevelAt = (rhythm: Rhythm, last: Raised | null, now: number): number =>
  last === null || last.at > now ? now : last.at + (last.level < rhythm.quickLevels ? rhythm.quickMs : rhythm.steadyMs)

/** Which calls reach for the coach's own device: again and again, once, or never. */
export type OwnDevicePlan = 'repeated' | 'once' | 'never'

export interface OwnDeviceCalls {
  readonly count: number
  readonly lastAt: number
  readonly lastOutcome: 'sent' | 'failed' | 'unknown'
}

const requestFactor = 5
const longestGapMs = 15 * minuteMs
const gapAfterFailureMs = 2 * minuteMs

/**
 * When the coach's own device is called next, milliseconds UTC; null where no further call is planned. The gaps double
 * from a minute to a quarter of an hour. A call that certainly did not arrive is made up for sooner; one that may have
 * arrived is not repeated, but the next planned call follows: to be called twice does no harm.
 */
export const nextOwnDeviceCallAt = (
  plan: OwnDevicePlan,
  createdAt: number,
  calls: OwnDeviceCalls | null,
  settings: Pick<SettingsValues, 'ownDeviceAfterSeconds'>,
  now: number,
): number | null => {
  if (plan === 'never') return null
  const factor = plan === 'once' ? requestFactor : 1
  if (calls === null) return Math.min(createdAt, now) + settings.ownDeviceAfterSeconds * secondMs * factor
  const hasFailed = calls.lastOutcome === 'failed'
  if (plan === 'once' && !hasFailed) return null
  const gapMs = Math.min(longestGapMs, minuteMs * 2 ** (calls.count - 1))
  const sooner = plan === 'repeated' && hasFailed ? Math.min(gapMs, gapAfterFailureMs) : gapMs
  return calls.lastAt > now ? now : calls.lastAt + sooner
}
