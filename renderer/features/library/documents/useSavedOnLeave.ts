import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { notifyProblem } from '../../../app/action.ts'

/**
 * A text that is saved when the coach leaves the field, presses Enter or goes elsewhere, and not at every pause:
 * a document is read anew under each new title. Takes over what the host has whenever nothing unsaved stands in it;
 * one that is needed comes back when it was emptied.
 */
export const useSavedOnLeave = (saved: string, save: (text: string) => Promise<unknown>, isNeeded = false) => {
  const [text, setText] = useState(saved)
  const unsaved = useRef<string | null>(null)
  const latest = useRef({ saved, save })
  latest.current = { saved, save }
  useEffect(() => {
    if (unsaved.current === null) setText(saved)
  }, [saved])
  const settle = useRef(() => {
    const due = unsaved.current
    unsaved.current = null
    if (due === null || due === latest.current.saved) return
    if (isNeeded && due.trim() === '') return setText(latest.current.saved)
    latest.current.save(due).catch((error: unknown) => {
      setText(latest.current.saved)
      notifyProblem(error)
    })
  })
  useEffect(() => settle.current, [])
  return {
    value: text,
    onChange: (next: string) => {
      setText(next)
      unsaved.current = next
    },
    onBlur: () => settle.current(),
    onKeyDown: ({ key, nativeEvent }: KeyboardEvent) => {
      if (key === 'Enter' && !nativeEvent.isComposing) settle.current()
    },
  }
}
