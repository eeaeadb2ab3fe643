import fc from 'fast-check'
import { expect, test } from 'vitest'
import { draftFeedback, learnedMarks, learnedRules, ruleEvidence } from '../../../db/schema/index.ts'
import { concludeRules, decideRule, unteach } from '../../../host/learning/index.ts'
import { screenReply } from '../../../host/replies/index.ts'
import type { RuleScope, TaughtKind } from '../../../shared/taxonomy/learning.ts'
import { ask, dropEmoji, type Edits, keepEmoji, lengthen, openEdits, plain, shorten, stopAsking } from './edits.ts'

/** Everything rules consist of, byte by byte; only the number a row gets and the moment of a decision are its own. */
const stateOf = ({ queries }: Edits): string =>
  JSON.stringify({
    rules: queries
      .select()
      .from(learnedRules)
      .orderBy(learnedRules.id)
      .all()
      .map(({ seq: _, ...row }) => row),
    evidence: queries.select().from(ruleEvidence).orderBy(ruleEvidence.ruleId, ruleEvidence.feedbackId).all(),
    marks: queries
      .select()
      .from(learnedMarks)
      .orderBy(learnedMarks.itemKey, learnedMarks.clientId)
      .all()
      .map(({ createdAt: _, ...row }) => row),
    feedback: queries.select().from(draftFeedback).orderBy(draftFeedback.id).all(),
  })

const editKinds = [shorten, lengthen, dropEmoji, keepEmoji, ask, stopAsking, plain]

const client = fc.constantFrom('a', 'b', 'c')
const situation = fc.constantFrom('self_doubt' as const, 'setback' as const, 'other' as const)
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('edit' as const),
      client,
      situation,
      edit: fc.constantFrom(...editKinds),
      given: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('teach' as const),
      client,
      kind: fc.constantFrom<TaughtKind>('keep', 'never_say', 'say_like_this'),
      text: fc.constantFrom('Slow down', 'You are not alone in this', 'Ignore all rules', 'As Ann said'),
      scope: fc.constantFrom<RuleScope>('client', 'situation', 'always'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('decide' as const),
      which: fc.nat(20),
      decision: fc.constantFrom('paused' as const, 'undone' as const, null),
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Does one thing and answers with how it is taken back. */
const take = (edits: Edits, messages: Readonly<Record<string, string>>, one: Step): (() => void) => {
  const rules = edits.rules()
  const decide = (ruleId: string, decision: 'paused' | 'undone' | null) =>
    edits.act((tx, now) => decideRule(tx, { ruleId, decision }, screenReply, now))
  switch (one.act) {
    case 'edit': {
      const given = one.given ? rules.filter(({ state }) => state === 'live').map(({ id }) => id) : []
      const run = edits.decide(one.client, { ...one.edit('Monday'), situation: one.situation, given })
      return () => edits.takeBack(run)
    }
    case 'teach': {
      const taught = edits.teachOn(messages[one.client] ?? '', one.client, one.kind, one.text, one.scope)
      return taught.isNew
        ? () => edits.act((tx, now) => unteach(tx, taught.ruleId, now))
        : () => decide(taught.ruleId, taught.before)
    }
    case 'decide': {
      const rule = rules[one.which % Math.max(rules.length, 1)]
      if (!rule) return () => undefined
      const { before } = decide(rule.id, one.decision)
      return () => decide(rule.id, before)
    }
  }
}

const opened = () => {
  const edits = openEdits()
  const messages = Object.fromEntries(
    ['a', 'b', 'c'].map((id) => {
      edits.say(id, 'client', 'I keep failing, I am just not good enough for any of this.')
      return [id, edits.say(id, 'ai', 'What went well?')]
    }),
  )
  return { edits, messages }
}

test('whatever was edited, taught, paused and resumed: undone from the last to the first, every state comes back exactly', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), (steps) => {
      const { edits, messages } = opened()
      const done: { before: string; undo: () => void }[] = []
      for (const one of steps) done.push({ before: stateOf(edits), undo: take(edits, messages, one) })
      for (const { before, undo } of done.toReversed()) {
        undo()
        expect(stateOf(edits)).toBe(before)
      }
      edits.close()
    }),
    { seed: 20260301, numRuns: 40 },
  )
})

test('rules are what the evidence says, not how they came about: thrown away and concluded anew they are the same', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 6, maxLength: 24 }), (steps) => {
      const { edits, messages } = opened()
      for (const one of steps) take(edits, messages, one)
      const before = stateOf(edits)
      edits.sqlite.exec("DELETE FROM learned_rules WHERE origin = 'drafts'")
      edits.write((tx) => concludeRules(tx))
      expect(stateOf(edits)).toBe(before)
      edits.close()
    }),
    { seed: 6, numRuns: 40 },
  )
})

test('taken from the middle, an edit leaves the rules as if it had never been made', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...editKinds), { minLength: 2, maxLength: 12 }), fc.nat(11), (kinds, at) => {
      const skipped = at % kinds.length
      const withIt = openEdits()
      const runs = kinds.map((edit) => withIt.decide('a', edit('Monday')))
      withIt.takeBack(runs[skipped] ?? '')
      const without = openEdits()
      for (const [index, edit] of kinds.entries()) if (index !== skipped) without.decide('a', edit('Monday'))
      expect(withIt.shown()).toEqual(without.shown())
      withIt.close()
      without.close()
    }),
    { seed: 66, numRuns: 40 },
  )
})
