import type { Message } from '../../../shared/contract/messages.ts'
import { useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { host } from '../../transport/console.ts'
import { refreshMessage } from './useThreadWindow.ts'

interface TroubleChoicesProps {
  readonly trouble: NonNullable<Message['trouble']>
  readonly conversationId: string
  readonly seq: number
}

const titles = {
  failed: 'This message was not sent.',
  unknown: 'This message may not have arrived. It is never sent again by itself.',
} as const

/** A message that needs the coach's word: nothing is sent twice without it. */
export const TroubleChoices = ({ trouble, conversationId, seq }: TroubleChoicesProps) => {
  const settle = useAction(async (decision: 'arrived' | 'send_again' | 'drop') => {
    await host.inbox.settleTrouble({ outboxId: trouble.outboxId, decision })
    await refreshMessage(conversationId, seq)
  })
  return (
    <div className="trouble">
      <p>
        <b>{titles[trouble.state]}</b> {trouble.message}
      </p>
      <div className="row-of-buttons">
        {trouble.state === 'unknown' ? <Button onClick={() => void settle.run('arrived')}>It arrived</Button> : null}
        <Button onClick={() => void settle.run('send_again')}>Send again</Button>
        <Button kind="quiet" onClick={() => void settle.run('drop')}>
          Drop
        </Button>
      </div>
    </div>
  )
}
