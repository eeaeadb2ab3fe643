import type { Queries } from '../../../db/sqlite.ts'
import type { Write } from '../../../db/write.ts'
import { toProblem } from '../../../shared/problem.ts'
import { isLoopback } from '../../privacy/index.ts'
import { type Embedder, type EmbeddingServer, embeddingUrl } from './endpoint.ts'
import { countVectors, type Space, setProblem, spaceIn } from './store.ts'

interface Parts {
  readonly write: Write
  readonly queries: Queries
  readonly embedder: Embedder
  readonly serverOf: (space: Space) => EmbeddingServer
}

/** The space in use, as far as it may hold moments of clients. */
export interface MomentSpace {
  readonly id: string
  /** Its server is this machine; else nothing of a sensitive client may be sent. */
  readonly isLocal: boolean
  /** Something stands in its way that waits for the coach, or is met again later. */
  readonly hasTrouble: boolean
}

export interface MomentText {
  readonly id: string
  readonly text: string
}

const effort = { attempts: 5, timeoutMs: 120_000 }

/** Vectors of what is remembered of clients, made in the space in use and kept by memory. */
export const createMomentEmbedding = ({ write, queries, embedder, serverOf }: Parts) => ({
  /** Null: there is none, or the coach set it up before moments went there and was not asked. */
  space: (): MomentSpace | null => {
    const space = spaceIn(queries, 'active')
    if (space === null) return null
    const isLocal = isLoopback(embeddingUrl(space.details.baseUrl))
    return isLocal || space.details.moments ? { id: space.id, isLocal, hasTrouble: space.problem !== null } : null
  },

  /**
   * Vectors of length 1 of moments of one client, in their order; null for one that the server takes in no length, and
   * for all where the space was put out of use meanwhile. The ledger names them by their ids. Throws the problem that it
   * also leaves with the space, and PRIVACY_BLOCKED where the client became sensitive, which it does not.
   */
  embed: async (
    spaceId: string,
    clientId: string,
    moments: readonly MomentText[],
    signal: AbortSignal,
  ): Promise<(Float32Array | null)[] | null> => {
    const space = spaceIn(queries, 'active')
    if (space?.id !== spaceId) return null
    const inPlaceOfTexts = JSON.stringify({ model: space.model, moments: moments.map(({ id }) => id) })
    const errand = { purpose: 'embedding', clientId, inPlaceOfTexts } as const
    const texts = moments.map(({ text }) => text)
    try {
      const { vectors, refusal } = await embedder.embedEach(serverOf(space), texts, errand, { ...effort, signal })
      // A server that takes nothing at all has another trouble than these texts.
      if (refusal && vectors.every((vector) => vector === null) && countVectors(queries, spaceId) === 0) throw refusal
      if (space.problem) write((tx) => setProblem(tx, spaceId, null))
      return spaceIn(queries, 'active')?.id === spaceId ? vectors : null
    } catch (error) {
      const problem = toProblem(error)
      if (!signal.aborted && problem.code !== 'PRIVACY_BLOCKED') write((tx) => setProblem(tx, spaceId, problem.message))
      throw error
    }
  },
})
export type MomentEmbedding = ReturnType<typeof createMomentEmbedding>
