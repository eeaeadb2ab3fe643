import { and, desc, eq, or } from 'drizzle-orm'
import { draftFeedback, learnedRules, ruleEvidence } from '../../../db/schema/index.ts'
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

/** A length is no more exact than this, in words. */
const lengthStep = 5
const mostExamples = 20

/**
 * How long the coach left the drafts that a rule on length comes from: the middle one of the newest. Told as a share of
 * what the clone would write, it would ask for half of what is short already.
 */
const lengthOf = (queries: Queries, { id, kind }: { id: string; kind: RuleKind }): { words?: number } => {
  if (kind !== 'shorter' && kind !== 'longer') return {}
  const lengths = queries
    .select({ text: draftFeedback.sentVersion })
    .from(ruleEvidence)
    .innerJoin(draftFeedback, eq(draftFeedback.id, ruleEvidence.feedbackId))
    .where(eq(ruleEvidence.ruleId, id))
    .orderBy(desc(draftFeedback.createdAt))
    .limit(mostExamples)
    .all()
    .flatMap(({ text }) => (text === null ? [] : [text.split(/\s+/u).filter(Boolean).length]))
    .toSorted((a, b) => a - b)
  const middle = lengths[Math.floor(lengths.length / 2)]
  return middle === undefined ? {} : { words: Math.max(lengthStep, Math.round(middle / lengthStep) * lengthStep) }
}

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
    text: instructionOf({ kind, detail, ...lengthOf(queries, { id, kind }) }),
  }))
}
