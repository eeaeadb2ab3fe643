import { Modal } from '@mantine/core'
import type { Message } from '../../../shared/contract/messages.ts'
import { useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { firstName } from '../../components/words.ts'
import { host } from '../../transport/console.ts'
import { useThread } from './threadContext.ts'
import { refreshMessage } from './useThreadWindow.ts'

interface RemoveMessageProps {
  readonly message: Message
  readonly onClose: () => void
}

/** Asks before a sent message disappears for the client. */
export const RemoveMessage = ({ message, onClose }: RemoveMessageProps) => {
  const { conversationId, clientName, channelTitle } = useThread()
  const remove = useAction(async () => {
    await host.inbox.removeMessage({ messageId: message.id })
    await refreshMessage(conversationId, message.seq)
    onClose()
  })
  return (
    <Modal opened onClose={onClose} title="Delete this message?" closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className="stack">
        <p>
          {firstName(clientName)} will no longer see it on {channelTitle}, but may have read it. The text is kept here.
        </p>
        <div className="row-of-buttons">
          <Button kind="danger" isBusy={remove.isRunning} onClick={() => void remove.run()}>
            Delete for {firstName(clientName)}
          </Button>
          <Button kind="primary" data-autofocus onClick={onClose}>
            Keep it
          </Button>
        </div>
      </div>
    </Modal>
  )
}
