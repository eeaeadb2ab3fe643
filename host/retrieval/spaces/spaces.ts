import type { Queries } from '../../../db/sqlite.ts'
import type { Tx, Write } from '../../../db/write.ts'
import type { SpaceStatus, WordsOnlyReason } from '../../../shared/contract/spaces.ts'
import { Problem, toProblem } from '../../../shared/problem.ts'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log/index.ts'
import { isLoopback, type PrivacyGate } from '../../privacy/index.ts'
import type { QuestionMeaning } from '../passageSearch.ts'
import { createEmbedder, type EmbeddingServer, embeddingUrl } from './endpoint.ts'
import { createFilling } from './filling.ts'
import { wantVectors } from './job.ts'
import { checked, isMadeBy, type Server, usualDimensions } from './made.ts'
import { createMomentEmbedding } from './moments.ts'
import {
  addSpace,
  countLibrary,
  countMissing,
  countVectors,
  isSensitiveClient,
  retire,
  type Space,
  setDetails,
  setProblem,
  spaceIn,
} from './store.ts'

/** What the coach enters to search by meaning. */
export interface SpaceSetup {
  /** Empty: the address of OpenAI. */
  readonly baseUrl: string
  readonly apiKey: string
  readonly model: string
  /** Figures a vector has; absent: 1,536 where the server can, else what the model gives. */
  readonly dimensions?: number
  /** US dollars per million tokens; 0: it costs nothing. */
  readonly priceUsd: number
}

/** What a run would send, and what it would cost by the price the coach gave. */
export interface CostEstimate {
  readonly passages: number
  /** Moments of clients, which would be sent beside them. */
  readonly moments: number
  /** Of all of it. */
  readonly tokens: number
  readonly usd: number
  /** Passages of sensitive clients, which stay on this machine. */
  readonly keptBack: number
}

/** Where the keys of the servers are kept. */
export interface SpaceKeys {
  of(spaceId: string): string
  keep(tx: Tx, spaceId: string, key: string, now: number): void
}

interface Parts {
  readonly write: Write
  readonly queries: Queries
  readonly gate: PrivacyGate
  readonly clock: Clock
  readonly log: Log
  readonly keys: SpaceKeys
  /** What is remembered of clients that a server would be sent. */
  readonly sizeOfMoments: (isLocal: boolean) => Promise<{ readonly moments: number; readonly tokens: number }>
  /** Told after a commit which documents got vectors; none: another space is in use. */
  readonly onVectors: (documentIds: readonly string[]) => void
  /** Told after a commit that queued the job which fills spaces. */
  readonly onWanted: () => void
}

const probe = 'What helps a person to keep a promise to themselves?'
const setUpEffort = { attempts: 1, timeoutMs: 30_000 }
/** A search does not wait longer than this for its meaning; words answer alone then. */
const questionEffort = { attempts: 1, timeoutMs: 3_000 }
/** After a failure questions are not sent for so long, or every search would wait in vain. */
const restAfterFailureMs = 30_000

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const isLocalServer = (baseUrl: string): boolean => isLoopback(embeddingUrl(baseUrl))

/** Spaces of vectors made by a server for search by meaning: set up, filled in the background, swapped, asked. */
export const createSpaces = (parts: Parts) => {
  const { write, queries, gate, clock, log, keys, onWanted } = parts
  const embedder = createEmbedder({ gate, clock })
  const filling = createFilling({
    ...parts,
    embedder,
    serverOf: (space) => serverOf(space),
    forgetKey: (tx, id) => keys.keep(tx, id, '', clock.now()),
    onVectors: (documentIds) => {
      if (documentIds.length === 0) forgetTrouble()
      parts.onVectors(documentIds)
    },
  })
  let restUntil = 0
  /** Why the last question got no meaning. */
  let trouble: string | null = null

  const serverOf = ({ id, model, dimensions, details }: Space): EmbeddingServer => ({
    baseUrl: details.baseUrl,
    apiKey: keys.of(id),
    model,
    dimensions,
    sendsDimensions: details.sendsDimensions,
  })

  const spacesHeld = (): Space[] => (['building', 'active'] as const).flatMap((state) => spaceIn(queries, state) ?? [])

  /** A sensitive client's words go to no server but one on this machine. */
  const staysHere = ({ details }: Space, clientId: string | null): boolean =>
    clientId !== null && !isLocalServer(details.baseUrl) && isSensitiveClient(queries, clientId)

  /** Finds out which size of vectors a server gives. Throws Problems with a sentence for the coach. */
  const tryOut = async (setup: SpaceSetup, signal: AbortSignal) => {
    const server = { baseUrl: setup.baseUrl, apiKey: setup.apiKey, model: setup.model }
    const ask = async (dimensions: number | null): Promise<number> => {
      const asked = { ...server, dimensions: null, sendsDimensions: false }
      const sized = { ...server, dimensions, sendsDimensions: true }
      const errand = { purpose: 'embedding', clientId: null } as const
      const effort = { ...setUpEffort, signal }
      const [vector] = await embedder.embed(dimensions === null ? asked : sized, [probe], errand, effort)
      return vector?.length ?? 0
    }
    const natural = await ask(null)
    const wanted = setup.dimensions ?? Math.min(natural, usualDimensions)
    if (natural === wanted) return checked({ dimensions: natural, sendsDimensions: false })
    try {
      return checked({ dimensions: await ask(wanted), sendsDimensions: true })
    } catch (error) {
      if (setup.dimensions !== undefined || signal.aborted) throw error
      return checked({ dimensions: natural, sendsDimensions: false })
    }
  }

  const statusOf = (state: Space['state']): SpaceStatus | null => {
    const space = spaceIn(queries, state)
    if (space === null) return null
    const { id, model, dimensions, problem, details } = space
    const { host } = embeddingUrl(details.baseUrl)
    const isLocal = isLocalServer(details.baseUrl)
    const { passages: all, keptBack } = countLibrary(queries, isLocal)
    const passages = countVectors(queries, id)
    const missing = Math.max(0, all - passages - details.leftOut.length)
    const secondsLeft = filling.secondsLeft(id, missing)
    const moments = isLocal || details.moments
    return { model, dimensions, host, isLocal, passages, missing, keptBack, moments, secondsLeft, problem }
  }

  const want = (tx: Tx): void => {
    wantVectors(tx, clock.now())
    tx.afterCommit(onWanted)
  }

  const forgetTrouble = (): void => {
    restUntil = 0
    trouble = null
  }

  return {
    /** Vectors of moments of clients, which memory keeps. */
    moments: createMomentEmbedding({ write, queries, embedder, serverOf }),

    /** The space that answers, and the one that is being built beside it. */
    status: (): { active: SpaceStatus | null; building: SpaceStatus | null } => {
      const active = statusOf('active')
      return { active: active && { ...active, problem: active.problem ?? trouble }, building: statusOf('building') }
    },

    /** What it would take to fill a new space, or to go on with the one being built. */
    estimate: async (wanted: Server & Pick<SpaceSetup, 'priceUsd'>): Promise<CostEstimate> => {
      const isLocal = isLocalServer(wanted.baseUrl)
      const same = spacesHeld().find((space) => isMadeBy(space, wanted))
      const id = same?.id ?? null
      const isDone = same?.state === 'active' && same.details.moments
      const { moments, tokens } = isDone ? { moments: 0, tokens: 0 } : await parts.sizeOfMoments(isLocal)
      const total = { passages: 0, moments, tokens, keptBack: 0 }
      for (let after = 0; ; ) {
        const some = countMissing(queries, { id, isLocal }, after)
        if (some === null) break
        total.passages += some.passages
        total.tokens += some.tokens
        total.keptBack += some.keptBack
        after = some.scannedTo
        await breathe()
      }
      return { ...total, usd: (total.tokens * wanted.priceUsd) / 1_000_000 }
    },

    /**
     * Tries a server out and begins a space with it; the one in use serves until the new one is full. What was made by
     * the same model of the same server is kept. Throws INVALID_INPUT, PRIVACY_BLOCKED and the MODEL_ problems, with
     * nothing changed.
     */
    setUp: async (setup: SpaceSetup, signal: AbortSignal): Promise<{ dimensions: number }> => {
      if (setup.model.trim() === '') throw new Problem('INVALID_INPUT', 'Name the model that makes the vectors.')
      const { dimensions, sendsDimensions } = await tryOut(setup, signal)
      const { baseUrl, model, apiKey, priceUsd } = setup
      write((tx) => {
        const now = clock.now()
        const same = spacesHeld().find((space) => isMadeBy(space, { baseUrl, model, dimensions }))
        if (same?.state !== 'building') {
          retire(tx, 'building')
          tx.afterCommit(() => filling.giveUp('building'))
        }
        if (same) {
          setDetails(tx, same.id, { ...same.details, priceUsd, moments: true })
          setProblem(tx, same.id, null)
        }
        const details = { baseUrl, sendsDimensions, priceUsd, moments: true }
        const id = same?.id ?? addSpace(tx, { model, dimensions, details }, now)
        keys.keep(tx, id, apiKey, now)
        want(tx)
      })
      forgetTrouble()
      return { dimensions }
    },

    /**
     * Asks the server of a space once, with another key if one is given, and goes on with what stopped. Throws NOT_FOUND
     * and the MODEL_ problems, with nothing changed.
     */
    tryAgain: async (which: Space['state'], apiKey: string | undefined, signal: AbortSignal): Promise<void> => {
      const space = spaceIn(queries, which)
      if (space === null) throw new Problem('NOT_FOUND')
      const server = serverOf(space)
      const errand = { purpose: 'embedding', clientId: null } as const
      await embedder.embed({ ...server, apiKey: apiKey ?? server.apiKey }, [probe], errand, { ...setUpEffort, signal })
      write((tx) => {
        setProblem(tx, space.id, null)
        if (apiKey !== undefined) keys.keep(tx, space.id, apiKey, clock.now())
        want(tx)
      })
      forgetTrouble()
    },

    /** Gives up the space being built; what serves stays. Its vectors and key go with the next fill. */
    cancelBuilding: (): void => {
      write((tx) => {
        retire(tx, 'building')
        want(tx)
      })
      filling.giveUp('building')
    },

    /** Goes back to searching by words alone. Vectors and keys go with the next fill. */
    turnOff: (): void => {
      write((tx) => {
        retire(tx, 'building')
        retire(tx, 'active')
        want(tx)
      })
      filling.giveUp('building')
      filling.giveUp('active')
      forgetTrouble()
      parts.onVectors([])
    },

    /** Why a question is searched by words alone, as far as the spaces decide it; see embedQuestion. */
    whyWordsOnly: (clientId: string | null): Exclude<WordsOnlyReason, 'starting'> => {
      const space = spaceIn(queries, 'active')
      if (space === null) return spaceIn(queries, 'building') ? 'filling' : 'no_space'
      return staysHere(space, clientId) ? 'sensitive' : 'unreachable'
    },

    /**
     * Sends what has no vector yet, in batches that are kept one by one; puts a space that is full into use; clears
     * away what is retired. A second call waits for the first. Throws the problem that it also leaves with the space.
     */
    fill: (signal: AbortSignal): Promise<void> => filling.run(signal),

    /** The meaning of a question; null where only words can be searched, for whatever reason. Never throws. */
    embedQuestion: async (
      text: string,
      clientId: string | null,
      signal: AbortSignal,
    ): Promise<QuestionMeaning | null> => {
      try {
        const space = spaceIn(queries, 'active')
        if (space === null || clock.now() < restUntil) return null
        if (staysHere(space, clientId)) return null
        const errand = { purpose: 'embedding', clientId } as const
        const [figures] = await embedder.embed(serverOf(space), [text], errand, { ...questionEffort, signal })
        trouble = null
        return figures ? { spaceId: space.id, figures, threshold: space.threshold } : null
      } catch (error) {
        if (!signal.aborted) {
          restUntil = clock.now() + restAfterFailureMs
          trouble = toProblem(error).message
          log('warn', 'question_without_meaning', { code: toProblem(error).code })
        }
        return null
      }
    },
  }
}
export type Spaces = ReturnType<typeof createSpaces>
