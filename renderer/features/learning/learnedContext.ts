import { createContext, useContext } from 'react'
import type { host } from '../../transport/console.ts'

export type Overview = Awaited<ReturnType<typeof host.learning.overview>>
type Figure = Parameters<typeof host.learning.behind>[0]['figure']

/** A figure whose messages are asked for, and what to call them. */
export interface Shown {
  readonly figure: Figure
  readonly title: string
}

interface LearnedContext {
  /** Opens the messages behind a figure. */
  readonly show: (figure: Figure, title: string) => void
  /** Opens one analysis, to read or to put right. */
  readonly open: (interventionId: string, mode?: 'read' | 'correct') => void
}

const context = createContext<LearnedContext | null>(null)

export const LearnedProvider = context.Provider

/** What every figure of the page can do; only for what is shown on it. */
export const useLearned = (): LearnedContext => {
  const learned = useContext(context)
  if (!learned) throw new Error('This is shown outside the page of what was learned.')
  return learned
}
