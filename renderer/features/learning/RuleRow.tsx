import { useRef, useState } from 'react'
import type { LearnedRule } from '../../../shared/contract/rules.ts'
import type { LearnedDecision } from '../../../shared/taxonomy/learning.ts'
import { useAction } from '../../app/action.ts'
import { focusOn } from '../../app/focusBack.ts'
import { hrefTo } from '../../app/router.ts'
import { Button } from '../../components/Button.tsx'
import { mediumTime } from '../../components/time.ts'
import { RuleEdits } from './RuleEdits.tsx'
import { recordWords, ruleStateWords, ruleWords, scopeWords, seenWords } from './ruleWords.ts'
import { decide } from './teaching.ts'

const Origin = ({
  rule,
  showsEdits,
  onToggle,
}: {
  readonly rule: LearnedRule
  readonly showsEdits: boolean
  readonly onToggle: () => void
}) => {
  if (rule.origin === 'drafts')
    return (
      <button type="button" className="link-button" aria-expanded={showsEdits} onClick={onToggle}>
        {seenWords(rule)}
      </button>
    )
  const when = mediumTime(rule.createdAt)
  const { taughtOn } = rule
  return taughtOn ? (
    <a href={hrefTo('inbox', taughtOn.conversationId, { at: taughtOn.seq })}>taught by you on {when}</a>
  ) : (
    `taught by you on ${when}`
  )
}

const Choices = ({
  rule,
  onDecide,
}: {
  readonly rule: LearnedRule
  readonly onDecide: (decision: LearnedDecision | null) => void
}) => {
  const label = `${ruleWords[rule.kind]}${rule.detail ? `: ${rule.detail}` : ''}, ${scopeWords(rule)}`
  const button = (name: string, decision: LearnedDecision | null) => (
    <Button kind="quiet" aria-label={`${name}: ${label}`} onClick={() => onDecide(decision)}>
      {name}
    </Button>
  )
  if (rule.state === 'undone') return button('Use again', null)
  return (
    <>
      {rule.state === 'paused' ? button('Resume', null) : null}
      {rule.state === 'live' ? button('Pause', 'paused') : null}
      {button('Undo', 'undone')}
    </>
  )
}

/** One rule: what it asks, for whom, where it comes from, how it fares, and what can be done with it. */
export const RuleRow = ({ rule }: { readonly rule: LearnedRule }) => {
  const [showsEdits, setShowsEdits] = useState(false)
  const own = useRef<HTMLLIElement>(null)
  const act = useAction(async (decision: LearnedDecision | null) => {
    await decide(rule, decision)
    // The row may move, and another button takes the place of the pressed one.
    focusOn(() => own.current?.querySelector<HTMLElement>('.rule-choices button'))
  })
  const record = recordWords(rule)
  return (
    <li ref={own} className={`rule is-${rule.state}`}>
      <div className="rule-line">
        <div className="rule-says">
          <p>
            <span className="rule-state">{ruleStateWords[rule.state]}</span> <b>{ruleWords[rule.kind]}</b>{' '}
            <span className="muted">{scopeWords(rule)}</span>
          </p>
          {rule.detail ? (
            <p className="rule-quote" dir="auto">
              {rule.detail}
            </p>
          ) : null}
        </div>
        <div className="rule-choices">
          <Choices rule={rule} onDecide={(decision) => void act.run(decision)} />
        </div>
      </div>
      <p className="small muted">
        <Origin rule={rule} showsEdits={showsEdits} onToggle={() => setShowsEdits(!showsEdits)} />
        {rule.objections.length === 0 ? ` · ${rule.safetyCases} safety cases passed` : ''}
      </p>
      {record ? <p className="small muted">{record}</p> : null}
      {rule.objections.length > 0 ? (
        <p className="rule-objection small">The clone does not use it. {rule.objections.join(' ')}</p>
      ) : null}
      {rule.state === 'proposed' && rule.objections.length === 0 ? (
        <p className="small muted">It is used once your edits ask for it clearly and without contradiction.</p>
      ) : null}
      {showsEdits ? <RuleEdits rule={rule} /> : null}
    </li>
  )
}
