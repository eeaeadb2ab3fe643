import type { Tx } from '../../../db/write.ts'
import type { Evidence } from '../items/index.ts'
import { readSlice, wantAllMemory } from '../remember/index.ts'
import { emptyRollUps, emptySummary, sessionAt } from '../sessions/index.ts'

interface Told {
  readonly clientId: string
  /** What a summary may quote. */
  readonly evidence: readonly Pick<Evidence, 'conversationId' | 'messageSeq'>[]
}

/**
 * Makes the summaries in which some evidence may stand anew, in the transaction that changed it. They are emptied first, so
 * that nothing of it is left should there be more sessions than are read at once; a job reads the others.
 */
export const summariseAgain = (tx: Tx, { clientId, evidence }: Told, sessionGapMinutes: number, now: number): void => {
  const dates = new Set<string>()
  for (const { conversationId, messageSeq } of evidence) {
    const session = sessionAt(tx.queries, { clientId, conversationId }, messageSeq)
    if (session === undefined || session.lastSeq < messageSeq) continue
    emptySummary(tx, clientId, session.seq)
    dates.add(session.localDate)
  }
  if (dates.size === 0) return
  emptyRollUps(tx, clientId, dates)
  const conversations = new Set(evidence.map(({ conversationId }) => conversationId))
  const isMore = [...conversations].map((id) => readSlice(tx, id, sessionGapMinutes, now).isMore)
  if (isMore.includes(true)) wantAllMemory(tx, now, 0)
}
