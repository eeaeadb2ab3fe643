import { Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { CannedReply } from '../../../shared/contract/notes.ts'
import { maxMessageLength } from '../../../shared/limits.ts'
import { useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { Problem } from '../../components/Problem.tsx'
import { host } from '../../transport/console.ts'
import { problemCode } from '../../transport/problems.ts'

interface CannedFormProps {
  /** Absent for a new one. */
  readonly reply?: CannedReply
  readonly onDone: () => void
}

/** Name and text of a canned reply; a name is used once only. */
export const CannedForm = ({ reply, onDone }: CannedFormProps) => {
  const [name, setName] = useState(reply?.name ?? '')
  const [text, setText] = useState(reply?.text ?? '')
  const [error, setError] = useState<unknown>(null)
  const [isRemoving, setRemoving] = useState(false)
  const isTaken = problemCode(error) === 'CONFLICT'
  const attempt = (act: () => Promise<unknown>) => async () => {
    setError(null)
    try {
      await act()
      onDone()
    } catch (thrown) {
      setError(thrown)
    }
  }
  const save = useAction(
    attempt(() => host.canned.save({ ...(reply ? { id: reply.id } : {}), name: name.trim(), text: text.trim() })),
  )
  const remove = useAction(attempt(async () => reply && host.canned.remove({ id: reply.id })))
  const isComplete = name.trim() !== '' && text.trim() !== ''
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (isComplete) void save.run()
      }}
    >
      <TextInput
        label="Name"
        description="You find it by this name while you write."
        maxLength={60}
        data-autofocus
        value={name}
        error={isTaken ? 'This name is taken. Choose another.' : null}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label="Text"
        autosize={false}
        rows={4}
        maxLength={maxMessageLength}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {error !== null && !isTaken ? <Problem error={error} /> : null}
      <div className="row-of-buttons">
        <Button type="submit" kind="primary" disabled={!isComplete} isBusy={save.isRunning}>
          Save
        </Button>
        <Button onClick={onDone}>Cancel</Button>
        {reply ? (
          <Button
            kind="danger"
            className="at-the-end"
            isBusy={remove.isRunning}
            onClick={() => (isRemoving ? void remove.run() : setRemoving(true))}
          >
            {isRemoving ? 'Really delete' : 'Delete'}
          </Button>
        ) : null}
      </div>
    </form>
  )
}
