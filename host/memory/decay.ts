import type { MemoryType } from '../../shared/taxonomy/memory.ts'

export interface Remembered {
  readonly type: MemoryType
  /** 0 to 1, when it was last reinforced. */
  readonly strength: number
  /** Milliseconds UTC. */
  readonly lastReinforcedAt: number
  /** How often it was said again or used in a reply. */
  readonly reinforcements: number
}

const dayMs = 86_400_000
/** Days after which half is left of a memory that nothing reinforced. */
export const halfLifeDays = {
  struggle: 45,
  victory: 60,
  context: 120,
  insight: 180,
  preference: 180,
  relationship: 365,
} as const satisfies Record<MemoryType, number>
const growth = 1.5
const mostGrowth = 6
/** Below this a memory is faded: kept, shown to the coach, not given to the clone. */
export const fadedBelow = 0.2
const goneBelow = 0.02

const halfLifeMs = ({ type, reinforcements }: Remembered): number =>
  halfLifeDays[type] * dayMs * growth ** Math.min(reinforcements, mostGrowth)

/**
 * How strong a memory is, 0 to 1: strength · 2^(−Δ/h), where the half-life h grows by half with each reinforcement. The
 * curve is that of half-life regression (Settles and Meeder, ACL 2016) after Ebbinghaus (1885); the half-lives are ours.
 * A clock that was set back weakens nothing.
 */
export const strengthAt = (memory: Remembered, now: number): number =>
  memory.strength * 2 ** (-Math.max(0, now - memory.lastReinforcedAt) / halfLifeMs(memory))

/** When nothing of it is left to speak of, milliseconds UTC. */
export const expiresAt = (memory: Remembered): number =>
  Math.round(memory.lastReinforcedAt + halfLifeMs(memory) * Math.max(0, Math.log2(memory.strength / goneBelow)))
