import { notifications } from '@mantine/notifications'
import { useCallback, useRef, useState } from 'react'
import { queryClient } from '../transport/console.ts'
import { problemCode, problemSentence } from '../transport/problems.ts'

/** Tells the coach a sentence at the edge of the window. */
export const notify = (message: string, title?: string, kind: 'news' | 'failure' = 'news') => {
  notifications.show({
    message,
    ...(title ? { title } : {}),
    withBorder: true,
    ...(kind === 'failure' ? { className: 'is-failure' } : {}),
    autoClose: 7_000,
    closeButtonProps: { 'aria-label': 'Close' },
  })
}

/** Tells the coach why something failed, and refetches what another window may have changed. */
export const notifyProblem = (error: unknown) => {
  notify(problemSentence(error), undefined, 'failure')
  const code = problemCode(error)
  if (code === 'DRAFT_GONE' || code === 'CONFLICT' || code === 'NOT_FOUND') void queryClient.invalidateQueries()
}

/**
 * Something the coach does: never twice at once, and a failure becomes a notification.
 * Resolves with whether it worked.
 */
export const useAction = <Arguments extends unknown[]>(action: (...input: Arguments) => Promise<unknown>) => {
  const latest = useRef(action)
  latest.current = action
  const running = useRef(false)
  const [isRunning, setRunning] = useState(false)
  const run = useCallback(async (...input: Arguments): Promise<boolean> => {
    if (running.current) return false
    running.current = true
    setRunning(true)
    try {
      await latest.current(...input)
      return true
    } catch (error) {
      notifyProblem(error)
      return false
    } finally {
      running.current = false
      setRunning(false)
    }
  }, [])
  return { run, isRunning }
}
