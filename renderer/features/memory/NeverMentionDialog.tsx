import { Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { maxNeverMentionLength } from '../../../shared/limits.ts'
import { useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { neverMention } from './actions.ts'

interface NeverMentionDialogProps {
  readonly clientId: string
  /** What to begin with. */
  readonly words: string
  readonly onClose: () => void
}

/** Asks which words are never to be brought up with a client. */
export const NeverMentionDialog = ({ clientId, words, onClose }: NeverMentionDialogProps) => {
  const [text, setText] = useState(words.slice(0, maxNeverMentionLength))
  const keepQuiet = useAction(async () => {
    await neverMention(clientId, text)
    onClose()
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void keepQuiet.run()
  }
  return (
    <Modal opened onClose={onClose} title="Never mention" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className="stack" onSubmit={submit}>
        <TextInput
          label="Words"
          description="Whatever is remembered and holds these words is kept out of replies. The fewer words, the more it covers: a name alone is often best."
          maxLength={maxNeverMentionLength}
          data-autofocus
          dir="auto"
          value={text}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className="row-of-buttons">
          <Button kind="primary" type="submit" isBusy={keepQuiet.isRunning}>
            Never mention
          </Button>
          <Button kind="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Modal>
  )
}
