import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ChangeEvent, type DragEvent, useRef, useState } from 'react'
import type { PastImport as Import } from '../../../shared/contract/past.ts'
import { notify, useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { Problem } from '../../components/Problem.tsx'
import { dayThere } from '../../components/time.ts'
import { host, queries } from '../../transport/console.ts'
import { PastDialog } from './PastDialog.tsx'
import { countWords, formatWords, keptWords, leftOutWords, periodWords } from './pastWords.ts'
import { usePastFlow } from './usePastFlow.ts'
import './past.css'

export const pastLead =
  'Conversations you had before, and what you have written yourself. The clone learns from them how you speak. Nothing leaves this machine for that.'

interface RemoveProps {
  readonly row: Import
  readonly onClose: () => void
}

const RemoveImport = ({ row, onClose }: RemoveProps) => {
  const remove = useAction(async () => {
    await host.past.remove({ importId: row.id })
    onClose()
    notify('It is taken out again, and so is what was learned from it.')
  })
  return (
    <Modal opened onClose={onClose} title="Take this out again?" closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className="stack">
        <p dir="auto">
          <b className="past-name">{row.name}</b>
        </p>
        <p>
          The {countWords(row.turns, 'message')} kept of it go, and what was learned from them. The file on your
          computer is not touched; you can take it in again.
        </p>
        <div className="row-of-buttons">
          <Button kind="danger" isBusy={remove.isRunning} onClick={() => void remove.run()}>
            {remove.isRunning ? 'Removing…' : 'Remove'}
          </Button>
          <Button kind="primary" data-autofocus onClick={onClose}>
            Keep
          </Button>
        </div>
      </div>
    </Modal>
  )
}

const whose = ({ format, clients }: Import): string => {
  if (format === 'writing') return formatWords.writing
  return clients.length === 0
    ? `${formatWords[format]}, only your words`
    : `${formatWords[format]} with ${clients.join(', ')}`
}

const ImportRow = ({ row, onRemove }: { readonly row: Import; readonly onRemove: () => void }) => {
  const period = periodWords(row.firstAt, row.lastAt)
  const remarks = [...leftOutWords(row.counts).map((words) => `Left out: ${words}`), ...keptWords(row.counts)]
  return (
    <li className="past-row">
      <div>
        <b className="past-name" dir="auto">
          {row.name}
        </b>
        <p className="small muted">
          {whose(row)} · {countWords(row.coachTurns, 'message')} of yours
          {row.turns > row.coachTurns ? ` among ${countWords(row.turns, 'message')}` : ''}
          {period ? ` · ${period}` : ''} · taken in on {dayThere(row.createdAt, null)}
        </p>
        {remarks.length > 0 ? (
          <details className="more small">
            <summary>What was left out</summary>
            <ul>
              {remarks.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          </details>
        ) : null}
      </div>
      <Button kind="quiet" aria-label={`Remove ${row.name}`} onClick={onRemove}>
        Remove
      </Button>
    </li>
  )
}

/** What was taken in of the time before the clone, and the way to take in more. */
export const PastImport = () => {
  const list = useQuery(queries.past.list.queryOptions())
  const flow = usePastFlow()
  const field = useRef<HTMLInputElement>(null)
  const [removing, setRemoving] = useState<Import | null>(null)
  const [isOver, setOver] = useState(false)
  const take = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const [file] = currentTarget.files ?? []
    if (file) void flow.begin(file)
    // The same file may be chosen again.
    currentTarget.value = ''
  }
  const over = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setOver(true)
  }
  const drop = (event: DragEvent) => {
    const [file] = event.dataTransfer.files
    event.preventDefault()
    setOver(false)
    if (file) void flow.begin(file)
  }
  const rows = list.data?.rows ?? []
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a second way; the button is the first
    <div
      className={`past ${isOver ? 'is-over' : ''}`}
      onDragEnter={over}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {list.isError ? <Problem error={list.error} onRetry={() => void list.refetch()} /> : null}
      {rows.length > 0 ? (
        <ul className="past-rows" aria-label="Past conversations taken in">
          {rows.map((row) => (
            <ImportRow key={row.id} row={row} onRemove={() => setRemoving(row)} />
          ))}
        </ul>
      ) : null}
      <div className="row-of-buttons">
        <input
          ref={field}
          type="file"
          hidden
          data-adds="past"
          accept=".json,.txt,.csv,.tsv,.md,.markdown,text/plain,text/csv,application/json"
          onChange={take}
        />
        <Button onClick={() => field.current?.click()}>Choose a file…</Button>
        <span className="small muted">or drop it here</span>
      </div>
      <p className="small muted">
        From Telegram Desktop: Export chat history, as machine-readable JSON. From WhatsApp: Export chat, without media.
        Tables (.csv), transcripts and your own writing as plain text work too, up to 500 MB.
      </p>
      {flow.step ? <PastDialog step={flow.step} flow={flow} underWay={list.data?.underWay ?? null} /> : null}
      {removing ? <RemoveImport row={removing} onClose={() => setRemoving(null)} /> : null}
    </div>
  )
}
