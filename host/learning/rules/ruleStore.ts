import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { clients, learnedMarks, learnedRules, ruleEvidence } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { Tx } from '../../../db/write.ts'
import type { LearnedDecision, RuleState } from '../../../shared/taxonomy/learning.ts'
import { nameFinder } from '../../privacy/index.ts'
import { type DerivedRule, deriveRules } from './derive.ts'
import { judgedDrafts } from './evidence.ts'
import { instructionOf } from './instruction.ts'
import { markKeyOf, type RuleKey, ruleIdOf } from './keys.ts'
import { checkRule, type KnownPerson, type SafetyContext, type Verdict } from './safety.ts'

export type RuleRow = typeof learnedRules.$inferSelect

const verdict = z.object({ cases: z.number(), objections: z.array(z.string()) })

export const verdictOf = (row: Pick<RuleRow, 'safety'>): Verdict => verdict.parse(JSON.parse(row.safety))

export const keyOf = ({ scope, clientId, situationType, kind, detail }: RuleRow): RuleKey => ({
  scope,
  clientId,
  situation: situationType,
  kind,
  detail,
})

const isMarkOf = (key: RuleKey) =>
  and(
    eq(learnedMarks.kind, 'rule'),
    eq(learnedMarks.itemKey, markKeyOf(key)),
    key.clientId === null ? isNull(learnedMarks.clientId) : eq(learnedMarks.clientId, key.clientId),
  )

const readMark = (queries: Queries, key: RuleKey) => queries.select().from(learnedMarks).where(isMarkOf(key)).get()

/** What the coach decided about a rule; null for nothing. */
export const decisionOn = (queries: Queries, key: RuleKey): LearnedDecision | null =>
  readMark(queries, key)?.mark ?? null

/** What the coach decided about any rule, read at once. */
const decisionsIn = (queries: Queries): ((key: RuleKey) => LearnedDecision | null) => {
  const nameOf = (itemKey: string, clientId: string | null): string => `${itemKey} ${clientId ?? ''}`
  const marks = queries.select().from(learnedMarks).where(eq(learnedMarks.kind, 'rule')).all()
  const decided = new Map(marks.map(({ itemKey, clientId, mark }) => [nameOf(itemKey, clientId), mark]))
  return (key) => (decided.size === 0 ? null : (decided.get(nameOf(markKeyOf(key), key.clientId)) ?? null))
}

/** Keeps or takes away a decision. The rule itself is to be settled afterwards. */
export const keepDecision = (tx: Tx, key: RuleKey, decision: LearnedDecision | null, now: number): void => {
  tx.queries.delete(learnedMarks).where(isMarkOf(key)).run()
  if (decision === null) return
  const mark = { kind: 'rule' as const, itemKey: markKeyOf(key), clientId: key.clientId, mark: decision }
  tx.queries
    .insert(learnedMarks)
    .values({ ...mark, createdAt: now })
    .run()
}

/** The clients, read when the first rule asks for them. */
export const peopleIn = (queries: Queries): (() => readonly KnownPerson[]) => {
  let people: readonly KnownPerson[] | undefined
  return () => {
    people ??= queries
      .select({ id: clients.id, name: clients.name, formerNames: clients.formerNames })
      .from(clients)
      .all()
      .map(({ id, ...named }) => ({ clientId: id, isNamedIn: nameFinder(named) }))
    return people
  }
}

/** What a rule is, all decisions and safety cases considered. */
export const settled = (
  queries: Queries,
  key: RuleKey,
  isSure: boolean,
  context: Omit<SafetyContext, 'instruction'>,
  decision = decisionOn(queries, key),
): { state: RuleState; safety: string } => {
  const safety = checkRule(key, { ...context, instruction: instructionOf(key) })
  const state = decision ?? (isSure && safety.objections.length === 0 ? 'live' : 'proposed')
  return { state, safety: JSON.stringify(safety) }
}

interface Known {
  readonly people: () => readonly KnownPerson[]
  readonly decisionAbout: (key: RuleKey) => LearnedDecision | null
}

const rowOf = (queries: Queries, rule: DerivedRule, { people, decisionAbout }: Known): Omit<RuleRow, 'seq'> => {
  const { scope, clientId, situation, kind, detail } = rule
  const key = { scope, clientId, situation, kind, detail }
  const times = rule.seen.map(({ at }) => at)
  return {
    id: ruleIdOf(key),
    scope,
    clientId,
    situationType: situation,
    kind,
    detail,
    origin: 'drafts',
    messageId: null,
    ...settled(queries, key, rule.isSure, { people }, decisionAbout(key)),
    timesSeen: rule.seen.length,
    timesAgainst: rule.timesAgainst,
    // Told by the evidence, so that the same evidence gives the same row.
    createdAt: Math.min(...times),
    updatedAt: Math.max(...times),
  }
}

/**
 * Concludes the rules anew from all drafts that were judged and all that the coach decided, in the caller's transaction.
 * Nothing of the former rules goes into it, so whatever is taken back leaves the rules as they were before it.
 */
export const concludeRules = (tx: Tx): void => {
  const { queries } = tx
  const about = { people: peopleIn(queries), decisionAbout: decisionsIn(queries) }
  const evidence = evidenceIn(queries)
  const known = new Map(
    queries
      .select()
      .from(learnedRules)
      .where(eq(learnedRules.origin, 'drafts'))
      .all()
      .map(({ seq: _, ...row }) => [row.id, row]),
  )
  let hasChanged = false
  for (const rule of deriveRules(judgedDrafts(queries))) {
    const row = rowOf(queries, rule, about)
    const before = known.get(row.id)
    known.delete(row.id)
    const isSame = before !== undefined && JSON.stringify(before) === JSON.stringify(inOrder(before, row))
    if (!isSame) {
      queries.insert(learnedRules).values(row).onConflictDoUpdate({ target: learnedRules.id, set: row }).run()
      hasChanged = true
    }
    hasChanged = keepEvidence(tx, row.id, rule, evidence.get(row.id) ?? none) || hasChanged
  }
  for (const id of known.keys()) queries.delete(learnedRules).where(eq(learnedRules.id, id)).run()
  if (hasChanged || known.size > 0) tx.changed('learning')
}

/** The same columns in the order of the other row, so that both can be compared as they are. */
const inOrder = (like: Omit<RuleRow, 'seq'>, row: Omit<RuleRow, 'seq'>): Record<string, unknown> =>
  Object.fromEntries(
    Object.keys(like).map((column) => [column, Object.entries(row).find(([name]) => name === column)?.[1]]),
  )

const none: ReadonlySet<string> = new Set()

/** The drafts behind each rule, as they were kept. */
const evidenceIn = (queries: Queries): ReadonlyMap<string, ReadonlySet<string>> => {
  const kept = new Map<string, Set<string>>()
  for (const { ruleId, feedbackId } of queries.select().from(ruleEvidence).all()) {
    const ids = kept.get(ruleId) ?? new Set()
    kept.set(ruleId, ids.add(feedbackId))
  }
  return kept
}

const keepEvidence = (tx: Tx, ruleId: string, { seen }: DerivedRule, known: ReadonlySet<string>): boolean => {
  const wanted = new Set(seen.map(({ id }) => id))
  const ofRule = eq(ruleEvidence.ruleId, ruleId)
  const gone = [...known].filter((id) => !wanted.has(id))
  const come = [...wanted].filter((id) => !known.has(id))
  for (const id of gone)
    tx.queries
      .delete(ruleEvidence)
      .where(and(ofRule, eq(ruleEvidence.feedbackId, id)))
      .run()
  for (const feedbackId of come) tx.queries.insert(ruleEvidence).values({ ruleId, feedbackId }).run()
  return gone.length + come.length > 0
}
