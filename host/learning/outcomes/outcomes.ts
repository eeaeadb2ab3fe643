import type { Tx, Write } from '../../../db/write.ts'
import type { Clock } from '../../clock.ts'
import { enqueueJob, type JobHandlers } from '../../jobs/index.ts'
import { viewReaction } from '../analysis/index.ts'
import { repliesToRead, rewriteOutcomes, saveReaction, wordsAround } from './store.ts'

const kind = 'reactions'
const repliesAtOnce = 20
const betweenMs = 50

/**
 * Reads how clients took replies that they answered, or whose answer changed: at most 20, in the caller's transaction.
 * True where more may be waiting. The rest of an outcome is kept in step by the database (db/migrations/outcomes.ts).
 */
export const readReactions = (tx: Tx): boolean => {
  const due = repliesToRead(tx.queries, repliesAtOnce)
  for (const { sentSeq, ...reply } of due) {
    const words = sentSeq === null ? null : wordsAround(tx.queries, { ...reply, sentSeq })
    const view = words === null ? null : viewReaction(words.before, words.reply, words.after)
    saveReaction(tx, reply.executionId, view?.reaction ?? null)
  }
  return due.length === repliesAtOnce
}

/** Writes the outcomes of one client, or of all, anew from drafts, messages and the coach's marks: the same rows. */
export const recomputeOutcomes = (tx: Tx, clientId?: string): void => {
  rewriteOutcomes(tx, clientId)
  while (readReactions(tx));
}

/** Has the reactions read that are due; call it once a client paused, and at a start. */
export const wantReactions = (tx: Tx, now: number, inMs = 0): void =>
  enqueueJob(tx, { kind, dedupeKey: kind, payload: {}, runAt: now + inMs }, now)

/** Reads reactions in small transactions, so that nobody waits for them. */
export const reactionJobs = ({ write, clock }: { readonly write: Write; readonly clock: Clock }): JobHandlers => ({
  [kind]: async () => {
    write((tx) => (readReactions(tx) ? wantReactions(tx, clock.now(), betweenMs) : undefined))
  },
})
