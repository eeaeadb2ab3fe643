import type { LearnedRule } from '../../../shared/contract/rules.ts'
import type { LearnedDecision, RuleScope, TaughtKind } from '../../../shared/taxonomy/learning.ts'
import { notify } from '../../app/action.ts'
import { pushUndo } from '../../app/undo.ts'
import { host } from '../../transport/console.ts'

interface Lesson {
  readonly conversationId: string
  readonly messageId: string
  readonly kind: TaughtKind
  readonly text: string
  readonly scope: RuleScope
}

const doneWords = {
  keep: 'Learned to keep this',
  never_say: 'Learned not to say this',
  say_like_this: 'Learned',
} as const

/** Teaches, and says why where what was taught is not used; Z takes it back. */
export const teach = async (lesson: Lesson): Promise<void> => {
  const { ruleId, objections, isNew, before } = await host.rules.teach(lesson)
  const undo = () => (isNew ? host.rules.unteach({ ruleId }) : host.rules.decide({ ruleId, decision: before }))
  if (objections.length > 0) notify(objections.join(' '), 'Kept, but the clone does not use it', 'failure')
  pushUndo({ label: objections.length > 0 ? 'Kept under Learning' : doneWords[lesson.kind], undo })
}

const decidedWords = { paused: 'Rule paused', undone: 'Rule undone' } as const

/** Pauses or undoes a rule, or lets it hold again; Z takes it back. */
export const decide = async ({ id: ruleId }: LearnedRule, decision: LearnedDecision | null): Promise<void> => {
  const { before } = await host.rules.decide({ ruleId, decision })
  pushUndo({
    label: decision === null ? 'Rule holds again' : decidedWords[decision],
    undo: () => host.rules.decide({ ruleId, decision: before }),
  })
}
