import { and, eq, or } from 'drizzle-orm'
import { learnedRules } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { RuleKind, RuleScope } from '../../../shared/taxonomy/learning.ts'
import type { Situation } from '../../../shared/taxonomy/situations.ts'
import { instructionOf } from './instruction.ts'
import { collide } from './opposites.ts'

export interface RuleForReply {
  readonly id: string
  readonly scope: RuleScope
  readonly kind: RuleKind
  readonly detail: string
  /** One plain instruction. */
  readonly text: string
}

/** More than a handful nobody follows, a model neither. */
const mostRules = 6

const nearness: Readonly<Record<RuleScope, number>> = { client: 0, situation: 1, always: 2 }

/**
 * The live rules for a reply, narrowest first, and of those the taught before the concluded, the last changed first. Of two
 * that cannot both be followed the earlier in this order holds. Reads of one client what is theirs and what is everybody's.
 */
export const rulesFor = (
  queries: Queries,
  { clientId, situation }: { readonly clientId: string; readonly situation: Situation },
): RuleForReply[] => {
  const rows = queries
    .select()
    .from(learnedRules)
    .where(
      and(
        eq(learnedRules.state, 'live'),
        or(
          eq(learnedRules.scope, 'always'),
          and(eq(learnedRules.scope, 'client'), eq(learnedRules.clientId, clientId)),
          and(eq(learnedRules.scope, 'situation'), eq(learnedRules.situationType, situation)),
        ),
      ),
    )
    .all()
    .toSorted(
      (a, b) =>
        nearness[a.scope] - nearness[b.scope] ||
        Number(a.origin === 'drafts') - Number(b.origin === 'drafts') ||
        b.updatedAt - a.updatedAt ||
        (a.id < b.id ? -1 : 1),
    )
  const chosen: typeof rows = []
  for (const row of rows) {
    if (chosen.length === mostRules) break
    if (!chosen.some((other) => collide(row, other))) chosen.push(row)
  }
  return chosen.map(({ id, scope, kind, detail }) => ({
    id,
    scope,
    kind,
    detail,
    text: instructionOf({ kind, detail }),
  }))
}
