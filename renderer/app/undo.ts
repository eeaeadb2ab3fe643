import { create } from 'zustand'
import { notifyProblem } from './action.ts'

interface Undoable {
  /** What was done, as a short sentence: "Draft discarded". */
  readonly label: string
  /** What the note says at first, where the label is not the whole of it. */
  readonly says?: string
  readonly undo: () => Promise<unknown>
  /** Until when it can be taken back; milliseconds since 1970. Without it: some minutes. */
  readonly until?: number
}

interface UndoEntry extends Required<Omit<Undoable, 'says'>> {
  readonly id: number
}

interface UndoState {
  /** The newest last. */
  readonly entries: readonly UndoEntry[]
  /** What the note at the edge of the window says; `entryId` where there is something to take back. */
  readonly note: { readonly key: number; readonly words: string; readonly entryId: number | null } | null
}

const undoableMs = 5 * 60_000
const mostEntries = 30

export const useUndo = create<UndoState>(() => ({ entries: [], note: null }))

let made = 0
const nextId = (): number => {
  made += 1
  return made
}

const say = (words: string, entryId: number | null) => useUndo.setState({ note: { key: nextId(), words, entryId } })

const drop = (id: number) =>
  useUndo.setState(({ entries, note }) => ({
    entries: entries.filter((entry) => entry.id !== id),
    note: note?.entryId === id ? null : note,
  }))

const open = (entries: readonly UndoEntry[]) => entries.filter((entry) => entry.until > Date.now())

/** Says what was done and lets Z take it back. Gives a function that withdraws the offer. */
export const pushUndo = ({ label, says, undo, until = Date.now() + undoableMs }: Undoable): (() => void) => {
  const id = nextId()
  const entry = { id, label, undo, until }
  useUndo.setState(({ entries }) => ({ entries: [...open(entries), entry].slice(-mostEntries) }))
  say(says ?? label, id)
  return () => drop(id)
}

/** Says what was done and cannot be taken back; Z then takes back nothing older, for that would be another thing. */
export const sayDone = (words: string) => {
  useUndo.setState({ entries: [] })
  say(words, null)
}

/** What Z would take back now; undefined for nothing. */
export const lastUndoable = (): { readonly label: string } | undefined => open(useUndo.getState().entries).at(-1)

/** Takes back the last thing that still can be; each only once. */
export const undoLast = async (): Promise<void> => {
  const last = open(useUndo.getState().entries).at(-1)
  if (!last) return say('Nothing to undo', null)
  drop(last.id)
  try {
    await last.undo()
    say(`Undone: ${last.label}`, null)
  } catch (error) {
    notifyProblem(error)
  }
}

export const closeUndoNote = () => useUndo.setState({ note: null })
