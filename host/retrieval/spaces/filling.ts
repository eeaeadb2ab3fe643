import type { Queries } from '../../../db/sqlite.ts'
import type { Tx, Write } from '../../../db/write.ts'
import { toProblem } from '../../../shared/problem.ts'
import type { Clock } from '../../clock.ts'
import { isLoopback } from '../../privacy/index.ts'
import { centreAndUse } from './centring.ts'
import { type Embedder, type EmbeddingServer, embeddingUrl } from './endpoint.ts'
import {
  countVectors,
  dropSome,
  keepVectors,
  nextToEmbed,
  type PassageToEmbed,
  retiredSpaces,
  type Space,
  setDetails,
  setProblem,
  spaceIn,
} from './store.ts'

interface Parts {
  readonly write: Write
  readonly queries: Queries
  readonly clock: Clock
  readonly embedder: Embedder
  readonly serverOf: (space: Space) => EmbeddingServer
  /** In the transaction that removes the last of a space. */
  readonly forgetKey: (tx: Tx, spaceId: string) => void
  readonly onVectors: (documentIds: readonly string[]) => void
}

const mostTexts = 32
/** As an answer: some servers write each figure on a line of its own. */
const bytesPerFigure = 32
const mostAnswerBytes = 6_000_000
const effort = { attempts: 5, timeoutMs: 120_000 }
const rowsDroppedAtOnce = 64
const leastToRecentre = 200
const recentreAtTimes = 4
/** Windows are told of progress so often at most. */
const tellEveryMs = 1_000
/** Fewer vectors say nothing about how long the rest takes. */
const leastForPace = 3 * mostTexts

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** The text that stands for a passage: what it belongs to, then what it says. */
const textOf = ({ title, headingPath, text }: PassageToEmbed): string =>
  [title, headingPath, text].filter((part) => part !== '').join('\n')

/** Fills the spaces of vectors, one run at a time. */
export const createFilling = ({ write, queries, clock, embedder, serverOf, forgetKey, onVectors }: Parts) => {
  let underWay: { readonly state: Space['state']; readonly abort: AbortController } | null = null
  let pace: { readonly spaceId: string; readonly since: number; made: number } | null = null
  let toldAt = Number.NEGATIVE_INFINITY

  const tell = (tx: Tx): void => {
    if (clock.now() - toldAt < tellEveryMs) return
    toldAt = clock.now()
    tx.changed('library')
  }

  /** Sends one batch and keeps its vectors; where it stopped, or null at the end of the library. */
  const fillSome = async (space: Space, after: number, signal: AbortSignal): Promise<number | null> => {
    const isLocal = isLoopback(embeddingUrl(space.details.baseUrl))
    const most = Math.max(1, Math.min(mostTexts, Math.floor(mostAnswerBytes / (space.dimensions * bytesPerFigure))))
    const wanted = { id: space.id, isLocal, leftOut: space.details.leftOut }
    const { passages, scannedTo } = nextToEmbed(queries, wanted, after, most)
    if (passages.length === 0) return scannedTo
    const errand = {
      purpose: 'embedding',
      clientId: passages[0]?.clientId ?? null,
      inPlaceOfTexts: JSON.stringify({ model: space.model, passages: passages.map(({ id }) => id) }),
    } as const
    const { vectors, refusal } = await embedder.embedEach(serverOf(space), passages.map(textOf), errand, {
      ...effort,
      signal,
    })
    const made = passages.flatMap(({ seq }, at) => {
      const vector = vectors[at]
      return vector ? [{ seq, vector }] : []
    })
    // A server that takes nothing at all has another trouble than these texts.
    if (refusal && made.length === 0 && countVectors(queries, space.id) === 0) throw refusal
    const isCurrent = write((tx) => {
      const now = spaceIn(tx.queries, space.state)
      if (now?.id !== space.id) return false
      keepVectors(tx, now, made)
      if (refusal) {
        const leftOut = passages.filter((_, at) => !vectors[at]).map(({ seq }) => seq)
        setDetails(tx, space.id, { ...now.details, leftOut: [...now.details.leftOut, ...leftOut] })
      }
      tell(tx)
      return true
    })
    if (!isCurrent) return null
    if (pace?.spaceId === space.id) pace.made += made.length
    if (space.state === 'active') onVectors([...new Set(passages.map(({ documentId }) => documentId))])
    return scannedTo
  }

  /** As fillSome; leaves the sentence with the space where it fails. */
  const tryToFillSome = async (space: Space, after: number, signal: AbortSignal): Promise<number | null> => {
    const abort = new AbortController()
    underWay = { state: space.state, abort }
    try {
      const scannedTo = await fillSome(space, after, AbortSignal.any([signal, abort.signal]))
      if (space.problem) write((tx) => setProblem(tx, space.id, null))
      return scannedTo
    } catch (error) {
      if (signal.aborted) throw error
      if (abort.signal.aborted) return after
      write((tx) => setProblem(tx, space.id, toProblem(error).message))
      throw error
    } finally {
      underWay = null
    }
  }

  const fillSpace = async (state: Space['state'], signal: AbortSignal): Promise<void> => {
    let after: number | null = 0
    for (;;) {
      const space = spaceIn(queries, state)
      if (space === null) return
      // Meanwhile the coach may have put another one in the place of the one that was being filled.
      if (pace?.spaceId !== space.id) {
        after = 0
        pace = { spaceId: space.id, since: clock.now(), made: 0 }
      }
      if (after === null) return settle(space, signal)
      after = await tryToFillSome(space, after, signal)
      signal.throwIfAborted()
      await breathe()
    }
  }

  const settle = async (space: Space, signal: AbortSignal): Promise<void> => {
    if (pace !== null && pace.made > 0) write((tx) => tx.changed('library'))
    if (!isDueForCentring(space)) return
    await centreAndUse({ write, queries }, space, signal)
    onVectors([])
  }

  const isDueForCentring = ({ id, state, details }: Space): boolean => {
    if (state === 'building') return true
    const vectors = countVectors(queries, id)
    return vectors >= leastToRecentre && vectors >= recentreAtTimes * details.centredFrom
  }

  const dropSomeOf = (id: string): boolean =>
    write((tx) => {
      if (dropSome(tx, id, rowsDroppedAtOnce)) return true
      forgetKey(tx, id)
      return false
    })

  const clearRetired = async (signal: AbortSignal): Promise<void> => {
    for (const id of retiredSpaces(queries)) {
      while (dropSomeOf(id)) {
        await breathe()
        signal.throwIfAborted()
      }
    }
  }

  const fill = async (signal: AbortSignal): Promise<void> => {
    try {
      signal.throwIfAborted()
      // What serves comes first: new documents are found by meaning while another space is being built.
      await fillSpace('active', signal)
      pace = null
      await fillSpace('building', signal)
    } finally {
      pace = null
      if (!signal.aborted) await clearRetired(signal)
    }
  }

  let last: Promise<void> = Promise.resolve()
  return {
    /** One run after the other; see createSpaces. */
    run: (signal: AbortSignal): Promise<void> => {
      const run = last.then(() => fill(signal))
      last = run.catch(() => undefined)
      return run
    },
    /** Breaks off what is on its way for a space that the coach gave up. */
    giveUp: (state: Space['state']): void => {
      if (underWay?.state === state) underWay.abort.abort()
    },
    /** Until so many more vectors are made, at the pace of this run; null while it cannot be told. */
    secondsLeft: (spaceId: string, missing: number): number | null => {
      if (pace?.spaceId !== spaceId || pace.made < leastForPace) return null
      return (missing * (clock.now() - pace.since)) / pace.made / 1_000
    },
  }
}
