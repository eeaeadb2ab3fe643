import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { agentExecutions } from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import { contextItem } from '../../shared/contract/replies.ts'
import { memoryItemKinds } from '../../shared/taxonomy/memory.ts'
import { memoryTexts, reinforceEpisodes, speaksOf } from '../memory/index.ts'

/**
 * A reply goes out: what it speaks of among what it was given is marked, and the episodes among it are reinforced, once
 * however often it is tried. To be called in the sending transaction, with the words as they are sent.
 */
export const noteMemoryUse = (tx: Tx, executionId: string, text: string, now: number): void => {
  const run = tx.queries
    .select({ clientId: agentExecutions.clientId, items: agentExecutions.contextItems })
    .from(agentExecutions)
    .where(eq(agentExecutions.id, executionId))
    .get()
  if (!run) return
  const items = z.array(contextItem).parse(JSON.parse(run.items))
  const given = items.flatMap(({ kind, id, isUsed }) => {
    const memoryKind = memoryItemKinds.find((one) => one === kind)
    return memoryKind === undefined || isUsed !== undefined ? [] : [{ kind: memoryKind, id }]
  })
  if (given.length === 0) return
  const texts = memoryTexts(tx.queries, run.clientId, given)
  const used = new Set(given.filter(({ id }) => speaksOf(text, texts.get(id)?.text ?? '')).map(({ id }) => id))
  const marked = items.map((item) =>
    given.some(({ id }) => id === item.id) ? { ...item, isUsed: used.has(item.id) } : item,
  )
  tx.queries
    .update(agentExecutions)
    .set({ contextItems: JSON.stringify(marked) })
    .where(eq(agentExecutions.id, executionId))
    .run()
  const episodes = given.filter(({ kind, id }) => kind === 'episode' && used.has(id)).map(({ id }) => id)
  reinforceEpisodes(tx, run.clientId, episodes, now)
}
