import { and, eq } from 'drizzle-orm'
import { aiEpisodicMemory } from '../../../db/schema/index.ts'
import type { Tx } from '../../../db/write.ts'
import { expiresAt } from '../decay.ts'
import { stemsOf } from '../words.ts'

/** So many words of a memory make a reply speak of it; of a memory with fewer words, all of them. */
const sharedWords = 2

/** Whether a reply speaks of something remembered: it holds two of its words that say something. */
export const speaksOf = (reply: string, remembered: string): boolean => {
  const said = new Set(stemsOf(reply))
  const stems = stemsOf(remembered)
  const shared = stems.filter((stem) => said.has(stem)).length
  return shared > 0 && shared >= Math.min(sharedWords, stems.length)
}

/** A reply that goes out now speaks of these episodes: they are counted and fade anew from here, slower than before. */
export const reinforceEpisodes = (tx: Tx, clientId: string, ids: readonly string[], now: number): void => {
  for (const id of ids) {
    const isIt = and(eq(aiEpisodicMemory.clientId, clientId), eq(aiEpisodicMemory.id, id))
    const row = tx.queries.select().from(aiEpisodicMemory).where(isIt).get()
    if (!row || row.forgottenAt !== null) continue
    const timesReferenced = row.timesReferenced + 1
    const lastReinforcedAt = Math.max(row.lastReinforcedAt, now)
    const reinforcements = row.evidenceCount - 1 + timesReferenced
    tx.queries
      .update(aiEpisodicMemory)
      .set({
        timesReferenced,
        lastReferencedAt: now,
        lastReinforcedAt,
        expiresAt: expiresAt({ type: row.memoryType, strength: row.strength, lastReinforcedAt, reinforcements }),
        updatedAt: now,
      })
      .where(isIt)
      .run()
    tx.changed('memory', clientId)
  }
}
