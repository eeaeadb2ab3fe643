import type { Change, Topic } from '../shared/contract/events.ts'
import type { Queries, SqliteDatabase } from './sqlite.ts'

/** An open transaction. Everything in it is committed together or not at all. */
export interface Tx {
  readonly queries: Queries
  /** Tells windows, after the commit, what they should refetch. */
  changed(topic: Topic, id?: string): void
  /** Runs after the commit, never when it fails. */
  afterCommit(action: () => void): void
}

/** Runs work in BEGIN IMMEDIATE and publishes what changed once it is committed. Not re-entrant. */
export type Write = <T>(work: (tx: Tx) => T) => T

/** The one way to write: `publish` is told what changed, after each commit. */
export const createWriter = (sqlite: SqliteDatabase, queries: Queries, publish: (changes: Change[]) => void): Write => {
  return (work) => {
    if (sqlite.inTransaction) throw new Error('A transaction is already open; pass its Tx on instead.')
    const changes = new Map<string, Change>()
    const actions: (() => void)[] = []
    const tx: Tx = {
      queries,
      changed: (topic, id) => changes.set(`${topic}:${id ?? ''}`, id === undefined ? { topic } : { topic, id }),
      afterCommit: (action) => actions.push(action),
    }
    const result = sqlite.transaction(() => work(tx)).immediate()
    if (changes.size > 0) settled(() => publish([...changes.values()]))
    for (const action of actions) settled(action)
    return result
  }
}

/** What follows a commit must not make it look as if it had failed; the sweep at the next start makes up for it. */
const settled = (action: () => void): void => {
  try {
    action()
  } catch {
    // Nothing to undo: the transaction stands.
  }
}
