import { useEffect, useRef, useState } from 'react'
import { notifyProblem } from '../app/action.ts'

const saveAfterMs = 600

/**
 * A text field that saves itself: shortly after the last key, on leaving, and when it goes away.
 * Takes over what the host has whenever nothing unsaved stands in it.
 */
export const useSaving = (saved: string, save: (text: string) => Promise<unknown>) => {
  const [text, setText] = useState(saved)
  const unsaved = useRef<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latestSave = useRef(save)
  latestSave.current = save

  useEffect(() => {
    if (unsaved.current === null) setText(saved)
  }, [saved])

  const flush = useRef(() => {
    clearTimeout(timer.current)
    const due = unsaved.current
    if (due === null) return
    latestSave.current(due).then(() => {
      if (unsaved.current === due) unsaved.current = null
    }, notifyProblem)
  })
  useEffect(() => flush.current, [])

  return {
    value: text,
    onChange: (next: string) => {
      setText(next)
      unsaved.current = next
      clearTimeout(timer.current)
      timer.current = setTimeout(flush.current, saveAfterMs)
    },
    onBlur: flush.current,
  }
}
