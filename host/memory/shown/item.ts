import { and, eq, isNull } from 'drizzle-orm'
import type { Queries } from '../../../db/sqlite.ts'
import { Problem } from '../../../shared/problem.ts'
import type { MemoryLayer } from '../../../shared/taxonomy/memory.ts'
import { itemTables } from '../items/index.ts'

export interface ItemName {
  readonly clientId: string
  readonly layer: MemoryLayer
  readonly itemId: string
}

/** One item of one client; throws NOT_FOUND where this client has none of that id, or it was forgotten. */
export const itemNamed = (queries: Queries, { clientId, layer, itemId }: ItemName) => {
  const table = itemTables[layer]
  const found = queries
    .select({
      id: table.id,
      seq: table.seq,
      itemKey: table.itemKey,
      slot: table.slot,
      supersededBy: table.supersededBy,
    })
    .from(table)
    .where(and(eq(table.clientId, clientId), eq(table.id, itemId), isNull(table.forgottenAt)))
    .get()
  if (!found) throw new Problem('NOT_FOUND')
  return found
}
