import type { PastMessage, PastTask } from './messages.ts'
import { previewPast } from './preview.ts'
import { PastProblem } from './problem.ts'
import type { Texts } from './readers/index.ts'
import { type KeptTurn, selectPast } from './select.ts'

/** So many turns, or so many characters of them, go over at once: one short transaction of the host. */
const mostTurnsAtOnce = 300
const mostLettersAtOnce = 200_000

interface Doing {
  readonly tell: (message: PastMessage) => void
  /** Resolves when what was told last has been kept. */
  readonly isKept: () => Promise<void>
}

/** Does what the thread is asked with the text of a file, and tells what comes of it. Throws a PastProblem. */
export const performPast = async (task: PastTask, texts: Texts, { tell, isKept }: Doing): Promise<void> => {
  if (task.kind === 'preview') {
    tell({ kind: 'preview', preview: previewPast(texts, task.fileName, task) })
    return
  }
  let turns: KeptTurn[] = []
  let letters = 0
  const hand = async (): Promise<void> => {
    if (turns.length === 0) return
    tell({ kind: 'turns', turns })
    turns = []
    letters = 0
    await isKept()
  }
  const selecting = selectPast(texts, task)
  for (;;) {
    const next = selecting.next()
    if (next.done) {
      await hand()
      tell({ kind: 'selected', selected: next.value })
      return
    }
    turns.push(next.value)
    letters += next.value.content.length
    if (turns.length >= mostTurnsAtOnce || letters >= mostLettersAtOnce) await hand()
  }
}

export const toPastProblem = (error: unknown): PastProblem =>
  error instanceof PastProblem ? error : new PastProblem('reader_failed')
