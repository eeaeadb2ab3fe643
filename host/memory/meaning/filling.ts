import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Queries } from '../../../db/sqlite.ts'
import type { Write } from '../../../db/write.ts'
import { Problem } from '../../../shared/problem.ts'
import type { Clock } from '../../clock.ts'
import type { MomentEmbedding } from '../../retrieval/index.ts'
import { clientAfter, dropVectors, isSensitiveClient, keepVector, momentsWithout, strayVectors } from './store.ts'

interface Parts {
  readonly write: Write
  readonly queries: Queries
  readonly clock: Clock
  readonly embedding: MomentEmbedding
}

const momentsAtOnce = 32
const droppedAtOnce = 64

/** Gives moments their vectors in the space in use, and takes away those of any other, one run at a time. */
export const createMomentFilling = ({ write, queries, clock, embedding }: Parts) => {
  const dropStray = async (clientId: string, signal: AbortSignal): Promise<void> => {
    for (;;) {
      const stray = strayVectors(queries, clientId, embedding.space()?.id ?? null, droppedAtOnce)
      if (stray.length === 0) return
      write((tx) => dropVectors(tx, clientId, stray))
      await nextTurn()
      signal.throwIfAborted()
    }
  }

  /** Sends one batch of one client and keeps its vectors; false where nothing is left to be sent. */
  const fillSome = async (clientId: string, signal: AbortSignal): Promise<boolean> => {
    const space = embedding.space()
    if (space === null || (!space.isLocal && isSensitiveClient(queries, clientId) !== false)) return false
    const place = { clientId, spaceId: space.id }
    const moments = momentsWithout(queries, { ...place, now: clock.now() }, momentsAtOnce)
    if (moments.length === 0) return false
    const vectors = await embedding.embed(space.id, clientId, moments, signal)
    if (vectors !== null)
      write((tx) => {
        for (const [at, moment] of moments.entries()) keepVector(tx, place, moment, vectors[at] ?? null)
      })
    return true
  }

  const fillClient = async (clientId: string, signal: AbortSignal): Promise<void> => {
    try {
      do {
        await dropStray(clientId, signal)
        signal.throwIfAborted()
      } while (await fillSome(clientId, signal))
    } catch (error) {
      // They were marked as sensitive meanwhile, or erased: nothing of them left.
      const isKeptIn = error instanceof Problem && ['PRIVACY_BLOCKED', 'NOT_FOUND'].includes(error.code)
      if (!isKeptIn) throw error
    }
  }

  const fillAll = async (signal: AbortSignal): Promise<void> => {
    for (let client = clientAfter(queries, ''); client !== null; client = clientAfter(queries, client.id)) {
      await fillClient(client.id, signal)
      await nextTurn()
      signal.throwIfAborted()
    }
  }

  let last: Promise<void> = Promise.resolve()
  return {
    /** One client, or everybody where none is named; a second call waits for the first, so that nothing is paid twice. */
    run: (clientId: string | null, signal: AbortSignal): Promise<void> => {
      const run = last.then(() => (clientId === null ? fillAll(signal) : fillClient(clientId, signal)))
      last = run.catch(() => undefined)
      return run
    },
  }
}
