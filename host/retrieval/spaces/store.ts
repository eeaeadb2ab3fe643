import { and, eq, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { newId } from '../../../db/ids.ts'
import { chunkBits, chunkVectors, clients, spaces } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { Tx } from '../../../db/write.ts'
import { signBits, toBlob, vectorFromBlob } from '../vectors/index.ts'

const details = z.object({
  baseUrl: z.string(),
  sendsDimensions: z.boolean(),
  /** US dollars per million tokens; 0: it costs nothing. */
  priceUsd: z.number(),
  /** The coach was told that moments of clients go there too. */
  moments: z.boolean().default(false),
  /** How many vectors its centre was taken from. */
  centredFrom: z.number().default(0),
  /** Passages that the server took in no length. */
  leftOut: z.array(z.number()).default([]),
})
export type SpaceDetails = z.infer<typeof details>

/** A space of vectors: one model of one server in one size. */
export interface Space {
  readonly id: string
  readonly state: 'building' | 'active'
  readonly model: string
  readonly dimensions: number
  readonly threshold: number | null
  readonly centre: Float32Array | null
  readonly centring: number
  /** Why it does not get on, in a sentence; null where nothing is wrong. */
  readonly problem: string | null
  readonly details: SpaceDetails
}

/** The space that is being built, or the one in use; null where there is none. */
export const spaceIn = (queries: Queries, state: Space['state']): Space | null => {
  const row = queries.select().from(spaces).where(eq(spaces.state, state)).get()
  if (row === undefined) return null
  const { id, model, dimensions, threshold, centring, problem } = row
  const centre = row.centre && vectorFromBlob(row.centre)
  return {
    id,
    state,
    model,
    dimensions,
    threshold,
    centre,
    centring,
    problem,
    details: details.parse(JSON.parse(row.details)),
  }
}

export const addSpace = (
  tx: Tx,
  space: Pick<Space, 'model' | 'dimensions'> & { readonly details: z.input<typeof details> },
  now: number,
): string => {
  const id = newId(now)
  const { model, dimensions } = space
  const row = { id, model, dimensions, state: 'building', createdAt: now } as const
  tx.queries
    .insert(spaces)
    .values({ ...row, details: JSON.stringify(details.parse(space.details)) })
    .run()
  tx.changed('library')
  return id
}

export const setProblem = (tx: Tx, spaceId: string, problem: string | null): void => {
  tx.queries.update(spaces).set({ problem }).where(eq(spaces.id, spaceId)).run()
  tx.changed('library')
}

export const setDetails = (tx: Tx, spaceId: string, changed: SpaceDetails): void => {
  tx.queries
    .update(spaces)
    .set({ details: JSON.stringify(changed) })
    .where(eq(spaces.id, spaceId))
    .run()
}

/** Takes spaces out of use; their vectors go later, in slices. */
export const retire = (tx: Tx, state: Space['state']): void => {
  tx.queries.update(spaces).set({ state: 'retired' }).where(eq(spaces.state, state)).run()
  tx.changed('library')
}

export const retiredSpaces = (queries: Queries): string[] =>
  queries
    .select({ id: spaces.id })
    .from(spaces)
    .where(eq(spaces.state, 'retired'))
    .all()
    .map(({ id }) => id)

/** Removes some vectors of a retired space; false once none are left and the space is gone itself. */
export const dropSome = (tx: Tx, spaceId: string, rows: number): boolean => {
  const seqs = tx.queries
    .select({ seq: chunkVectors.chunkSeq })
    .from(chunkVectors)
    .where(eq(chunkVectors.spaceId, spaceId))
    .limit(rows)
    .all()
    .map(({ seq }) => seq)
  if (seqs.length === 0) {
    tx.queries.delete(spaces).where(eq(spaces.id, spaceId)).run()
    return false
  }
  tx.queries
    .delete(chunkVectors)
    .where(and(eq(chunkVectors.spaceId, spaceId), inArray(chunkVectors.chunkSeq, seqs)))
    .run()
  return true
}

export interface PassageToEmbed {
  readonly seq: number
  readonly id: string
  readonly documentId: string
  readonly clientId: string | null
  readonly title: string
  readonly headingPath: string
  readonly text: string
}

/** Rows scanned for one batch at most, so that a client's message never waits long behind it. */
const window = 1_000

// A document that is being removed has no version and is paused; older versions are about to go.
const isWanted = sql`c.content_version >= d.content_version AND NOT (d.content_version = 0 AND d.state = 'paused')`
const isAllowed = (isLocal: boolean) =>
  isLocal ? sql`1` : sql`(d.client_id IS NULL OR d.client_id IN (SELECT id FROM clients WHERE is_sensitive = 0))`
const hasNone = (spaceId: string) =>
  sql`NOT EXISTS (SELECT 1 FROM chunk_vectors v WHERE v.space_id = ${spaceId} AND v.chunk_seq = c.seq)`

const endOfWindow = (queries: Queries, after: number): number | null =>
  queries.get<{ seq: number | null }>(
    sql`SELECT max(seq) AS seq FROM (SELECT seq FROM chunks WHERE seq > ${after} ORDER BY seq LIMIT ${window})`,
  )?.seq ?? null

/** Passages after `after` without a vector that may go to the server, all of one client or of none. */
export const nextToEmbed = (
  queries: Queries,
  space: { readonly id: string; readonly isLocal: boolean; readonly leftOut: readonly number[] },
  after: number,
  most: number,
): { readonly passages: PassageToEmbed[]; readonly scannedTo: number | null } => {
  const end = endOfWindow(queries, after)
  if (end === null) return { passages: [], scannedTo: null }
  const rows = queries.all<PassageToEmbed>(
    sql`SELECT c.seq, c.id, c.document_id AS documentId, d.client_id AS clientId, c.title,
          c.heading_path AS headingPath, c.text
        FROM chunks c JOIN documents d ON d.id = c.document_id
        WHERE c.seq > ${after} AND c.seq <= ${end} AND ${isWanted} AND ${isAllowed(space.isLocal)}
          AND ${hasNone(space.id)} AND c.seq NOT IN (SELECT value FROM json_each(${JSON.stringify(space.leftOut)}))
        ORDER BY c.seq LIMIT ${most}`,
  )
  const other = rows.findIndex(({ clientId }) => clientId !== rows[0]?.clientId)
  const passages = other === -1 ? rows : rows.slice(0, other)
  return { passages, scannedTo: passages.at(-1)?.seq ?? end }
}

/** Of the passages after `after`, what is without a vector: what may go, and what stays for a sensitive client. */
export const countMissing = (
  queries: Queries,
  { id, isLocal }: { readonly id: string | null; readonly isLocal: boolean },
  after: number,
): {
  readonly passages: number
  readonly tokens: number
  readonly keptBack: number
  readonly scannedTo: number
} | null => {
  const end = endOfWindow(queries, after)
  if (end === null) return null
  const row = queries.get<{ passages: number | null; tokens: number | null; all: number }>(
    sql`SELECT sum(${isAllowed(isLocal)}) AS passages, sum(CASE WHEN ${isAllowed(isLocal)} THEN c.tokens END) AS tokens,
          count(*) AS "all"
        FROM chunks c JOIN documents d ON d.id = c.document_id
        WHERE c.seq > ${after} AND c.seq <= ${end} AND ${isWanted} AND ${hasNone(id ?? '')}`,
  )
  const passages = row?.passages ?? 0
  return { passages, tokens: row?.tokens ?? 0, keptBack: (row?.all ?? 0) - passages, scannedTo: end }
}

/** Passages of the library as it is served: all that may go to a server, and what stays for sensitive clients. */
export const countLibrary = (queries: Queries, isLocal: boolean): { passages: number; keptBack: number } => {
  const row = queries.get<{ passages: number | null; all: number | null }>(
    sql`SELECT sum(CASE WHEN ${isAllowed(isLocal)} THEN d.passages END) AS passages, sum(d.passages) AS "all"
        FROM documents d WHERE d.content_version > 0`,
  )
  const passages = row?.passages ?? 0
  return { passages, keptBack: (row?.all ?? 0) - passages }
}

export const countVectors = (queries: Queries, spaceId: string): number =>
  queries.get<{ n: number }>(sql`SELECT count(*) AS n FROM chunk_vectors WHERE space_id = ${spaceId}`)?.n ?? 0

/** Keeps vectors of passages that are still there; with their bits where the space has been centred. */
export const keepVectors = (
  tx: Tx,
  space: Pick<Space, 'id' | 'state' | 'centre' | 'centring'>,
  vectors: readonly { readonly seq: number; readonly vector: Float32Array }[],
): void => {
  for (const { seq, vector } of vectors) {
    const kept = tx.queries.run(
      sql`INSERT OR IGNORE INTO chunk_vectors (space_id, chunk_seq, vector)
          SELECT ${space.id}, seq, ${toBlob(vector)} FROM chunks WHERE seq = ${seq}`,
    )
    if (kept.changes > 0 && space.state === 'active') keepBits(tx, space, seq, vector)
  }
}

export const keepBits = (
  tx: Tx,
  { id, centre, centring }: Pick<Space, 'id' | 'centre' | 'centring'>,
  chunkSeq: number,
  vector: Float32Array,
): void => {
  const bits = toBlob(signBits(vector, centre))
  tx.queries.insert(chunkBits).values({ spaceId: id, chunkSeq, centring, bits }).onConflictDoNothing().run()
}

/** Evenly spread vectors of a space, about so many, as their passages. */
export const sampleSeqs = (queries: Queries, spaceId: string, most: number): number[] => {
  const step = Math.max(1, Math.ceil(countVectors(queries, spaceId) / most))
  return queries
    .all<{ seq: number }>(
      sql`SELECT chunk_seq AS seq FROM chunk_vectors WHERE space_id = ${spaceId} AND chunk_seq % ${step} = 0`,
    )
    .map(({ seq }) => seq)
}

export const vectorsAt = (queries: Queries, spaceId: string, seqs: readonly number[]): Float32Array[] =>
  queries
    .select({ vector: chunkVectors.vector })
    .from(chunkVectors)
    .where(and(eq(chunkVectors.spaceId, spaceId), inArray(chunkVectors.chunkSeq, [...seqs])))
    .all()
    .map(({ vector }) => vectorFromBlob(vector))

/** Vectors after `after` that have no bits by a centring yet. */
export const withoutBits = (queries: Queries, space: Pick<Space, 'id' | 'centring'>, after: number, most: number) =>
  queries
    .all<{ seq: number; vector: Uint8Array }>(
      sql`SELECT v.chunk_seq AS seq, v.vector FROM chunk_vectors v WHERE v.space_id = ${space.id} AND v.chunk_seq > ${after}
            AND NOT EXISTS (SELECT 1 FROM chunk_bits b WHERE b.space_id = v.space_id AND b.chunk_seq = v.chunk_seq
                            AND b.centring = ${space.centring})
          ORDER BY v.chunk_seq LIMIT ${most}`,
    )
    .map(({ seq, vector }) => ({ seq, vector: vectorFromBlob(vector) }))

/** Removes some bits of any other centring than this one; false once there are none. */
export const dropOldBits = (tx: Tx, { id, centring }: Pick<Space, 'id' | 'centring'>, rows: number): boolean =>
  tx.queries.run(
    sql`DELETE FROM chunk_bits WHERE (space_id, chunk_seq, centring) IN
        (SELECT space_id, chunk_seq, centring FROM chunk_bits WHERE space_id = ${id} AND centring <> ${centring} LIMIT ${rows})`,
  ).changes > 0

/** Puts a centred space into use in place of the one before. */
export const putIntoUse = (
  tx: Tx,
  space: Pick<Space, 'id' | 'centre' | 'centring' | 'threshold' | 'details'>,
): void => {
  const { id, centre, centring, threshold } = space
  tx.queries
    .update(spaces)
    .set({ state: 'retired' })
    .where(and(eq(spaces.state, 'active'), sql`${spaces.id} <> ${id}`))
    .run()
  tx.queries
    .update(spaces)
    .set({
      state: 'active',
      centre: centre && toBlob(centre),
      centring,
      threshold,
      problem: null,
      details: JSON.stringify(space.details),
    })
    .where(eq(spaces.id, id))
    .run()
  tx.changed('library')
}

export const isSensitiveClient = (queries: Queries, clientId: string): boolean =>
  queries.select({ is: clients.isSensitive }).from(clients).where(eq(clients.id, clientId)).get()?.is ?? true
