import { and, desc, eq, ne, type SQL, sql } from 'drizzle-orm'
import { aiEpisodicMemory, clients, episodeVectors } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { Tx } from '../../../db/write.ts'
import { toSteps } from './figures.ts'

export interface Moment {
  readonly seq: number
  readonly id: string
  /** The coach's words where they put it in their own, else the client's. */
  readonly text: string
}

const words = sql<string>`coalesce(${aiEpisodicMemory.correctedText}, ${aiEpisodicMemory.memoryDescription})`

// Written out, not bound: only then does SQLite see that the index of what holds can answer.
const mayBeFound = (clientId: string): SQL | undefined =>
  and(
    eq(aiEpisodicMemory.clientId, clientId),
    sql`${aiEpisodicMemory.isActive} = 1 AND ${aiEpisodicMemory.forgottenAt} IS NULL`,
    // What hurts is brought up only where the client's own words touch it.
    sql`${aiEpisodicMemory.isSensitive} = 0 AND trim(${words}) <> ''`,
  )

/** Moments of one client that have no vector in a space and have not expired, those said last first. */
export const momentsWithout = (
  queries: Queries,
  { clientId, spaceId, now }: { readonly clientId: string; readonly spaceId: string; readonly now: number },
  most: number,
): Moment[] =>
  queries
    .select({ seq: aiEpisodicMemory.seq, id: aiEpisodicMemory.id, text: words })
    .from(aiEpisodicMemory)
    .where(
      and(
        mayBeFound(clientId),
        sql`(${aiEpisodicMemory.expiresAt} IS NULL OR ${aiEpisodicMemory.expiresAt} > ${now} OR ${aiEpisodicMemory.pinnedAt} IS NOT NULL)`,
        sql`${aiEpisodicMemory.seq} NOT IN (SELECT ${episodeVectors.episodeSeq} FROM ${episodeVectors}
          WHERE ${episodeVectors.clientId} = ${clientId} AND ${episodeVectors.spaceId} = ${spaceId})`,
      ),
    )
    .orderBy(desc(aiEpisodicMemory.lastSaidAt))
    .limit(most)
    .all()

/** Keeps the vector of a moment that still says the same; null: there is none for these words. */
export const keepVector = (
  tx: Tx,
  { clientId, spaceId }: { readonly clientId: string; readonly spaceId: string },
  { seq, text }: Moment,
  vector: Float32Array | null,
): void => {
  const says = tx.queries
    .select({ seq: aiEpisodicMemory.seq })
    .from(aiEpisodicMemory)
    .where(and(mayBeFound(clientId), eq(aiEpisodicMemory.seq, seq), eq(words, text)))
    .get()
  if (says === undefined) return
  const row = { spaceId, vector: vector && toSteps(vector) }
  tx.queries
    .insert(episodeVectors)
    .values({ episodeSeq: seq, clientId, ...row })
    .onConflictDoUpdate({ target: episodeVectors.episodeSeq, set: row })
    .run()
}

/** Vectors of one client that were made in another space than this, or in any; some of them, by number. */
export const strayVectors = (queries: Queries, clientId: string, spaceId: string | null, most: number): number[] =>
  queries
    .select({ seq: episodeVectors.episodeSeq })
    .from(episodeVectors)
    .where(
      and(eq(episodeVectors.clientId, clientId), spaceId === null ? undefined : ne(episodeVectors.spaceId, spaceId)),
    )
    .limit(most)
    .all()
    .map(({ seq }) => seq)

export const dropVectors = (tx: Tx, clientId: string, seqs: readonly number[]): void => {
  for (const seq of seqs)
    tx.queries
      .delete(episodeVectors)
      .where(and(eq(episodeVectors.clientId, clientId), eq(episodeVectors.episodeSeq, seq)))
      .run()
}

/** What of one client would be sent to a new space: how many moments, and about how many tokens they have. */
export const sizeOfMoments = (queries: Queries, clientId: string): { moments: number; tokens: number } =>
  queries
    .select({
      moments: sql<number>`count(*)`,
      tokens: sql<number>`coalesce(sum((length(${words}) + 3) / 4), 0)`,
    })
    .from(aiEpisodicMemory)
    .where(mayBeFound(clientId))
    .get() ?? { moments: 0, tokens: 0 }

/** Whose moments come after those of this client; null at the end. */
export const clientAfter = (queries: Queries, after: string): { id: string; isSensitive: boolean } | null =>
  queries
    .select({ id: clients.id, isSensitive: clients.isSensitive })
    .from(clients)
    .where(sql`${clients.id} > ${after}`)
    .orderBy(clients.id)
    .limit(1)
    .get() ?? null

/** Whether nothing of a client may go to a server elsewhere; null where the client is gone. */
export const isSensitiveClient = (queries: Queries, clientId: string): boolean | null =>
  queries.select({ is: clients.isSensitive }).from(clients).where(eq(clients.id, clientId)).get()?.is ?? null
