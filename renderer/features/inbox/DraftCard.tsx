import { Modal } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { Draft, LineBeforeDraft } from '../../../shared/contract/inbox.ts'
import { maxMessageLength } from '../../../shared/limits.ts'
import { useAction } from '../../app/action.ts'
import { commandKey } from '../../app/keyboard.ts'
import { pushUndo } from '../../app/undo.ts'
import { Button } from '../../components/Button.tsx'
import { firstName } from '../../components/words.ts'
import { host } from '../../transport/console.ts'
import { problemCode } from '../../transport/problems.ts'
import { setDraftEdit, useDraftEdit } from './draftEdits.ts'
import { focusEnd, focusMessages } from './focus.ts'
import { addLeaving, removeLeaving } from './leaving.ts'
import { RegenerateForm } from './Regenerate.tsx'
import { offerUndo } from './sending.ts'

interface DraftCardProps {
  readonly draft: Draft
  readonly conversationId: string
  readonly clientName: string
  /** What the host has in the reply field. */
  readonly composerText: string
  readonly onWhy: (executionId: string) => void
}

const useDraftActs = (
  { draft, conversationId, clientName, composerText }: DraftCardProps,
  text: string,
  edited: string | null,
) => {
  const setEdited = (changed: string | null, isSending = false) =>
    setDraftEdit(draft.id, changed === null ? null : { conversationId, text: changed, composerText, isSending })
  const [isAsking, setAsking] = useState(false)
  const attempt = useRef({ text: '', requestId: '' })
  const send = useAction(async (evenIfClientWrote: boolean) => {
    if (text.trim() === '') return
    if (attempt.current.text !== text) attempt.current = { text, requestId: crypto.randomUUID() }
    const { requestId } = attempt.current
    setEdited(edited, true)
    try {
      const { outboxId, undoUntil } = await host.inbox.sendDraft({
        draftId: draft.id,
        requestId,
        text,
        evenIfClientWrote,
      })
      setEdited(null)
      setAsking(false)
      focusMessages()
      if (undoUntil === null) return
      addLeaving(conversationId, {
        outboxId,
        executionId: draft.executionId,
        text,
        isEdited: text.trim() !== draft.text.trim(),
        undoUntil,
      })
      offerUndo(outboxId, `Draft to ${firstName(clientName)}`, undoUntil, async () => {
        await host.inbox.cancelSend({ outboxId })
        removeLeaving(outboxId)
      })
    } catch (error) {
      setEdited(edited)
      if (problemCode(error) !== 'CLIENT_WROTE_SINCE') throw error
      setAsking(true)
    }
  })
  const discard = useAction(async () => {
    setEdited(edited, true)
    try {
      await host.inbox.discardDraft({ draftId: draft.id })
      setEdited(null)
      focusMessages()
      pushUndo({
        label: `Draft to ${firstName(clientName)} discarded`,
        undo: async () => {
          await host.inbox.restoreDraft({ draftId: draft.id })
          if (edited !== null) setEdited(edited)
        },
      })
    } catch (error) {
      setEdited(edited)
      throw error
    }
  })
  return { send, discard, setEdited, isAsking, setAsking }
}

const lineWords: Record<LineBeforeDraft, string> = {
  handoff_holding: 'that they will hear from you personally',
  out_of_hours: 'that their answer comes later',
  ai_answer: 'that an AI answers them',
  ai_disclosure: 'that an AI answers first and you read along',
  ai_drafts: 'that an AI helps you write and you read each reply first',
}

const wordsBefore = (lines: readonly LineBeforeDraft[]): string => {
  const said = lines.map((line) => lineWords[line])
  const last = said.pop() ?? ''
  return said.length === 0
    ? `The client first gets a fixed line saying ${last}.`
    : `The client first gets ${said.length + 1} fixed lines, saying ${said.join(', ')} and ${last}.`
}

/** What the clone would say: sent, edited or discarded by the coach, and never sent by itself. */
export const DraftCard = (props: DraftCardProps) => {
  const { draft, conversationId, clientName, onWhy } = props
  const edited = useDraftEdit(draft.id)
  const text = edited ?? draft.text
  const { send, discard, setEdited, isAsking, setAsking } = useDraftActs(props, text, edited)
  const [wantsAnother, setWantsAnother] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const isEditing = edited !== null
  const wantsField = useRef(false)
  useEffect(() => {
    if (isEditing && wantsField.current) focusEnd(field.current)
    wantsField.current = false
  }, [isEditing])

  return (
    <section className="draft" aria-label="Draft">
      <header className="draft-header">
        <b>{draft.isFromCases ? 'Draft from your own words' : 'Draft by the clone'}</b>
        <span>
          {draft.confidence === null ? '' : `confidence ${draft.confidence.toFixed(2)} · `}
          <button type="button" className="link-button" onClick={() => onWhy(draft.executionId)}>
            Why this reply
          </button>
        </span>
      </header>
      {draft.isFromCases ? (
        <p className="draft-note">Put together from your own earlier words; no model is connected.</p>
      ) : null}
      {draft.linesBefore.length > 0 ? <p className="draft-note">{wordsBefore(draft.linesBefore)}</p> : null}
      {draft.isStale ? (
        <p className="draft-stale">
          {draft.isTakenBack
            ? `${firstName(clientName)} has deleted what this draft answers.`
            : `${firstName(clientName)} has written since this draft was made.`}
        </p>
      ) : null}
      {isEditing ? (
        <textarea
          ref={field}
          className="draft-field"
          aria-label="Draft text"
          dir="auto"
          value={text}
          maxLength={maxMessageLength}
          onChange={(event) => setEdited(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur()
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            void send.run(false)
          }}
        />
      ) : (
        <p className="draft-text message-text" dir="auto">
          {draft.text}
        </p>
      )}
      <div className="row-of-buttons">
        <Button
          kind="primary"
          isBusy={send.isRunning}
          {...(isEditing ? { shortcut: `${commandKey} ↵` } : {})}
          onClick={() => void send.run(false)}
        >
          Send draft
        </Button>
        {isEditing ? (
          <Button onClick={() => setEdited(null)}>Undo edits</Button>
        ) : (
          <Button
            onClick={() => {
              wantsField.current = true
              setEdited(draft.text)
            }}
          >
            Edit draft
          </Button>
        )}
        <Button kind="quiet" isBusy={discard.isRunning} onClick={() => void discard.run()}>
          Discard draft
        </Button>
        <Button kind="quiet" aria-expanded={wantsAnother} onClick={() => setWantsAnother(!wantsAnother)}>
          Regenerate
        </Button>
      </div>
      {wantsAnother ? (
        <RegenerateForm conversationId={conversationId} draftId={draft.id} onClose={() => setWantsAnother(false)} />
      ) : null}
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={`${firstName(clientName)} ${draft.isTakenBack ? 'deleted their words' : 'wrote since'}`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <div className="stack">
          <p>
            {draft.isTakenBack
              ? 'This draft answers words that are no longer there. Read the conversation first, or send the draft anyway.'
              : 'This draft was made before the newest message. Read it first, or send the draft anyway.'}
          </p>
          <div className="row-of-buttons">
            <Button kind="primary" isBusy={send.isRunning} onClick={() => void send.run(true)}>
              Send anyway
            </Button>
            <Button onClick={() => setAsking(false)}>Read first</Button>
          </div>
        </div>
      </Modal>
    </section>
  )
}
