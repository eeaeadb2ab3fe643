import { type KeyboardEvent, useState } from 'react'
import type { MemoryItem } from '../../../shared/contract/memory.ts'
import { maxMemoryLength } from '../../../shared/limits.ts'
import { useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { correct } from './actions.ts'

interface CorrectMemoryProps {
  readonly clientId: string
  readonly item: MemoryItem
  readonly onDone: () => void
}

/** Enter saves, Escape leaves it as it is. */
export const CorrectMemory = ({ clientId, item, onDone }: CorrectMemoryProps) => {
  const [text, setText] = useState(item.text)
  const save = useAction(async () => {
    if (text.trim() !== item.text) await correct(clientId, item, text)
    onDone()
  })
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && !event.shiftKey) void save.run()
    else if (event.key === 'Escape') onDone()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="memory-correct">
      <textarea
        className="note-field"
        aria-label="How it should read"
        dir="auto"
        // biome-ignore lint/a11y/noAutofocus: correcting was just asked for
        autoFocus
        maxLength={maxMemoryLength}
        readOnly={save.isRunning}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={press}
      />
      <div className="row-of-buttons">
        <Button shortcut="↵" isBusy={save.isRunning} onClick={() => void save.run()}>
          Save
        </Button>
        <Button kind="quiet" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </div>
  )
}
