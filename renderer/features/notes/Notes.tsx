import './notes.css'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useState } from 'react'
import type { Note } from '../../../shared/contract/notes.ts'
import { useAction } from '../../app/action.ts'
import { commandKey } from '../../app/keyboard.ts'
import { Button } from '../../components/Button.tsx'
import { Problem } from '../../components/Problem.tsx'
import { Ago } from '../../components/Time.tsx'
import { host, queries } from '../../transport/console.ts'
import { useUnsavedNote, writeUnsavedNote } from './unsavedNotes.ts'

const longest = 10_000

const onCommandEnter = (act: () => void) => (event: KeyboardEvent) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
  event.preventDefault()
  act()
}

const NewNote = ({ clientId }: { readonly clientId: string }) => {
  const text = useUnsavedNote(clientId)
  const add = useAction(async () => {
    if (text.trim() === '') return
    await host.notes.add({ clientId, text })
    writeUnsavedNote(clientId, '')
  })
  return (
    <div className="note-new">
      <textarea
        className="note-field"
        data-note-field
        aria-label="New note"
        placeholder="Write a note…"
        dir="auto"
        rows={2}
        maxLength={longest}
        readOnly={add.isRunning}
        value={text}
        onChange={(event) => writeUnsavedNote(clientId, event.currentTarget.value)}
        onKeyDown={onCommandEnter(() => void add.run())}
      />
      {text.trim() === '' ? null : (
        <Button shortcut={`${commandKey} ↵`} isBusy={add.isRunning} onClick={() => void add.run()}>
          Add note
        </Button>
      )}
    </div>
  )
}

const EditNote = ({ note, onDone }: { readonly note: Note; readonly onDone: () => void }) => {
  const [text, setText] = useState(note.text)
  const save = useAction(async () => {
    if (text.trim() === '') return
    await host.notes.update({ noteId: note.id, text })
    onDone()
  })
  return (
    <div className="note-new">
      <textarea
        className="note-field"
        aria-label="Note"
        dir="auto"
        // biome-ignore lint/a11y/noAutofocus: editing was just asked for
        autoFocus
        maxLength={longest}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onCommandEnter(() => void save.run())}
      />
      <div className="row-of-buttons">
        <Button shortcut={`${commandKey} ↵`} isBusy={save.isRunning} onClick={() => void save.run()}>
          Save
        </Button>
        <Button kind="quiet" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </div>
  )
}

const NoteRow = ({ note }: { readonly note: Note }) => {
  const [state, setState] = useState<'shown' | 'edited' | 'leaving'>('shown')
  const remove = useAction(() => host.notes.remove({ noteId: note.id }))
  if (state === 'edited') {
    return (
      <li className="note">
        <EditNote note={note} onDone={() => setState('shown')} />
      </li>
    )
  }
  return (
    <li className="note">
      <p className="message-text" dir="auto">
        {note.text}
      </p>
      <p className="note-facts">
        <Ago time={note.createdAt} />
        {note.updatedAt > note.createdAt ? ' · edited' : ''}
        {state === 'shown' ? (
          <>
            {' · '}
            <button type="button" className="link-button" onClick={() => setState('edited')}>
              Edit
            </button>
            {' · '}
            <button type="button" className="link-button" onClick={() => setState('leaving')}>
              Delete
            </button>
          </>
        ) : (
          <>
            {' · Delete for good? '}
            <button type="button" className="link-button note-delete" onClick={() => void remove.run()}>
              Delete
            </button>
            {' · '}
            <button type="button" className="link-button" onClick={() => setState('shown')}>
              Keep
            </button>
          </>
        )}
      </p>
    </li>
  )
}

/** What the coach writes about a client for themselves, newest first. */
export const Notes = ({ clientId }: { readonly clientId: string }) => {
  const notes = useQuery(queries.notes.list.queryOptions({ input: { clientId } }))
  return (
    <section className="pane-section" aria-label="Notes">
      <h3>
        Notes <span className="muted">no client ever sees this</span>
      </h3>
      <NewNote clientId={clientId} />
      {notes.isError ? <Problem error={notes.error} onRetry={() => void notes.refetch()} /> : null}
      <ul className="notes" aria-label="Notes">
        {notes.data?.rows.map((note) => (
          <NoteRow key={note.id} note={note} />
        ))}
      </ul>
    </section>
  )
}
