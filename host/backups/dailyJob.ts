import type { Write } from '../../db/write.ts'
import type { Clock } from '../clock.ts'
import { enqueueJob, type JobHandlers } from '../jobs/index.ts'

interface DailyBackupParts {
  readonly write: Write
  readonly clock: Clock
  settings(): { readonly dailyBackup: boolean }
  backups(): { runDaily(): Promise<boolean> }
}

const kind = 'daily_backup'
const afterStartMs = 2 * 60_000
// Looking every hour catches up soon after a night's sleep; a backup is written once a day all the same.
const lookEveryMs = 60 * 60_000
// A full disk or a lost drive seldom comes right within the hour, and every try reads all of the data.
const afterFailureMs = 6 * 60 * 60_000

/** Handles the job that writes the daily backup, and queues it for the first time. */
export const dailyBackupJob = ({ write, clock, settings, backups }: DailyBackupParts): JobHandlers => {
  const schedule = (inMs: number): void => {
    const now = clock.now()
    write((tx) => enqueueJob(tx, { kind, dedupeKey: kind, payload: {}, runAt: now + inMs, maxAttempts: 1 }, now))
  }
  schedule(afterStartMs)
  return {
    [kind]: async ({ signal }) => {
      let nextInMs = afterFailureMs
      try {
        if (settings().dailyBackup) await backups().runDaily()
        nextInMs = lookEveryMs
      } finally {
        if (!signal.aborted) schedule(nextInMs)
      }
    },
  }
}
