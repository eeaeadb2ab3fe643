import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import type { Queries } from '../../../db/sqlite.ts'
import type { Tx, Write } from '../../../db/write.ts'
import type { Change } from '../../../shared/contract/events.ts'
import { toProblem } from '../../../shared/problem.ts'
import type { Clock } from '../../clock.ts'
import { enqueueJob, type JobHandlers } from '../../jobs/index.ts'
import type { Log } from '../../log/index.ts'
import { askInSlices, type MomentEmbedding } from '../../retrieval/index.ts'
import { createMomentFilling } from './filling.ts'
import { clientAfter, isSensitiveClient, sizeOfMoments } from './store.ts'

const kind = 'embed_moments'
const everybody = 'everybody'
const payload = z.object({ clientId: z.string().nullable() })
/** What is read or corrected within this time is sent together. */
const gatherMs = 10_000

/** Has moments without a vector sent: of one client, or of everybody. */
export const wantMeaning = (tx: Tx, clientId: string | null, now: number, inMs = 0): void =>
  enqueueJob(
    tx,
    {
      kind,
      dedupeKey: clientId ?? everybody,
      payload: { clientId },
      runAt: now + inMs,
      ...(clientId === null ? {} : { clientId }),
    },
    now,
  )

interface Parts {
  readonly write: Write
  readonly queries: Queries
  readonly clock: Clock
  readonly embedding: MomentEmbedding
}

/** The job that gives moments their vectors, with trouble met as when spaces are filled. */
export const meaningJobs = (parts: Parts): JobHandlers => {
  const filling = createMomentFilling(parts)
  return {
    [kind]: (job) => {
      const { clientId } = payload.parse(job.payload)
      // What is met again later is met for everybody: who came meanwhile was not queued.
      const again = (tx: Tx, now: number, inMs = 0) => wantMeaning(tx, null, now, inMs)
      return askInSlices(parts, again, job, (signal) => filling.run(clientId, signal))
    },
  }
}

/**
 * Has moments that changed sent anew, told of every commit. Where nothing is set up nothing is queued; in trouble neither,
 * for what ends the trouble looks at everybody, as the next start does.
 */
export const meaningFollows =
  ({ write, clock, embedding, log }: Omit<Parts, 'queries'> & { readonly log: Log }, onWanted: () => void) =>
  (changes: readonly Change[]): void => {
    const changed = changes.flatMap(({ topic, id }) => (topic === 'memory' && id !== undefined ? [id] : []))
    if (changed.length === 0) return
    try {
      const space = embedding.space()
      if (space === null || space.hasTrouble) return
      write((tx) => {
        for (const clientId of changed) {
          const isSensitive = isSensitiveClient(tx.queries, clientId)
          if (isSensitive === false || (isSensitive && space.isLocal)) wantMeaning(tx, clientId, clock.now(), gatherMs)
        }
      })
      onWanted()
    } catch (error) {
      // Others are told of the same commit after this.
      log('warn', 'moments_not_queued', { code: toProblem(error).code })
    }
  }

/** What of clients a new space would be sent, tokens by the length of the words; a remote one nothing of sensitive ones. */
export const sizeOfMeaning = async (
  queries: Queries,
  isLocal: boolean,
): Promise<{ readonly moments: number; readonly tokens: number }> => {
  const total = { moments: 0, tokens: 0 }
  for (let client = clientAfter(queries, ''); client !== null; client = clientAfter(queries, client.id)) {
    if (client.isSensitive && !isLocal) continue
    const { moments, tokens } = sizeOfMoments(queries, client.id)
    total.moments += moments
    total.tokens += tokens
    await nextTurn()
  }
  return total
}
