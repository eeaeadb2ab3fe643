import type { SqliteDatabase } from '../../../db/sqlite.ts'
import type { Scope, ScoredChunk } from '../scope.ts'
import type { ServedDocument } from '../served.ts'
import { createBitTable } from './bitTable.ts'
import { dot, normalise, signBits } from './quantise.ts'
import { best, createSignEstimator, nearestSlots } from './shortlist.ts'
import { readVectors } from './store.ts'

/** What the index must know of a space. */
export interface IndexedSpace {
  readonly id: string
  readonly dimensions: number
  readonly centre: Float32Array | null
  readonly centring: number
}

export interface VectorQuery {
  readonly vector: Float32Array
  readonly scope: Scope
  readonly limit: number
  /** The least cosine that counts; absent: any. */
  readonly threshold?: number | null
}

export interface VectorIndex {
  /** Brings the bits in memory up to the data, one document a step, so that a caller may breathe in between. */
  refresh(): Generator<void, void>
  /** Documents whose vectors came or went without a new version of the document. */
  noteChanged(documentIds: readonly string[]): void
  /** The nearest passages by cosine, best first, of the data as it is now. */
  search(query: VectorQuery): ScoredChunk[]
  readonly size: () => number
  readonly bytes: () => number
}

interface Known {
  readonly number: number
  version: number
  clientId: string | null
}

// Measured on clustered vectors and on projections of real text: bits find, figures against signs order, floats decide.
const shortlistFor = (limit: number): number => Math.max(1_000, 20 * limit)

/** Short vectors keep less in their bits, and cost less to read. */
const rescoredFor = (limit: number, dimensions: number): number =>
  Math.max(100, 2 * limit, Math.round((200 * 768) / dimensions))

/** The bits of one space in memory, on a connection of its own; the data itself says what is found and for whom. */
export const createVectorIndex = (sqlite: SqliteDatabase, space: IndexedSpace): VectorIndex => {
  const reader = readVectors(sqlite, space)
  const table = createBitTable(space.dimensions)
  const known = new Map<string, Known>()
  const stale = new Set<string>()
  let documentOf = new Uint32Array(1_024)
  let seqOf = new Float64Array(1_024)
  let seenVersion = -1
  let nextNumber = 0
  let latestRefresh = 0

  const ensureRoom = (slots: number): void => {
    if (slots <= documentOf.length) return
    const capacity = Math.ceil(slots * 1.25)
    const [documents, seqs] = [new Uint32Array(capacity), new Float64Array(capacity)]
    documents.set(documentOf)
    seqs.set(seqOf)
    documentOf = documents
    seqOf = seqs
  }

  const dropSlotsOf = (document: number): void => {
    for (let slot = table.size() - 1; slot >= 0; slot -= 1) {
      if (documentOf[slot] !== document) continue
      const last = table.size() - 1
      table.remove(slot)
      documentOf[slot] = documentOf[last] ?? 0
      seqOf[slot] = seqOf[last] ?? 0
    }
  }

  const load = (document: ServedDocument): void => {
    const before = known.get(document.id)
    if (before !== undefined) dropSlotsOf(before.number)
    const number = before?.number ?? nextNumber++
    for (const { chunkSeq, bits } of reader.bitsOf(document)) {
      ensureRoom(table.size() + 1)
      const slot = table.add(bits)
      documentOf[slot] = number
      seqOf[slot] = chunkSeq
    }
    known.set(document.id, { number, version: document.version, clientId: document.clientId })
    stale.delete(document.id)
  }

  function* refresh(): Generator<void, void> {
    const version = reader.dataVersion()
    if (version === seenVersion && stale.size === 0) return
    latestRefresh += 1
    const refreshNumber = latestRefresh
    const documents = reader.documents()
    const present = new Set(documents.map(({ id }) => id))
    for (const [id, { number }] of known) {
      if (present.has(id)) continue
      dropSlotsOf(number)
      known.delete(id)
    }
    for (const document of documents) {
      const entry = known.get(document.id)
      if (entry !== undefined) entry.clientId = document.clientId
      if (entry?.version === document.version && !stale.has(document.id)) continue
      load(document)
      yield
      // A search did the rest meanwhile, from newer data.
      if (refreshNumber !== latestRefresh) return
    }
    for (const id of stale) if (!present.has(id)) stale.delete(id)
    seenVersion = version
  }

  /** One flag a document number. */
  const allowedIn = ({ reader: who, documentIds, tags }: Scope): Uint8Array => {
    const chosen = documentIds && new Set(documentIds)
    const tagged = tags && new Set(tags.flatMap((tag) => reader.documentsTagged(tag)))
    const flags = new Uint8Array(nextNumber)
    for (const [id, { number, clientId }] of known) {
      const isVisible = who.kind === 'coach' || clientId === null || clientId === who.clientId
      if (isVisible && chosen?.has(id) !== false && tagged?.has(id) !== false) flags[number] = 1
    }
    return flags
  }

  const centred = (query: Float32Array): Float32Array =>
    query.map((figure, dimension) => figure - (space.centre?.[dimension] ?? 0))

  const search = ({ vector, scope, limit, threshold }: VectorQuery): ScoredChunk[] => {
    const query = normalise(vector)
    if (query === null || query.length !== space.dimensions) return []
    const allowed = { documentOf, isAllowed: allowedIn(scope) }
    const distances = table.distances(signBits(query, space.centre))
    const shortlist = nearestSlots(distances, allowed, shortlistFor(limit))
    const estimate = createSignEstimator(centred(query))
    return (
      best(shortlist, (slot) => estimate(table.row(slot)), rescoredFor(limit, space.dimensions))
        .map((slot) => seqOf[slot] ?? 0)
        // In the order of the file: neighbours share pages.
        .sort((a, b) => a - b)
        .flatMap((chunkSeq) => {
          const row = reader.vectorOf(chunkSeq)
          return row === null ? [] : [{ chunkSeq, score: dot(query, row) }]
        })
        .filter(({ score }) => score >= (threshold ?? -1))
        .sort((a, b) => b.score - a.score)
        .slice(0, limit)
    )
  }

  return {
    refresh,
    noteChanged: (documentIds) => {
      for (const id of documentIds) stale.add(id)
    },
    search: (query) =>
      reader.atOnce(() => {
        for (const _ of refresh());
        return search(query)
      }),
    size: table.size,
    bytes: () => table.bytes() + documentOf.byteLength + seqOf.byteLength,
  }
}
