import { and, count, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import {
  aiEpisodicMemory,
  clientInsights,
  learnedUserPreferences,
  relationshipContext,
} from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { MemoryLayer } from '../../../shared/taxonomy/memory.ts'

export const itemTables = {
  insight: clientInsights,
  episodic: aiEpisodicMemory,
  preference: learnedUserPreferences,
  relationship: relationshipContext,
} as const satisfies Record<MemoryLayer, unknown>

/** How many items hold of a client, in all layers. */
export const countItems = (queries: Queries, clientId: string): number => {
  const counts = Object.values(itemTables).map((table) =>
    queries
      .select({ items: count() })
      .from(table)
      .where(and(eq(table.clientId, clientId), eq(table.isActive, true), isNull(table.forgottenAt)))
      .get(),
  )
  return counts.reduce((sum, one) => sum + (one?.items ?? 0), 0)
}

interface Named {
  readonly layer: MemoryLayer
  readonly itemKey: string
}

const byLayer = (items: readonly Named[]) =>
  [...Map.groupBy(items, ({ layer }) => layer)].map(([layer, each]) => ({
    layer,
    keys: [...new Set(each.map(({ itemKey }) => itemKey))],
  }))

/** Tells of some items which the coach made forgotten. */
export const forgottenAmong = (
  queries: Queries,
  clientId: string,
  items: readonly Named[],
): ((item: Named) => boolean) => {
  const forgotten = new Set(
    byLayer(items).flatMap(({ layer, keys }) => {
      const table = itemTables[layer]
      return queries
        .select({ itemKey: table.itemKey })
        .from(table)
        .where(and(eq(table.clientId, clientId), inArray(table.itemKey, keys), isNotNull(table.forgottenAt)))
        .all()
        .map(({ itemKey }) => `${layer} ${itemKey}`)
    }),
  )
  return ({ layer, itemKey }) => forgotten.has(`${layer} ${itemKey}`)
}

/** What the coach says of an item, instead of what was read. */
export interface CoachMark {
  readonly correctedText: string | null
  readonly sensitiveMark: boolean | null
}

/** Gives what the coach says of some items; undefined for one that memory does not hold. */
export const coachMarksOn = (
  queries: Queries,
  clientId: string,
  items: readonly Named[],
): ((item: Named) => CoachMark | undefined) => {
  const marks = new Map(
    byLayer(items).flatMap(({ layer, keys }) => {
      const table = itemTables[layer]
      return queries
        .select({
          itemKey: table.itemKey,
          correctedText: table.correctedText,
          sensitiveMark: table.sensitiveMark,
        })
        .from(table)
        .where(and(eq(table.clientId, clientId), inArray(table.itemKey, keys)))
        .all()
        .map(({ itemKey, ...mark }) => [`${layer} ${itemKey}`, mark] as const)
    }),
  )
  return ({ layer, itemKey }) => marks.get(`${layer} ${itemKey}`)
}
