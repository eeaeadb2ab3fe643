import { createHash } from 'node:crypto'
import type { RuleKind, RuleScope } from '../../../shared/taxonomy/learning.ts'
import type { Situation } from '../../../shared/taxonomy/situations.ts'

/** Whom a rule holds for. */
export interface Reach {
  readonly scope: RuleScope
  readonly clientId: string | null
  readonly situation: Situation | null
}

export interface RuleKey extends Reach {
  readonly kind: RuleKind
  readonly detail: string
}

const hashed = (...parts: readonly (string | null)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)

/** What the coach decides about: without the client, so that a decision can follow a client who is merged. */
export const markKeyOf = ({ scope, situation, kind, detail }: RuleKey): string => hashed(scope, situation, kind, detail)

/** The same rule always has the same id: taken away and concluded anew, its uses are still its own. */
export const ruleIdOf = (key: RuleKey): string => hashed(markKeyOf(key), key.clientId)

export const forClient = (clientId: string): Reach => ({ scope: 'client', clientId, situation: null })
export const forSituation = (situation: Situation): Reach => ({ scope: 'situation', clientId: null, situation })
export const always: Reach = { scope: 'always', clientId: null, situation: null }
