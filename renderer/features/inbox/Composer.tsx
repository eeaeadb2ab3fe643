import { IconNote, IconTemplate, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { Conversation } from '../../../shared/contract/inbox.ts'
import { maxMessageLength } from '../../../shared/limits.ts'
import { useAction } from '../../app/action.ts'
import { commandKey } from '../../app/keyboard.ts'
import { Button } from '../../components/Button.tsx'
import { useNow } from '../../components/time.ts'
import { firstName } from '../../components/words.ts'
import { ConnectionLost } from '../../transport/connection.ts'
import { CannedPicker } from '../canned/CannedPicker.tsx'
import { openVariables } from '../canned/variables.ts'
import { openNotes } from '../notes/openNotes.ts'
import { ComposerHint } from './ComposerHint.tsx'
import {
  adoptSaved,
  answerTo,
  beganAs,
  type ReplyTo,
  type SendPlan,
  saveAllUnsent,
  setPlan,
  useUnsent,
  writeUnsent,
} from './composerStore.ts'
import { focusMessages, focusReply, replyFieldId } from './focus.ts'
import { SendLater } from './SendLater.tsx'
import { sendUnsent } from './sending.ts'
import { dayAndTime } from './sendTimes.ts'

const counterFrom = maxMessageLength - 2_000

interface AsideProps {
  readonly conversationId: string
  readonly replyTo: ReplyTo | null
  readonly plan: SendPlan | null
}

/** What goes with the text: the message it answers, and the time it had been put off to. */
const Aside = ({ conversationId, replyTo, plan }: AsideProps) => {
  const now = useNow()
  return (
    <>
      {replyTo ? (
        <div className="composer-aside">
          <span className="composer-aside-words">
            Answering <b>{replyTo.author}</b>: <span dir="auto">{replyTo.preview}</span>
          </span>
          <Button
            kind="quiet"
            aria-label="Answer no message in particular"
            icon={<IconX size={16} aria-hidden="true" />}
            onClick={() => {
              answerTo(conversationId, null)
              focusReply()
            }}
          />
        </div>
      ) : null}
      {plan ? (
        <div className="composer-aside">
          <span className="composer-aside-words">
            Planned for <b>{dayAndTime(plan.sendAt, now)}</b>. Send schedules it for then again.
          </span>
          <Button kind="quiet" onClick={() => setPlan(conversationId, null)}>
            Send now instead
          </Button>
        </div>
      ) : null}
    </>
  )
}

interface ComposerProps {
  readonly conversation: Conversation
  readonly onSent: () => void
}

export const Composer = ({ conversation, onSent }: ComposerProps) => {
  const { id } = conversation
  const unsent = useUnsent((all) => all[id])
  const text = unsent?.text ?? conversation.composerText
  const [trouble, setTrouble] = useState<string | null>(null)
  const [isChoosingTime, setChoosingTime] = useState(false)
  const [picking, setPicking] = useState<'slash' | 'button' | null>(null)
  const [sentAsIs, setSentAsIs] = useState<string | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    adoptSaved(id, conversation.composerText)
  }, [id, conversation.composerText])
  useEffect(() => saveAllUnsent, [])

  const left = maxMessageLength - text.length
  const isTooLong = left < 0
  const unfilled = openVariables(text)
  const markUnfilled = (variable: string) => {
    const from = text.indexOf(variable)
    field.current?.focus()
    field.current?.setSelectionRange(from, from + variable.length)
  }
  const sending = useAction(async (plan: SendPlan | null, isAsIs: boolean) => {
    if (text.trim() === '' || isTooLong) return focusReply()
    const [open] = unfilled
    if (open && !isAsIs) {
      setSentAsIs(text)
      return markUnfilled(open)
    }
    setTrouble(null)
    try {
      await sendUnsent(conversation, plan)
      setSentAsIs(null)
      onSent()
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error
      setTrouble(
        'The connection broke while sending. Your text stands here still; sending it again cannot send it twice.',
      )
    }
  })
  const planned = unsent?.plan && unsent.plan.sendAt > Date.now() ? unsent.plan : null
  const send = (plan: SendPlan | null = planned) => void sending.run(plan, false)

  const insert = (words: string, cannedReplyId: string) => {
    setPicking(null)
    const [from, to] = [field.current?.selectionStart ?? text.length, field.current?.selectionEnd ?? text.length]
    const whole = `${text.slice(0, from)}${words}${text.slice(to)}`
    writeUnsent(id, whole)
    if (text.trim() === '') beganAs(id, cannedReplyId)
    // The field has the new text only once it is drawn.
    setTimeout(() => {
      const [open] = openVariables(words)
      const at = open === undefined ? from + words.length : whole.indexOf(open)
      field.current?.focus()
      field.current?.setSelectionRange(at, at + (open?.length ?? 0))
    })
  }

  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') focusMessages()
    if (event.key === '/' && text === '' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      setPicking('slash')
    }
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    if (event.shiftKey) setChoosingTime(true)
    else send()
  }

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {picking !== null ? (
        <CannedPicker
          clientName={conversation.clientName}
          timeZone={conversation.timeZone}
          onChoose={insert}
          onClose={(words, isLeft) => {
            setPicking(null)
            if (words) writeUnsent(id, words)
            if (!isLeft) setTimeout(focusReply)
          }}
          isFromSlash={picking === 'slash'}
        />
      ) : null}
      <Aside conversationId={id} replyTo={unsent?.replyTo ?? null} plan={planned} />
      <textarea
        ref={field}
        id={replyFieldId}
        className="composer-field"
        aria-label="Reply"
        dir="auto"
        placeholder={`Write to ${firstName(conversation.clientName)}…`}
        value={text}
        readOnly={sending.isRunning}
        onChange={(event) => {
          setTrouble(null)
          setSentAsIs(null)
          writeUnsent(id, event.currentTarget.value)
        }}
        onBlur={saveAllUnsent}
        onKeyDown={press}
      />
      {unfilled.length > 0 ? (
        <p className="composer-unfilled" role="status">
          {unfilled.join(', ')} {unfilled.length === 1 ? 'is' : 'are'} not filled in.{' '}
          {sentAsIs === text ? (
            <button type="button" className="link-button" onClick={() => void sending.run(planned, true)}>
              Send as it is
            </button>
          ) : (
            <button type="button" className="link-button" onClick={() => markUnfilled(unfilled[0] ?? '')}>
              Show
            </button>
          )}
        </p>
      ) : null}
      <div className="composer-actions">
        <Button
          type="submit"
          kind="primary"
          shortcut={`${commandKey} ↵`}
          isBusy={sending.isRunning}
          onClick={() => undefined}
        >
          {planned ? 'Schedule' : 'Send'}
        </Button>
        <SendLater conversation={conversation} isOpen={isChoosingTime} onOpen={setChoosingTime} onChoose={send} />
        <Button
          kind="quiet"
          className="composer-tool"
          aria-label="Canned replies"
          title="Canned replies ( / in an empty reply )"
          icon={<IconTemplate size={17} aria-hidden="true" />}
          onClick={() => setPicking('button')}
        />
        <Button
          kind="quiet"
          className="composer-tool"
          aria-label="Write a note"
          title="Write a note that no client sees"
          icon={<IconNote size={17} aria-hidden="true" />}
          onClick={openNotes}
        />
        {text.length >= counterFrom ? (
          <span className="counter" role="status">
            {isTooLong
              ? `${(-left).toLocaleString()} characters too long. Shorten it, or send it in two messages.`
              : `${left.toLocaleString()} characters left`}
          </span>
        ) : null}
        <p className="composer-hint" aria-live="polite">
          {trouble ? <span className="composer-trouble">{trouble}</span> : <ComposerHint conversation={conversation} />}
        </p>
      </div>
    </form>
  )
}
