import { and, eq, isNull } from 'drizzle-orm'
import {
  aiEpisodicMemory,
  clientInsights,
  learnedUserPreferences,
  relationshipContext,
} from '../../../db/schema/index.ts'
import type { Tx } from '../../../db/write.ts'
import type { MemoryLayer } from '../../../shared/taxonomy/memory.ts'
import { dropEvidenceOfItem, evidenceOfItem, itemTables, plansToldBy, refold } from '../items/index.ts'
import type { Doing } from './act.ts'
import { type ItemName, itemNamed } from './item.ts'
import { summariseAgain } from './summaries.ts'

/**
 * Forgets an item for good: its text, its evidence and what summaries quote of it. Only its hash stays, by which it is known
 * when it is said again, and then not remembered. `withEarlier`: also what it took the place of; else the last of that holds
 * again. Messages stay as they are. Throws NOT_FOUND.
 */
export const forgetItem = (tx: Tx, named: ItemName & { readonly withEarlier: boolean }, doing: Doing): void => {
  const { clientId, layer, withEarlier } = named
  const item = itemNamed(tx.queries, named)
  const gone = withEarlier ? [item, ...replacedBy(tx, named)] : [item]
  const evidence = gone.flatMap(({ itemKey }) => evidenceOfItem(tx.queries, clientId, layer, itemKey))
  for (const { seq, itemKey } of gone) {
    erase(tx, { clientId, layer, seq }, doing.now)
    dropEvidenceOfItem(tx, clientId, layer, itemKey)
  }
  const victories = evidence.filter(({ layer: of, kind }) => of === 'episodic' && kind === 'victory')
  for (const slot of [{ layer, slot: item.slot }, ...plansToldBy(tx.queries, clientId, victories)])
    refold(tx, clientId, slot, doing.now)
  summariseAgain(tx, { clientId, evidence }, doing.sessionGapMinutes, doing.now)
  tx.changed('memory', clientId)
}

const replacedBy = (tx: Tx, { clientId, layer, itemId }: ItemName) => {
  const table = itemTables[layer]
  return tx.queries
    .select({ seq: table.seq, itemKey: table.itemKey })
    .from(table)
    .where(and(eq(table.clientId, clientId), eq(table.supersededBy, itemId), isNull(table.forgottenAt)))
    .all()
}

const nothing = {
  evidenceCount: 0,
  firstSaidAt: 0,
  lastSaidAt: 0,
  isActive: false,
  supersededBy: null,
  isSensitive: false,
  sensitiveMark: null,
  pinnedAt: null,
  correctedText: null,
} as const

const erase = (
  tx: Tx,
  { clientId, layer, seq }: { clientId: string; layer: MemoryLayer; seq: number },
  now: number,
): void => {
  const marks = { ...nothing, forgottenAt: now, updatedAt: now }
  switch (layer) {
    case 'insight':
      tx.queries
        .update(clientInsights)
        .set({
          ...marks,
          content: '',
          state: 'dropped',
          stateAt: null,
          coachState: null,
          coachStateAt: null,
          dueFrom: null,
          dueTo: null,
          dueText: null,
          effectivenessScore: null,
          confidence: 0,
        })
        .where(and(eq(clientInsights.clientId, clientId), eq(clientInsights.seq, seq)))
        .run()
      return
    case 'episodic':
      tx.queries
        .update(aiEpisodicMemory)
        .set({
          ...marks,
          memoryDescription: '',
          originalTimestamp: 0,
          sourceId: '',
          strength: 0,
          lastReinforcedAt: 0,
          timesReferenced: 0,
          lastReferencedAt: null,
          emotionalValence: 0,
          tags: '[]',
          expiresAt: null,
        })
        .where(and(eq(aiEpisodicMemory.clientId, clientId), eq(aiEpisodicMemory.seq, seq)))
        .run()
      return
    case 'preference':
      tx.queries
        .update(learnedUserPreferences)
        .set({
          ...marks,
          preferenceKey: '',
          preferenceValue: '',
          preferenceText: '',
          confidence: 0,
          learnedFrom: '[]',
          lastConfirmedAt: 0,
        })
        .where(and(eq(learnedUserPreferences.clientId, clientId), eq(learnedUserPreferences.seq, seq)))
        .run()
      return
    case 'relationship':
      tx.queries
        .update(relationshipContext)
        .set({ ...marks, content: '', confidence: 0 })
        .where(and(eq(relationshipContext.clientId, clientId), eq(relationshipContext.seq, seq)))
        .run()
  }
}
