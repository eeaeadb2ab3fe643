import { lt } from 'drizzle-orm'
import { channelDedupe } from '../db/schema/index.ts'
import type { Tx, Write } from '../db/write.ts'
import type { SettingsValues } from '../shared/contract/settings.ts'
import type { Clock } from './clock.ts'
import { enqueueJob, forgetEndedJobs, type JobHandlers } from './jobs/index.ts'
import type { PrivacyGate } from './privacy/index.ts'
import { resumeWaiting } from './replies/index.ts'

const dedupeKeptMs = 14 * 24 * 3_600_000
const endedJobsKeptMs = 7 * 24 * 3_600_000
const ledgerKeptMs = 90 * 24 * 3_600_000
// Soon after the start, so that short sessions sweep too.
const afterStartMs = 60_000
const everyMs = 6 * 3_600_000

interface Parts {
  readonly write: Write
  readonly clock: Clock
  readonly gate: Pick<PrivacyGate, 'sweepLedger'>
  readonly settings: () => SettingsValues
}

/** Has old rows of the machine swept away soon; to be called at each start. */
export const wantSweep = (tx: Tx, now: number): void => sweepIn(tx, now, afterStartMs)

const sweepIn = (tx: Tx, now: number, inMs: number): void => {
  enqueueJob(tx, { kind: 'sweep', dedupeKey: 'sweep', payload: {}, runAt: now + inMs }, now)
}

/** Lets go of what is kept for a time only: the ledger, numbers of updates, jobs that ended. */
export const sweepJob = ({ write, clock, gate, settings }: Parts): JobHandlers => ({
  sweep: async () => {
    const now = clock.now()
    gate.sweepLedger(now - ledgerKeptMs)
    write((tx) => {
      tx.queries
        .delete(channelDedupe)
        .where(lt(channelDedupe.seenAt, now - dedupeKeptMs))
        .run()
      forgetEndedJobs(tx, now - endedJobsKeptMs)
      // A new day brings a new budget; who is still out of it is called about again.
      resumeWaiting(tx, ['budget'], settings(), now)
      sweepIn(tx, now, everyMs)
    })
  },
})
