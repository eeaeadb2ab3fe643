import { useEffect, useRef } from 'react'
import type { Message } from '../../../shared/contract/messages.ts'
import { maxMessageLength } from '../../../shared/limits.ts'
import { useAction } from '../../app/action.ts'
import { commandKey } from '../../app/keyboard.ts'
import { Button } from '../../components/Button.tsx'
import { firstName } from '../../components/words.ts'
import { host } from '../../transport/console.ts'
import { focusMessages } from './focus.ts'
import { endMessageEdit, writeMessageEdit } from './messageEdits.ts'
import { useThread } from './threadContext.ts'
import { refreshMessage } from './useThreadWindow.ts'

/** A sent message while the coach changes it; a failure is said, and the new text stays. */
export const MessageEdit = ({ message, text }: { readonly message: Message; readonly text: string }) => {
  const { conversationId, clientName } = useThread()
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    // The menu it was chosen from gives the focus back first.
    const timer = setTimeout(() => field.current?.focus({ preventScroll: true }), 50)
    return () => clearTimeout(timer)
  }, [])
  const save = useAction(async () => {
    if (text.trim() === '') return
    if (text.trim() !== message.content) {
      await host.inbox.editMessage({ messageId: message.id, text })
      await refreshMessage(conversationId, message.seq)
    }
    endMessageEdit(message.id)
    focusMessages()
  })
  const cancel = () => {
    endMessageEdit(message.id)
    focusMessages()
  }
  return (
    <div className="message-edit">
      <textarea
        ref={field}
        className="draft-field"
        aria-label="Message text"
        dir="auto"
        value={text}
        maxLength={maxMessageLength}
        onChange={(event) => writeMessageEdit(message.id, event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') cancel()
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          void save.run()
        }}
      />
      <div className="row-of-buttons">
        <Button kind="primary" shortcut={`${commandKey} ↵`} isBusy={save.isRunning} onClick={() => void save.run()}>
          Change for {firstName(clientName)} too
        </Button>
        <Button kind="quiet" onClick={cancel}>
          Cancel
        </Button>
      </div>
    </div>
  )
}
