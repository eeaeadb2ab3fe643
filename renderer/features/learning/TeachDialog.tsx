import './rules.css'
import { Modal, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { Message } from '../../../shared/contract/messages.ts'
import { maxTaughtLength } from '../../../shared/limits.ts'
import type { RuleScope, TaughtKind } from '../../../shared/taxonomy/learning.ts'
import { situationWords } from '../../../shared/taxonomy/situations.ts'
import { useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { firstName } from '../../components/words.ts'
import { queries } from '../../transport/console.ts'
import { teach } from './teaching.ts'

const kinds = {
  keep: { name: 'Keep saying it like this', label: 'What is worth keeping' },
  never_say: { name: 'Never say this', label: 'What the clone is never to say' },
  say_like_this: { name: 'Say it like this instead', label: 'How the clone is to say it' },
} as const satisfies Record<TaughtKind, { name: string; label: string }>

interface ChoiceProps<Value extends string> {
  readonly legend: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly name: string; readonly isOff?: boolean }[]
  readonly onChange: (value: Value) => void
}

const Choice = <Value extends string>({ legend, value, options, onChange }: ChoiceProps<Value>) => {
  const group = useId()
  return (
    <fieldset className="teach-choice">
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className={option.isOff ? 'is-off' : ''}>
          <input
            type="radio"
            name={group}
            checked={option.value === value}
            disabled={option.isOff}
            data-autofocus={option.value === value || undefined}
            onChange={() => onChange(option.value)}
          />
          <span>{option.name}</span>
        </label>
      ))}
    </fieldset>
  )
}

interface TeachDialogProps {
  readonly conversationId: string
  readonly message: Message
  readonly onClose: () => void
}

const Form = ({
  conversationId,
  message,
  moment,
  onClose,
}: TeachDialogProps & {
  readonly moment: { clientName: string; situation: keyof typeof situationWords | null }
}) => {
  const said = message.content.trim().slice(0, maxTaughtLength)
  const [kind, setKind] = useState<TaughtKind>('keep')
  const [scope, setScope] = useState<RuleScope>('client')
  const [written, setWritten] = useState<string | null>(null)
  const text = written ?? (kind === 'say_like_this' && message.senderType === 'ai' ? '' : said)
  const name = firstName(moment.clientName)
  const learn = useAction(async () => {
    await teach({ conversationId, messageId: message.id, kind, text, scope })
    onClose()
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void learn.run()
  }
  const { situation } = moment
  return (
    <form className="stack" onSubmit={submit}>
      <Choice
        legend="What to learn"
        value={kind}
        options={(['keep', 'never_say', 'say_like_this'] as const).map((value) => ({
          value,
          name: kinds[value].name,
        }))}
        onChange={setKind}
      />
      <Textarea
        label={kinds[kind].label}
        description="One sentence or phrase works best."
        autosize
        minRows={2}
        maxRows={6}
        maxLength={maxTaughtLength}
        dir="auto"
        value={text}
        onChange={(event) => setWritten(event.currentTarget.value)}
      />
      <Choice
        legend="For whom"
        value={scope}
        options={[
          { value: 'client', name: `Only ${name}` },
          situation === null
            ? { value: 'situation', name: 'Moments like this one, which could not be told apart here', isOff: true }
            : { value: 'situation', name: `All clients, with ${situationWords[situation]}` },
          { value: 'always', name: 'All clients, always' },
        ]}
        onChange={setScope}
      />
      {scope === 'client' ? null : (
        <p className="small muted">Leave out names and whatever only {name} should know: other clients will read it.</p>
      )}
      <div className="row-of-buttons">
        <Button kind="primary" type="submit" isBusy={learn.isRunning}>
          Learn this
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

/** The coach teaches the clone on a message. */
export const TeachDialog = ({ conversationId, message, onClose }: TeachDialogProps) => {
  const moment = useQuery({
    ...queries.rules.momentOf.queryOptions({ input: { conversationId, messageId: message.id } }),
    retry: false,
  })
  return (
    <Modal opened onClose={onClose} title="Learn from this" closeButtonProps={{ 'aria-label': 'Close' }}>
      {moment.isPending ? <Patience /> : null}
      {moment.isError ? <Problem error={moment.error} /> : null}
      {moment.data ? (
        <Form conversationId={conversationId} message={message} moment={moment.data} onClose={onClose} />
      ) : null}
    </Modal>
  )
}
