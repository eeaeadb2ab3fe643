import { z } from 'zod'
import type { SqliteDatabase } from '../../db/sqlite.ts'
import type { RankedPassage } from './fusion.ts'
import { createFuser } from './hybrid.ts'
import type { Scope, ScoredChunk } from './scope.ts'
import { createVectorIndex, type VectorIndex, vectorFromBlob } from './vectors/index.ts'
import type { WordIndex } from './words/wordIndex.ts'

/** The passages whose words fit a question best, best first. */
export type WordSearch = (question: string, scope: Scope, limit: number) => ScoredChunk[]

/** A question's vector, and the space it belongs to. */
export interface QueryVector {
  readonly spaceId: string
  readonly figures: Float32Array
}

/** What a question means, and from where on something else means as much. */
export interface QuestionMeaning extends QueryVector {
  /** Cosine above which two texts count as being about the same; null while there are too few to tell. */
  readonly threshold: number | null
}

export interface Question {
  /** In the asker's words. */
  readonly text: string
  /** Null: only words are searched. */
  readonly vector: QueryVector | null
  readonly scope: Scope
  readonly limit: number
}

export interface Passages {
  readonly hits: RankedPassage[]
  /** Whether vectors took part; else only words were searched. */
  readonly usedVectors: boolean
  /** How much of the question stands in the best passage, 0 to 1 (see WordHits); null where it is not known. */
  readonly coverage: number | null
}

/** So many of each way of searching are fused. */
const perWay = (limit: number): number => Math.max(30, 2 * limit)

/** Searches by words alone, where there are no vectors or the search worker is not there. */
export const createWordOnlySearch = (sqlite: SqliteDatabase, words: WordSearch) => {
  const fuser = createFuser(sqlite)
  return ({ text, scope, limit }: Question): Passages => ({
    hits: fuser({ words: words(text, scope, perWay(limit)), vectors: [] }, scope, limit),
    usedVectors: false,
    coverage: null,
  })
}

const activeSpace = z
  .tuple([
    z.string(),
    z.number(),
    z.custom<Uint8Array>((value) => value instanceof Uint8Array).nullable(),
    z.number(),
    z.number().nullable(),
  ])
  .optional()

interface Held {
  readonly spaceId: string
  readonly centring: number
  readonly index: VectorIndex
  isComplete: boolean
}

/** Searches by words and by the vectors of the space that is in use, which it finds out by itself. */
export const createPassageSearch = (sqlite: SqliteDatabase, words: WordIndex) => {
  const fuser = createFuser(sqlite)
  const active = sqlite
    .prepare("SELECT id, dimensions, centre, centring, threshold FROM spaces WHERE state = 'active'")
    .raw()
  let held: Held | null = null

  const lookAtSpace = (): { readonly threshold: number | null } | null => {
    const row = activeSpace.parse(active.get())
    if (row === undefined) {
      held = null
      return null
    }
    const [id, dimensions, centre, centring, threshold] = row
    if (held?.spaceId !== id || held.centring !== centring) {
      const space = { id, dimensions, centring, centre: centre && vectorFromBlob(centre) }
      held = { spaceId: id, centring, index: createVectorIndex(sqlite, space), isComplete: false }
    }
    return { threshold }
  }

  const vectorHits = ({ vector, scope, limit }: Question): ScoredChunk[] | null => {
    const space = lookAtSpace()
    if (vector === null || space === null || held === null || !held.isComplete) return null
    if (held.spaceId !== vector.spaceId) return null
    return held.index.search({ vector: vector.figures, scope, limit: perWay(limit), threshold: space.threshold })
  }

  return {
    search: (question: Question): Passages => {
      const vectors = vectorHits(question)
      const { hits, coverage } = words.search(question.text, question.scope, perWay(question.limit))
      const found = { words: hits, vectors: vectors ?? [] }
      return { hits: fuser(found, question.scope, question.limit), usedVectors: vectors !== null, coverage }
    },
    /**
     * Brings what is in memory up to the data, in steps between which a caller may do something else. After a search
     * in between it is to be begun anew.
     */
    *refresh(): Generator<void, void> {
      lookAtSpace()
      const now = held
      if (now !== null) {
        yield* now.index.refresh()
        now.isComplete = true
      }
      yield* words.refresh()
    },
    /** Documents whose vectors came or went while their text stayed. */
    noteChanged: (documentIds: readonly string[]): void => held?.index.noteChanged(documentIds),
    /** Whether everything is in memory that searching can use. */
    isComplete: (): boolean => held?.isComplete !== false && words.isComplete(),
    /** How many passages are searched by words. */
    size: words.size,
    /** Memory held beside the database's own. */
    bytes: (): number => words.bytes() + (held?.index.bytes() ?? 0),
  }
}
