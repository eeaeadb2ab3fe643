import { z } from 'zod'
import type { SqliteDatabase } from '../../db/sqlite.ts'
import { type Found, fuse, fuseRanks, type PassageFacts, type RankedPassage } from './fusion.ts'
import type { Scope } from './scope.ts'

const row = z.tuple([z.string(), z.number(), z.string(), z.string(), z.number()]).optional()

/** So many of the fused ranks are looked at more closely for every passage asked for. */
const looksPerHit = 6
const leastLooks = 40

// At most a tenth, and half of that after five replies: proven documents break ties, and new ones are not shut out.
const largestLift = 0.1
const halfwayUses = 5
const priorOf = (timesUsed: number): number => (largestLift * timesUsed) / (timesUsed + halfwayUses)

/** Fuses what the ways of searching found, on the data as it is: what is gone or not for this reader drops out. */
export const createFuser = (sqlite: SqliteDatabase) => {
  const served = `SELECT c.document_id, c.position, c.content_hash, c.text, d.times_used FROM chunks c
    JOIN documents d ON d.id = c.document_id AND d.content_version = c.content_version WHERE c.seq = ?`
  const forCoach = sqlite.prepare(served).raw()
  const forClient = sqlite.prepare(`${served} AND (d.client_id IS NULL OR d.client_id = ?)`).raw()

  const factsOf = (chunkSeq: number, { reader }: Scope): PassageFacts | null => {
    const found = row.parse(reader.kind === 'coach' ? forCoach.get(chunkSeq) : forClient.get(chunkSeq, reader.clientId))
    if (found === undefined) return null
    const [documentId, position, contentHash, text, timesUsed] = found
    return { chunkSeq, documentId, position, contentHash, text, documentPrior: priorOf(timesUsed) }
  }

  return (found: Found, scope: Scope, limit: number): RankedPassage[] => {
    const candidates = fuseRanks(found).slice(0, Math.max(leastLooks, looksPerHit * limit))
    const facts = new Map<number, PassageFacts>()
    for (const { chunkSeq } of candidates) {
      const fact = factsOf(chunkSeq, scope)
      if (fact !== null) facts.set(chunkSeq, fact)
    }
    return fuse(found, facts, { limit })
  }
}
