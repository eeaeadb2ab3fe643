import './undo.css'
import { IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { Kbd } from '../components/Kbd.tsx'
import { useHeightVariable } from '../components/useHeightVariable.ts'
import { closeUndoNote, undoLast, useUndo } from './undo.ts'

const shownMs = 8_000

/** What was just done, with the way back; it stays while it is pointed at or focused. */
export const UndoNote = () => {
  const note = useUndo((undo) => undo.note)
  const entry = useUndo((undo) => undo.entries.find((each) => each.id === undo.note?.entryId))
  const [isHeld, setHeld] = useState(false)
  const key = note?.key
  const until = entry?.until
  useEffect(() => {
    if (key === undefined || isHeld) return
    const left = until === undefined ? shownMs : Math.min(shownMs, until - Date.now())
    const timer = setTimeout(closeUndoNote, left)
    return () => clearTimeout(timer)
  }, [key, until, isHeld])
  useEffect(() => closeUndoNote, [])
  const box = useHeightVariable('--undo-height')
  const hold = () => setHeld(true)
  const release = () => setHeld(false)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only keeps it from going away
    <div ref={box} className="undo" onPointerEnter={hold} onPointerLeave={release} onFocus={hold} onBlur={release}>
      <p role="status">{note?.words}</p>
      {note && entry ? (
        <button type="button" className="link-button" aria-keyshortcuts="z" onClick={() => void undoLast()}>
          Undo <Kbd>Z</Kbd>
        </button>
      ) : null}
      {note ? (
        <button type="button" className="undo-close" aria-label="Close" onClick={closeUndoNote}>
          <IconX size={14} aria-hidden="true" />
        </button>
      ) : null}
    </div>
  )
}
