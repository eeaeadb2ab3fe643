import type { Tx, Write } from '../../../db/write.ts'
import { Problem } from '../../../shared/problem.ts'
import type { Clock } from '../../clock.ts'
import { enqueueJob, type JobHandlers } from '../../jobs/index.ts'
import { isPassingProblem } from './refusal.ts'
import type { Spaces } from './spaces.ts'

const kind = 'fill_spaces'
/** Shorter than the lease of a job; what is left is done by the next one. */
const sliceMs = 8 * 60_000
const againAfterTroubleMs = 10 * 60_000

/** Has passages without a vector sent, soon; call it when passages came, and after setting up a space. */
export const wantVectors = (tx: Tx, now: number, inMs = 0): void =>
  enqueueJob(tx, { kind, dedupeKey: kind, payload: {}, runAt: now + inMs }, now)

interface Parts {
  readonly write: Write
  readonly clock: Clock
  readonly spaces: Pick<Spaces, 'fill'>
}

/**
 * Fills spaces in slices. Trouble that may pass is met again in ten minutes; any other waits for the coach, who finds it
 * with the space.
 */
export const fillSpacesJob = ({ write, clock, spaces }: Parts): JobHandlers => ({
  [kind]: async ({ signal }) => {
    const slice = new AbortController()
    const lift = clock.after(sliceMs, () => slice.abort())
    try {
      await spaces.fill(AbortSignal.any([signal, slice.signal]))
    } catch (error) {
      if (signal.aborted) throw error
      if (slice.signal.aborted) write((tx) => wantVectors(tx, clock.now()))
      else if (isPassingProblem(error)) write((tx) => wantVectors(tx, clock.now(), againAfterTroubleMs))
      else if (!(error instanceof Problem)) throw error
    } finally {
      lift()
    }
  },
})
