import { and, eq } from 'drizzle-orm'
import { aiEpisodicMemory } from '../../../db/schema/index.ts'
import type { Tx } from '../../../db/write.ts'
import { maxMemoryLength } from '../../../shared/limits.ts'
import { Problem } from '../../../shared/problem.ts'
import { expiresAt } from '../decay.ts'
import { evidenceOfItem, itemTables, refold } from '../items/index.ts'
import { type ItemName, itemNamed } from './item.ts'
import { summariseAgain } from './summaries.ts'

/** When it is done, and after how long a silence a session ends: what summaries are made by. */
export interface Doing {
  readonly now: number
  readonly sessionGapMinutes: number
}

type CoachColumns = Partial<
  Pick<typeof aiEpisodicMemory.$inferInsert, 'correctedText' | 'pinnedAt' | 'sensitiveMark' | 'isSensitive'>
>

const change = (tx: Tx, { clientId, layer, itemId }: ItemName, columns: CoachColumns, now: number): void => {
  const table = itemTables[layer]
  tx.queries
    .update(table)
    .set({ ...columns, updatedAt: now })
    .where(and(eq(table.clientId, clientId), eq(table.id, itemId)))
    .run()
  tx.changed('memory', clientId)
}

const requote = (tx: Tx, { clientId, layer }: ItemName, itemKey: string, doing: Doing): void => {
  const evidence = evidenceOfItem(tx.queries, clientId, layer, itemKey)
  summariseAgain(tx, { clientId, evidence }, doing.sessionGapMinutes, doing.now)
}

/**
 * Puts an item in the coach's words, in summaries too; null goes back to what was read, and an item that no message says
 * any more then goes. Throws NOT_FOUND, and INVALID_INPUT for an empty or too long text.
 */
export const correctItem = (tx: Tx, named: ItemName & { readonly text: string | null }, doing: Doing): void => {
  const { itemKey, slot } = itemNamed(tx.queries, named)
  const text = named.text?.replace(/\s+/gu, ' ').trim() ?? null
  if (text === '')
    throw new Problem('INVALID_INPUT', 'Write how it should read. To have it remembered no longer, choose Forget.')
  if (text !== null && text.length > maxMemoryLength)
    throw new Problem(
      'INVALID_INPUT',
      `This is too long to be remembered. Shorten it to ${maxMemoryLength} characters.`,
    )
  change(tx, named, { correctedText: text }, doing.now)
  // Also what falls due when may be other words now.
  if (text === null || named.layer === 'insight') refold(tx, named.clientId, { layer: named.layer, slot }, doing.now)
  requote(tx, named, itemKey, doing)
}

/** What is pinned does not fade, and stays when no message says it any more. Throws NOT_FOUND. */
export const pinItem = (tx: Tx, named: ItemName & { readonly isPinned: boolean }, { now }: Doing): void => {
  const { slot } = itemNamed(tx.queries, named)
  change(tx, named, { pinnedAt: named.isPinned ? now : null }, now)
  if (!named.isPinned) refold(tx, named.clientId, { layer: named.layer, slot }, now)
}

/** The coach's word on whether an item is sensitive, which no later reading changes. Throws NOT_FOUND. */
export const markItemSensitive = (tx: Tx, named: ItemName & { readonly isSensitive: boolean }, doing: Doing): void => {
  const { itemKey } = itemNamed(tx.queries, named)
  change(tx, named, { sensitiveMark: named.isSensitive, isSensitive: named.isSensitive }, doing.now)
  requote(tx, named, itemKey, doing)
}

/** Makes a faded moment as strong as it was, as if it had been said again. Throws NOT_FOUND. */
export const bringBack = (
  tx: Tx,
  { clientId, itemId }: { readonly clientId: string; readonly itemId: string },
  { now }: Doing,
): void => {
  itemNamed(tx.queries, { clientId, layer: 'episodic', itemId })
  const isThis = and(eq(aiEpisodicMemory.clientId, clientId), eq(aiEpisodicMemory.id, itemId))
  const before = tx.queries.select().from(aiEpisodicMemory).where(isThis).get()
  if (!before) return
  const timesReferenced = before.timesReferenced + 1
  const reinforcements = before.evidenceCount - 1 + timesReferenced
  const { memoryType: type, strength } = before
  tx.queries
    .update(aiEpisodicMemory)
    .set({
      timesReferenced,
      lastReferencedAt: now,
      lastReinforcedAt: now,
      expiresAt: expiresAt({ type, strength, lastReinforcedAt: now, reinforcements }),
      updatedAt: now,
    })
    .where(isThis)
    .run()
  tx.changed('memory', clientId)
}
