import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CannedReply } from '../../../shared/contract/notes.ts'
import { Button } from '../../components/Button.tsx'
import { Problem } from '../../components/Problem.tsx'
import { plural } from '../../components/words.ts'
import { queries } from '../../transport/console.ts'
import { CannedForm } from './CannedForm.tsx'
import { Section } from './Section.tsx'

const CannedRow = ({ reply, onEdit }: { readonly reply: CannedReply; readonly onEdit: () => void }) => (
  <li className="canned-row">
    <div>
      <b>{reply.name}</b>{' '}
      <span className="small muted">
        {reply.timesUsed === 0 ? 'not used yet' : `used ${plural(reply.timesUsed, 'time')}`}
      </span>
      <p className="canned-row-text" dir="auto">
        {reply.text}
      </p>
    </div>
    <Button kind="quiet" aria-label={`Edit ${reply.name}`} onClick={onEdit}>
      Edit
    </Button>
  </li>
)

export const CannedSection = () => {
  const list = useQuery(queries.canned.list.queryOptions())
  const [editing, setEditing] = useState<string | null>(null)
  const close = () => setEditing(null)
  const rows = list.data?.rows ?? []
  return (
    <Section
      id="canned"
      title="Canned replies"
      lead={
        <>
          Texts you often send, at hand while you write. <code>{'{{first_name}}'}</code>, <code>{'{{name}}'}</code>,{' '}
          <code>{'{{coach_name}}'}</code> and <code>{'{{day}}'}</code> are filled in when you insert one.
        </>
      }
    >
      {list.isError ? <Problem error={list.error} onRetry={() => void list.refetch()} /> : null}
      {rows.length > 0 ? (
        <ul className="canned-rows" aria-label="Canned replies">
          {rows.map((reply) =>
            editing === reply.id ? (
              <li key={reply.id} className="canned-row is-edited">
                <CannedForm reply={reply} onDone={close} />
              </li>
            ) : (
              <CannedRow key={reply.id} reply={reply} onEdit={() => setEditing(reply.id)} />
            ),
          )}
        </ul>
      ) : null}
      {editing === 'new' ? (
        <div className="canned-row is-edited is-alone">
          <CannedForm onDone={close} />
        </div>
      ) : (
        <div className="row-of-buttons">
          <Button onClick={() => setEditing('new')}>New canned reply</Button>
        </div>
      )}
    </Section>
  )
}
