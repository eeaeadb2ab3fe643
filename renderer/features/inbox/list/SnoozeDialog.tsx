import { Modal } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { useAction } from '../../../app/action.ts'
import { focusBack } from '../../../app/focusBack.ts'
import { type Putting, setUi, useUi } from '../../../app/ui.ts'
import { Button } from '../../../components/Button.tsx'
import { clockTime, exactTime } from '../../../components/time.ts'
import { plural } from '../../../components/words.ts'
import { fieldTime } from '../sendTimes.ts'
import { snoozeChoices } from './snoozeTimes.ts'
import { triage } from './triage.ts'

const close = () => {
  setUi({ snoozing: null })
  focusBack()
}

const stepFocus = (event: KeyboardEvent<HTMLElement>) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (by === undefined) return
  event.preventDefault()
  const choices = [...event.currentTarget.querySelectorAll<HTMLElement>('button')]
  const at = choices.findIndex((choice) => choice.matches(':focus'))
  choices[(at + by + choices.length) % choices.length]?.focus()
}

const OwnTime = ({ now, onChoose }: { readonly now: number; readonly onChoose: (until: number) => void }) => {
  const [typed, setTyped] = useState(() => fieldTime(now + 3 * 60 * 60_000))
  const at = new Date(typed).getTime()
  const isAhead = at > Date.now()
  const choose = (event: FormEvent) => {
    event.preventDefault()
    if (isAhead) onChoose(at)
  }
  return (
    <form className="snooze-own" onSubmit={choose}>
      <label>
        <span className="small muted">Pick a time</span>
        <input
          type="datetime-local"
          value={typed}
          min={fieldTime(now)}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <button type="submit" className="button" disabled={!isAhead}>
        Snooze
      </button>
      <p className="small muted" role="status">
        {isAhead ? '' : 'Choose a time that lies ahead.'}
      </p>
    </form>
  )
}

interface ChoicesProps {
  readonly targets: readonly Putting[]
  readonly onSnoozed: () => void
}

const Choices = ({ targets, onSnoozed }: ChoicesProps) => {
  const [now] = useState(Date.now)
  const snooze = useAction(async (until: number) => {
    await triage(targets, { kind: 'snooze', until })
    close()
    onSnoozed()
  })
  const wake = useAction(async () => {
    await triage(targets, { kind: 'reopen' })
    close()
  })
  return (
    <div className="stack">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrows only move between its buttons */}
      <div className="snooze-choices" onKeyDown={stepFocus}>
        {snoozeChoices(now).map(({ name, at }, index) => (
          <button
            key={name}
            type="button"
            className="snooze-choice"
            data-autofocus={index === 0 ? true : undefined}
            title={exactTime(at)}
            onClick={() => void snooze.run(at)}
          >
            <span>{name}</span>
            <span className="muted">{clockTime(at)}</span>
          </button>
        ))}
      </div>
      <OwnTime now={now} onChoose={(until) => void snooze.run(until)} />
      {targets.some((each) => each.snoozedUntil !== null && each.snoozedUntil > now) ? (
        <Button kind="quiet" onClick={() => void wake.run()}>
          Back in the inbox now
        </Button>
      ) : null}
      <p className="small muted">Whoever writes before then comes back at once.</p>
    </div>
  )
}

/** Until when conversations leave the inbox. */
export const SnoozeDialog = () => {
  const snoozing = useUi((ui) => ui.snoozing)
  if (!snoozing) return null
  const { targets } = snoozing
  const [only] = targets.length === 1 ? targets : []
  return (
    <Modal
      opened
      onClose={close}
      title={`Snooze ${only ? only.clientName : plural(targets.length, 'conversation')} until`}
      size={360}
      closeButtonProps={{ 'aria-label': 'Close' }}
      transitionProps={{ duration: 80 }}
    >
      <Choices {...snoozing} />
    </Modal>
  )
}
