import type { SettingsValues } from '../../shared/contract/settings.ts'
import type { HandoffTrigger } from '../../shared/taxonomy/conversation.ts'
import type { Signals } from '../signals/index.ts'

/** Points and borders of the handoff decision, in whole points out of ten (see docs and design, section 7). */
export const handoffThresholds = {
  crisisPoints: 5,
  lowConfidencePoints: 3,
  lowConfidenceBelow: 0.6,
  /** The model was told to say 0 where a person may be in danger; so little confidence is a refusal to answer. */
  refusesBelow: 0.15,
  despairPoints: 2,
  despairBelow: -0.7,
  highStakesPoints: 3,
  requestPoints: 4,
  handOffAt: 7,
} as const

/** The thresholds as the coach set them. A safety crisis and a plain request are not among what can be set. */
export const thresholdsFrom = (
  settings: Pick<SettingsValues, 'handOffAt' | 'lowConfidenceBelow' | 'despairBelow'>,
): HandoffThresholds => ({
  ...handoffThresholds,
  handOffAt: settings.handOffAt,
  lowConfidenceBelow: settings.lowConfidenceBelow,
  despairBelow: settings.despairBelow,
})

export type HandoffThresholds = { readonly [Name in keyof typeof handoffThresholds]: number }

export interface HandoffInput {
  readonly signals: Pick<Signals, 'crisis' | 'sentiment' | 'highStakes' | 'requestsHuman'>
  /** Null before there is an answer. */
  readonly confidence: number | null
  readonly generation: 'ok' | 'failed' | 'unsafe' | 'none'
  readonly isGoingInCircles?: boolean
}

export interface HandoffDecision {
  readonly handOff: boolean
  /** Only the coach may answer from now on. */
  readonly lock: boolean
  readonly score: number
  readonly parts: { name: string; value?: string; points: number }[]
  readonly trigger: HandoffTrigger | null
  /** A sentence for the coach. */
  readonly reason: string
}

/** Decides whether a person is needed: by score, or by a hard trigger whatever the score. Pure. */
export const decideHandoff = (input: HandoffInput, limits: HandoffThresholds = handoffThresholds): HandoffDecision => {
  const { signals, confidence } = input
  const isCrisis = signals.crisis.severity !== 'none' && signals.crisis.severity !== 'mention'
  const isUnsure = confidence !== null && confidence < limits.lowConfidenceBelow
  const parts = [
    ...(isCrisis ? [{ name: 'Safety crisis', value: signals.crisis.severity, points: limits.crisisPoints }] : []),
    ...(isUnsure ? [{ name: 'Confidence', value: confidence.toFixed(2), points: limits.lowConfidencePoints }] : []),
    ...(signals.sentiment < limits.despairBelow
      ? [{ name: 'Sentiment', value: signals.sentiment.toFixed(2), points: limits.despairPoints }]
      : []),
    ...(signals.highStakes ? [{ name: 'High stakes', points: limits.highStakesPoints }] : []),
    ...(signals.requestsHuman ? [{ name: 'Asked for a person', points: limits.requestPoints }] : []),
  ]
  const score = Math.min(
    10,
    parts.reduce((sum, part) => sum + part.points, 0),
  )
  const found = firstTrigger(input, limits, { isCrisis, isUnsure, isOverScore: score >= limits.handOffAt })
  return {
    handOff: found !== null,
    lock: isCrisis,
    score,
    parts,
    trigger: found?.trigger ?? null,
    reason: found?.reason ?? '',
  }
}

const firstTrigger = (
  { signals, generation, confidence, isGoingInCircles = false }: HandoffInput,
  limits: HandoffThresholds,
  { isCrisis, isUnsure, isOverScore }: { isCrisis: boolean; isUnsure: boolean; isOverScore: boolean },
): { trigger: HandoffTrigger; reason: string } | null => {
  const rules: [boolean, HandoffTrigger, string][] = [
    [isCrisis, 'safety_crisis', 'Their words point to danger for themselves or someone else.'],
    [signals.requestsHuman, 'client_request', 'They asked to talk to a person.'],
    [
      signals.highStakes && isUnsure,
      'high_stakes_decision',
      'They are about to make a big decision, and the clone was not sure enough to answer.',
    ],
    [generation === 'unsafe', 'unsafe_generation', 'An answer of the clone was held back.'],
    [generation === 'failed', 'generation_failed', 'The clone could not write an answer.'],
    [
      confidence !== null && confidence < limits.refusesBelow,
      'low_confidence',
      'The clone itself says that it should not answer this.',
    ],
    [isGoingInCircles, 'circles', 'The conversation is going in circles.'],
    [isOverScore, 'score', 'Several signs together say that this needs you.'],
  ]
  const [, trigger, reason] = rules.find(([applies]) => applies) ?? [false, null, '']
  return trigger ? { trigger, reason } : null
}
