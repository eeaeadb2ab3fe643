import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Conversation } from '../../../shared/contract/inbox.ts'
import { useAction } from '../../app/action.ts'
import { hrefTo } from '../../app/router.ts'
import { Button } from '../../components/Button.tsx'
import { exactTime, useNow } from '../../components/time.ts'
import { host, queries } from '../../transport/console.ts'
import { dayAndTime, fieldTime, sendChoices } from './sendTimes.ts'

const longestReason = 200

/** What the coach wants to come back to in one conversation, soonest first. */
export const useFollowUps = (conversationId: string) => {
  const all = useQuery(queries.handoffs.followUps.queryOptions()).data?.rows ?? []
  return all.filter((followUp) => followUp.conversationId === conversationId).sort((a, b) => a.dueAt - b.dueAt)
}

const tomorrow = (): number => sendChoices(Date.now(), undefined)[1]?.at ?? Date.now()

const NewFollowUp = ({ conversationId, onDone }: { readonly conversationId: string; readonly onDone: () => void }) => {
  const [reason, setReason] = useState('')
  const [field, setField] = useState(() => fieldTime(tomorrow()))
  const dueAt = new Date(field).getTime()
  const add = useAction(async () => {
    if (reason.trim() === '' || Number.isNaN(dueAt)) return
    await host.handoffs.addFollowUp({ conversationId, dueAt, reason })
    onDone()
  })
  return (
    <form
      className="follow-up-new"
      onSubmit={(event) => {
        event.preventDefault()
        void add.run()
      }}
    >
      <input
        className="note-field"
        aria-label="What to come back to"
        placeholder="e.g. ask how the talk went"
        // biome-ignore lint/a11y/noAutofocus: adding was just asked for
        autoFocus
        maxLength={longestReason}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <input
        className="note-field"
        aria-label="When"
        type="datetime-local"
        value={field}
        onChange={(event) => setField(event.currentTarget.value)}
      />
      <div className="row-of-buttons">
        <Button
          type="submit"
          isBusy={add.isRunning}
          disabled={reason.trim() === '' || Number.isNaN(dueAt)}
          onClick={() => undefined}
        >
          Add
        </Button>
        <Button kind="quiet" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

/** The reminders about one client, to be added and ticked off beside the conversation. */
export const FollowUps = ({ conversation }: { readonly conversation: Conversation }) => {
  const followUps = useFollowUps(conversation.id)
  const now = useNow()
  const [isAdding, setAdding] = useState(false)
  const finish = useAction((id: string) => host.handoffs.followUpDone({ id }))
  return (
    <section className="pane-section" aria-label="Follow-ups">
      <h3>Follow-ups</h3>
      <ul className="notes">
        {followUps.map((followUp) => (
          <li key={followUp.id} className="note">
            <p dir="auto">{followUp.reason}</p>
            <p className="note-facts">
              <span className={followUp.isDue ? 'follow-up-due' : ''} title={exactTime(followUp.dueAt)}>
                {followUp.isDue ? 'due' : dayAndTime(followUp.dueAt, now)}
              </span>
              {' · '}
              <button type="button" className="link-button" onClick={() => void finish.run(followUp.id)}>
                Done
              </button>
              {followUp.crisisId === null ? null : (
                <>
                  {' · '}
                  <a href={hrefTo('crises', followUp.crisisId)}>Crisis record</a>
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
      {isAdding ? (
        <NewFollowUp conversationId={conversation.id} onDone={() => setAdding(false)} />
      ) : (
        <Button kind="quiet" className="pane-add" onClick={() => setAdding(true)}>
          Add a follow-up
        </Button>
      )}
    </section>
  )
}
