import type { Tx, Write } from '../../../db/write.ts'
import { Problem } from '../../../shared/problem.ts'
import type { Clock } from '../../clock.ts'
import { enqueueJob, type Job, type JobHandlers } from '../../jobs/index.ts'
import { isPassingProblem } from './refusal.ts'
import type { Spaces } from './spaces.ts'

const kind = 'fill_spaces'
/** Shorter than the lease of a job; what is left is done by the next one. */
const sliceMs = 8 * 60_000
const againAfterTroubleMs = 10 * 60_000

type Want = (tx: Tx, now: number, inMs?: number) => void

/** Has passages without a vector sent, soon; call it when passages came, and after setting up a space. */
export const wantVectors: Want = (tx, now, inMs = 0) =>
  enqueueJob(tx, { kind, dedupeKey: kind, payload: {}, runAt: now + inMs }, now)

/**
 * Has a job ask a server for vectors in slices. Trouble that may pass is met again in ten minutes; any other waits for
 * the coach, who finds it with the space.
 */
export const askInSlices = async (
  { write, clock }: { readonly write: Write; readonly clock: Clock },
  want: Want,
  { signal }: Pick<Job, 'signal'>,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> => {
  const slice = new AbortController()
  const lift = clock.after(sliceMs, () => slice.abort())
  try {
    await work(AbortSignal.any([signal, slice.signal]))
  } catch (error) {
    if (signal.aborted) throw error
    if (slice.signal.aborted) write((tx) => want(tx, clock.now()))
    else if (isPassingProblem(error)) write((tx) => want(tx, clock.now(), againAfterTroubleMs))
    else if (!(error instanceof Problem)) throw error
  } finally {
    lift()
  }
}

interface Parts {
  readonly write: Write
  readonly clock: Clock
  readonly spaces: Pick<Spaces, 'fill'>
  /** Told in a transaction after a run without trouble: another space may be in use, or none. */
  readonly onFilled?: (tx: Tx, now: number) => void
}

/** Fills spaces in slices; see askInSlices. */
export const fillSpacesJob = (parts: Parts): JobHandlers => ({
  [kind]: (job) =>
    askInSlices(parts, wantVectors, job, async (signal) => {
      await parts.spaces.fill(signal)
      parts.write((tx) => parts.onFilled?.(tx, parts.clock.now()))
    }),
})
