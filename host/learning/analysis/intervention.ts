import type { Reaction } from '../../../shared/taxonomy/learning.ts'
import { hear, type Turn } from './heard.ts'
import { type ReactionView, viewReaction } from './reaction.ts'
import { countQuestions, describeApproach } from './structure.ts'
import { type TurnOptions, type TurnView, viewTurn } from './turn.ts'

export interface InterventionView extends TurnView {
  /** Null where the client has not said anything since. */
  readonly reaction: ReactionView | null
  /** There is an approach to repeat in a similar moment. */
  readonly isApplicable: boolean
  /** The approach does not hang on this client's facts. */
  readonly isTransferable: boolean
  /** 0 to 1: how sure it is what was done and how it was taken. */
  readonly confidence: number
  /** 0 to 1: how much it is worth for the clone to do the same. */
  readonly replicationValue: number
  /** Plain words such as "Pause, grounding, then one question". */
  readonly approach: string
}

export interface InterventionParts extends TurnOptions {
  readonly before: readonly Turn[]
  readonly coach: readonly Turn[]
  readonly after: readonly Turn[]
}

const worth: Readonly<Record<Reaction, number>> = { transformative: 1, positive: 0.8, neutral: 0.4, negative: 0.05 }
const unknownWorth = 0.3

/** Reads the coach's messages of one takeover together, with what was said before and after, each oldest first. */
export const viewIntervention = ({ before, coach, after, ...options }: InterventionParts): InterventionView => {
  const text = coach.map((turn) => turn.text).join('\n')
  const turn = viewTurn(text, before, options)
  const reaction = viewReaction(before, coach, after)
  const isEmpty = turn.structure.length === 0
  const lead = (turn.techniques[0]?.score ?? 0) - (turn.techniques[1]?.score ?? 0)
  const isApplicable = !isEmpty && turn.technique !== 'other' && reaction?.reaction !== 'negative'
  const value = (reaction ? worth[reaction.reaction] : unknownWorth) * (isApplicable ? 1 : 0.3)
  return {
    ...turn,
    reaction,
    isApplicable,
    isTransferable: isApplicable && !leansOnFacts(turn),
    confidence: rounded(isEmpty ? 0.1 : 0.3 + 0.3 * lead + confidenceOf(reaction)),
    replicationValue: rounded(value),
    approach: describeApproach(turn.structure, countQuestions(hear(text, before))),
  }
}

const confidenceOf = (reaction: ReactionView | null): number => {
  if (!reaction) return 0
  const isClear = reaction.reaction !== 'neutral'
  return (isClear ? 0.3 : 0.1) + (reaction.engagement === 'low' ? 0 : 0.1)
}

/** Information and plain advice are about one matter; how a coach pauses, asks or reflects is not. */
const leansOnFacts = ({ structure }: TurnView): boolean =>
  structure.every((move) => move === 'inform' || move === 'advise' || move === 'close')

const rounded = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 100) / 100
