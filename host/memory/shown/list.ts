import type { Queries } from '../../../db/sqlite.ts'
import type { MemoryGroup } from '../../../shared/taxonomy/memory.ts'
import { itemsOfGroup } from './itemRows.ts'
import { type Page, pageOf } from './page.ts'

/** A page of one group of what is remembered of a client. */
export const listGroup = (
  queries: Queries,
  { clientId, group, ...page }: Page & { readonly clientId: string; readonly group: MemoryGroup },
  now: number,
) => pageOf(page, (limit) => itemsOfGroup({ queries, clientId, now }, group, { offset: page.offset, limit }))
