import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import type { Queries } from '../../../db/sqlite.ts'
import type { Tx, Write } from '../../../db/write.ts'
import type { Clock } from '../../clock.ts'
import { enqueueJob, type JobHandlers } from '../../jobs/index.ts'
import { countUnread, nextUnread, threadOf } from './progressStore.ts'
import { readSlice, recipeFor } from './slice.ts'

const kind = 'remember'
const backlogKind = 'remember_backlog'
const payload = z.object({ conversationId: z.string() })
/** A client who paused this long has said what they had to say, for now. */
const quietMs = 90_000
/** So many messages are read without waiting for a pause. */
const manyMessages = 20
/** What is longer than this is left to the backlog, which holds no more than one place among the jobs. */
const slicesAtOnce = 6
const backlogSlices = 20
const betweenSlicesMs = 20
const betweenBacklogsMs = 500
const backlogAfterStartMs = 30_000

/** Has a conversation read once the client pauses; call it in the transaction in which something was said or changed. */
export const wantMemory = (tx: Tx, conversationId: string, now: number): void => {
  const thread = threadOf(tx.queries, conversationId)
  if (!thread) return
  const isMuch = countUnread(tx.queries, thread, manyMessages) >= manyMessages
  enqueueAt(tx, thread, isMuch ? now : now + quietMs, now)
}

const enqueueAt = (
  tx: Tx,
  { conversationId, clientId }: { conversationId: string; clientId: string },
  runAt: number,
  now: number,
): void => enqueueJob(tx, { kind, dedupeKey: conversationId, clientId, payload: { conversationId }, runAt }, now)

/** Has everything read that never was: after a new version, a restore, or a change of time zone or settings. */
export const wantAllMemory = (tx: Tx, now: number, inMs = backlogAfterStartMs): void =>
  enqueueJob(tx, { kind: backlogKind, dedupeKey: backlogKind, payload: {}, runAt: now + inMs }, now)

interface Parts {
  readonly write: Write
  readonly queries: Queries
  readonly clock: Clock
  readonly sessionGapMinutes: () => number
  /** Told in the transaction in which a conversation was read up. */
  readonly onRead?: (tx: Tx, conversationId: string, now: number) => void
}

/** Jobs that read what clients said into memory, a slice and a transaction at a time, with pauses in between. */
export const rememberJobs = ({ write, queries, clock, sessionGapMinutes, onRead }: Parts): JobHandlers => {
  const pause = (ms: number): Promise<unknown> =>
    ms === 0 ? nextTurn() : new Promise<void>((resolve) => clock.after(ms, resolve))

  /** False where more is left than was to be read at once. */
  const readUp = async (
    conversationId: string,
    slices: number,
    pauseMs: number,
    signal: AbortSignal,
  ): Promise<boolean> => {
    for (let done = 0; done < slices; done += 1) {
      signal.throwIfAborted()
      const { isMore } = write((tx) => readSlice(tx, conversationId, sessionGapMinutes(), clock.now()))
      if (!isMore) return true
      await pause(pauseMs)
    }
    return false
  }

  return {
    [kind]: async (job) => {
      const { conversationId } = payload.parse(job.payload)
      const isDone = await readUp(conversationId, slicesAtOnce, 0, job.signal)
      write((tx) => {
        const now = clock.now()
        if (!isDone) return wantAllMemory(tx, now, 0)
        onRead?.(tx, conversationId, now)
        // Once more when the session is over: what the coach answered belongs to it.
        const thread = threadOf(tx.queries, conversationId)
        const endsAt = (thread?.lastMessageAt ?? 0) + sessionGapMinutes() * 60_000
        if (thread && endsAt > now) enqueueAt(tx, thread, endsAt + 1, now)
      })
    },
    [backlogKind]: async ({ signal }) => {
      const next = nextUnread(queries, (timeZone) => recipeFor(timeZone, sessionGapMinutes()))
      if (next === null) return
      await readUp(next, backlogSlices, betweenSlicesMs, signal)
      write((tx) => {
        onRead?.(tx, next, clock.now())
        wantAllMemory(tx, clock.now(), betweenBacklogsMs)
      })
    },
  }
}

/**
 * Reads everything that memory has not read yet, at once. For tests and for what is read in bulk; the jobs do the same with
 * pauses.
 */
export const rememberAll = (
  { write, queries }: Pick<Parts, 'write' | 'queries'>,
  { sessionGapMinutes, now }: { sessionGapMinutes: number; now: number },
): void => {
  for (;;) {
    const next = nextUnread(queries, (timeZone) => recipeFor(timeZone, sessionGapMinutes))
    if (next === null) return
    while (write((tx) => readSlice(tx, next, sessionGapMinutes, now)).isMore);
  }
}
