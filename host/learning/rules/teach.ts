import { eq } from 'drizzle-orm'
import { learnedRules } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { Tx } from '../../../db/write.ts'
import { maxTaughtLength } from '../../../shared/limits.ts'
import { Problem } from '../../../shared/problem.ts'
import type { LearnedDecision, RuleScope, RuleState, TaughtKind } from '../../../shared/taxonomy/learning.ts'
import type { MessageRecord } from '../../conversations/index.ts'
import { always, forClient, forSituation, type Reach, ruleIdOf } from './keys.ts'
import { situationBefore, teachableMessage } from './moment.ts'
import {
  concludeRules,
  decisionOn,
  keepDecision,
  keyOf,
  peopleIn,
  type RuleRow,
  settled,
  verdictOf,
} from './ruleStore.ts'
import type { SafetyContext } from './safety.ts'

export interface Lesson {
  readonly conversationId: string
  readonly messageId: string
  readonly kind: TaughtKind
  readonly text: string
  readonly scope: RuleScope
}

interface Taught {
  readonly ruleId: string
  readonly state: RuleState
  readonly objections: string[]
  readonly isNew: boolean
  readonly before: LearnedDecision | null
}

export type Screen = NonNullable<SafetyContext['screen']>

const emptySentences: Readonly<Record<TaughtKind, string>> = {
  keep: 'Write which words are worth keeping.',
  never_say: 'Write what the clone is never to say.',
  say_like_this: 'Write how the clone is to say it.',
}

const textOf = ({ kind, text }: Lesson): string => {
  const plain = text.replace(/[\s\p{C}]+/gu, ' ').trim()
  if (plain === '') throw new Problem('INVALID_INPUT', emptySentences[kind])
  if (plain.length > maxTaughtLength)
    throw new Problem(
      'INVALID_INPUT',
      `This is too long to be learned as one thing. Take the sentence that matters, up to ${maxTaughtLength} characters.`,
    )
  return plain
}

const reachOf = (queries: Queries, scope: RuleScope, message: MessageRecord): Reach => {
  if (scope === 'client') return forClient(message.clientId)
  if (scope === 'always') return always
  const situation = situationBefore(queries, message)
  if (situation !== null) return forSituation(situation)
  throw new Problem(
    'INVALID_INPUT',
    'What this moment was about could not be told. Choose this client, or all your clients.',
  )
}

/**
 * The coach teaches on a message. What was taught before holds again where it was paused or undone. Throws NOT_FOUND and
 * sentences for what cannot be taught.
 */
export const teach = (tx: Tx, lesson: Lesson, screen: Screen, now: number): Taught => {
  const message = teachableMessage(tx.queries, lesson)
  const key = { ...reachOf(tx.queries, lesson.scope, message), kind: lesson.kind, detail: textOf(lesson) }
  const { situation: situationType, ...columns } = key
  const ruleId = ruleIdOf(key)
  const before = decisionOn(tx.queries, key)
  keepDecision(tx, key, null, now)
  const isNew = !rowWith(tx.queries, ruleId)
  if (isNew) {
    const placed = { ...columns, situationType, messageId: message.id, origin: 'taught' as const }
    const times = { createdAt: now, updatedAt: now }
    tx.queries
      .insert(learnedRules)
      .values({ id: ruleId, ...placed, ...settled(tx.queries, key, true, contextOf(tx, screen)), ...times })
      .run()
  } else settleTaught(tx, ruleId, screen)
  tx.changed('learning')
  const row = ruleRow(tx.queries, ruleId)
  return { ruleId, state: row.state, objections: [...verdictOf(row).objections], isNew, before }
}

const contextOf = (tx: Tx, screen: Screen) => ({ people: peopleIn(tx.queries), screen })

const rowWith = (queries: Queries, ruleId: string): RuleRow | undefined =>
  queries.select().from(learnedRules).where(eq(learnedRules.id, ruleId)).get()

/** Throws NOT_FOUND. */
export const ruleRow = (queries: Queries, ruleId: string): RuleRow => {
  const row = rowWith(queries, ruleId)
  if (!row) throw new Problem('NOT_FOUND', 'This rule is no longer there.')
  return row
}

const settleTaught = (tx: Tx, ruleId: string, screen: Screen): void => {
  const now = settled(tx.queries, keyOf(ruleRow(tx.queries, ruleId)), true, contextOf(tx, screen))
  tx.queries.update(learnedRules).set(now).where(eq(learnedRules.id, ruleId)).run()
}

/** As if it had never been taught. Throws NOT_FOUND, and INVALID_INPUT for what comes from edits. */
export const unteach = (tx: Tx, ruleId: string, now: number): void => {
  const row = ruleRow(tx.queries, ruleId)
  if (row.origin !== 'taught')
    throw new Problem('INVALID_INPUT', 'This rule comes from your edits. Undo it instead; it is then no longer used.')
  keepDecision(tx, keyOf(row), null, now)
  tx.queries.delete(learnedRules).where(eq(learnedRules.id, ruleId)).run()
  tx.changed('learning')
}

/** Pauses or undoes a rule; null lets it hold again, where its safety cases still pass. Throws NOT_FOUND. */
export const decide = (
  tx: Tx,
  { ruleId, decision }: { readonly ruleId: string; readonly decision: LearnedDecision | null },
  screen: Screen,
  now: number,
): { before: LearnedDecision | null } => {
  const row = ruleRow(tx.queries, ruleId)
  const before = decisionOn(tx.queries, keyOf(row))
  keepDecision(tx, keyOf(row), decision, now)
  if (row.origin === 'taught') settleTaught(tx, ruleId, screen)
  else concludeRules(tx)
  tx.changed('learning')
  return { before }
}
