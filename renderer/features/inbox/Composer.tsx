import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Conversation } from '../../../shared/contract/inbox.ts'
import { maxMessageLength } from '../../../shared/limits.ts'
import { useAction } from '../../app/action.ts'
import { commandKey } from '../../app/keyboard.ts'
import { hrefTo } from '../../app/router.ts'
import { Button } from '../../components/Button.tsx'
import { firstName } from '../../components/words.ts'
import { ConnectionLost } from '../../transport/connection.ts'
import { host, queries } from '../../transport/console.ts'
import { adoptSaved, clearUnsent, requestIdFor, saveAllUnsent, useUnsent, writeUnsent } from './composerStore.ts'

const replyFieldId = 'reply'
const counterFrom = maxMessageLength - 2_000

/** Puts the cursor into the reply; used by the R key. */
export const focusReply = () => {
  document.getElementById(replyFieldId)?.focus()
  return undefined
}

/** Puts the focus on the messages, from where every key of the thread works. */
export const focusMessages = () => document.querySelector<HTMLElement>('[role="log"]')?.focus()

const Hint = ({ conversation }: { readonly conversation: Conversation }) => {
  const settings = useQuery(queries.settings.get.queryOptions()).data
  const name = firstName(conversation.clientName)
  if (conversation.isThinking) {
    return (
      <span className="thinking">
        <span className="thinking-dots" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
        The clone is thinking of an answer
      </span>
    )
  }
  if (conversation.owner === 'locked') return <>Locked after a safety crisis: only your own words reach {name}.</>
  if (settings && !settings.modelReady && conversation.replyMode !== 'off') {
    return (
      <>
        No model is connected, so only you answer. <a href={hrefTo('settings', 'model')}>Connect one</a>
      </>
    )
  }
  if (conversation.lastTrouble) return <>{conversation.lastTrouble}</>
  if ((conversation.owner === 'ai' || conversation.owner === 'waiting') && conversation.replyMode !== 'off')
    return <>Sending a reply takes the conversation over.</>
  return null
}

export const Composer = ({ conversation }: { readonly conversation: Conversation }) => {
  const { id } = conversation
  const text = useUnsent((all) => all[id]?.text ?? conversation.composerText)
  const [trouble, setTrouble] = useState<string | null>(null)
  useEffect(() => {
    adoptSaved(id, conversation.composerText)
  }, [id, conversation.composerText])
  useEffect(() => saveAllUnsent, [])

  const left = maxMessageLength - text.length
  const isTooLong = left < 0
  const send = useAction(async () => {
    if (text.trim() === '' || isTooLong) return focusReply()
    setTrouble(null)
    try {
      await host.inbox.send({ conversationId: id, requestId: requestIdFor(id), text })
      clearUnsent(id)
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error
      setTrouble('The connection broke while sending. Your text is kept; sending it again cannot send it twice.')
    }
  })
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        void send.run()
      }}
    >
      <textarea
        id={replyFieldId}
        className="composer-field"
        aria-label="Reply"
        dir="auto"
        placeholder={`Write to ${firstName(conversation.clientName)}…`}
        value={text}
        readOnly={send.isRunning}
        onChange={(event) => {
          setTrouble(null)
          writeUnsent(id, event.currentTarget.value)
        }}
        onBlur={saveAllUnsent}
        onKeyDown={(event) => {
          if (event.key === 'Escape') focusMessages()
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          void send.run()
        }}
      />
      <div className="composer-actions">
        <Button
          type="submit"
          kind="primary"
          shortcut={`${commandKey} ↵`}
          isBusy={send.isRunning}
          onClick={() => undefined}
        >
          Send
        </Button>
        {text.length >= counterFrom ? (
          <span className="counter" role="status">
            {isTooLong
              ? `${(-left).toLocaleString()} characters too long. Shorten it, or send it in two messages.`
              : `${left.toLocaleString()} characters left`}
          </span>
        ) : null}
        <p className="composer-hint" aria-live="polite">
          {trouble ? <span className="composer-trouble">{trouble}</span> : <Hint conversation={conversation} />}
        </p>
      </div>
    </form>
  )
}
