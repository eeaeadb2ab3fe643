import './canned.css'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { CannedReply } from '../../../shared/contract/notes.ts'
import { hrefTo } from '../../app/router.ts'
import { Problem } from '../../components/Problem.tsx'
import { firstName } from '../../components/words.ts'
import { queries } from '../../transport/console.ts'
import { fillVariables } from './variables.ts'

interface CannedPickerProps {
  readonly clientName: string
  readonly timeZone: string | null
  /** It was opened by a slash, which is what the coach meant to type if nothing is chosen. */
  readonly isFromSlash: boolean
  readonly onChoose: (text: string, cannedReplyId: string) => void
  /** `words` were typed and meant for the reply; without `isLeft` the cursor goes back there. */
  readonly onClose: (words: string, isLeft: boolean) => void
}

const today = (timeZone: string | null): string => {
  try {
    return new Intl.DateTimeFormat(undefined, { weekday: 'long', ...(timeZone ? { timeZone } : {}) }).format()
  } catch {
    return new Intl.DateTimeFormat(undefined, { weekday: 'long' }).format()
  }
}

const matches = (reply: CannedReply, words: readonly string[]): boolean => {
  const whole = `${reply.name} ${reply.text}`.toLowerCase()
  return words.every((word) => whole.includes(word))
}

/** Those named so first, then those used most. */
const found = (rows: readonly CannedReply[], typed: string): CannedReply[] => {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const isNamed = (reply: CannedReply) => Number(words.every((word) => reply.name.toLowerCase().includes(word)))
  return rows
    .filter((reply) => matches(reply, words))
    .sort((a, b) => isNamed(b) - isNamed(a) || b.timesUsed - a.timesUsed || a.name.localeCompare(b.name))
}

/** Finds a canned reply by a few letters and gives its text with the client's name and the like filled in. */
export const CannedPicker = ({ clientName, timeZone, isFromSlash, onChoose, onClose }: CannedPickerProps) => {
  const canned = useQuery(queries.canned.list.queryOptions())
  const settings = useQuery(queries.settings.get.queryOptions()).data
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const frame = useRef<HTMLDivElement>(null)
  const rows = found(canned.data?.rows ?? [], typed)
  const chosen = rows[Math.min(at, rows.length - 1)]
  const values = {
    first_name: firstName(clientName),
    name: clientName,
    coach_name: settings?.coachName ?? '',
    day: today(timeZone),
  }
  useEffect(() => {
    if (chosen) document.getElementById(`canned-${chosen.id}`)?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const choose = (reply: CannedReply | undefined) => reply && onChoose(fillVariables(reply.text, values), reply.id)
  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, rows.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else if (event.key === 'Enter') choose(chosen)
    else if (event.key === 'Escape') onClose(isFromSlash && typed === '' ? '/' : '', false)
    else if (event.key === 'Backspace' && typed === '') onClose('', false)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      ref={frame}
      className="canned"
      role="dialog"
      aria-label="Canned replies"
      onBlur={(event) => {
        if (!document.hasFocus() || (event.relatedTarget && frame.current?.contains(event.relatedTarget))) return
        onClose('', true)
      }}
    >
      <input
        className="canned-field"
        role="combobox"
        aria-label="Find a canned reply"
        aria-expanded={rows.length > 0}
        aria-controls="canned-list"
        aria-activedescendant={chosen ? `canned-${chosen.id}` : undefined}
        placeholder="Find a canned reply…"
        // biome-ignore lint/a11y/noAutofocus: it was just asked for, and what is typed next is meant for it
        autoFocus
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={press}
      />
      {rows.length > 0 ? (
        <div id="canned-list" className="canned-list" role="listbox" aria-label="Canned replies">
          {rows.map((reply) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys of the whole list
            <div
              key={reply.id}
              id={`canned-${reply.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={reply === chosen}
              className="canned-option"
              onClick={() => choose(reply)}
            >
              <b>{reply.name}</b>
              <span dir="auto">{fillVariables(reply.text, values)}</span>
            </div>
          ))}
        </div>
      ) : null}
      {canned.isError ? <Problem error={canned.error} onRetry={() => void canned.refetch()} /> : null}
      {canned.isSuccess && rows.length === 0 ? (
        <p className="canned-none">
          {canned.data.rows.length === 0 ? 'You have no canned replies yet.' : 'None with these words.'}{' '}
          <a href={hrefTo('settings', 'canned')}>Write them in Settings</a>
        </p>
      ) : null}
    </div>
  )
}
