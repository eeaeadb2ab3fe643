import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { agentExecutions } from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import { contextItem } from '../../shared/contract/replies.ts'
import { learnedKinds } from '../../shared/taxonomy/learning.ts'
import { memoryItemKinds } from '../../shared/taxonomy/memory.ts'
import { noteLearnedUsed, usedOf } from '../learning/index.ts'
import { memoryTexts, reinforceEpisodes, speaksOf } from '../memory/index.ts'

/**
 * A reply goes out: what it makes use of among what it was given is marked, and the episodes among it are reinforced, once
 * however often it is tried. To be called in the sending transaction, with the words as they are sent.
 */
export const noteReplyUse = (tx: Tx, executionId: string, text: string, now: number): void => {
  const run = tx.queries
    .select({ clientId: agentExecutions.clientId, items: agentExecutions.contextItems })
    .from(agentExecutions)
    .where(eq(agentExecutions.id, executionId))
    .get()
  if (!run) return
  const items = z.array(contextItem).parse(JSON.parse(run.items))
  const fresh = items.filter(({ isUsed }) => isUsed === undefined)
  const remembered = fresh.flatMap(({ kind, id }) => {
    const memoryKind = memoryItemKinds.find((one) => one === kind)
    return memoryKind === undefined ? [] : [{ kind: memoryKind, id }]
  })
  const learned = fresh.flatMap(({ kind, id, given = '', structure }) => {
    const learnedKind = learnedKinds.find((one) => one === kind)
    const built = structure === undefined ? {} : { structure }
    return learnedKind === undefined ? [] : [{ kind: learnedKind, id, text: given, ...built }]
  })
  if (remembered.length === 0 && learned.length === 0) return
  const texts = memoryTexts(tx.queries, run.clientId, remembered)
  const spokenOf = remembered.filter(({ id }) => speaksOf(text, texts.get(id)?.text ?? '')).map(({ id }) => id)
  const followed = usedOf(text, learned)
  noteLearnedUsed(tx, executionId, followed)
  const used = new Set([...spokenOf, ...followed])
  const noted = new Set([...remembered, ...learned].map(({ id }) => id))
  const marked = items.map((item) => (noted.has(item.id) ? { ...item, isUsed: used.has(item.id) } : item))
  tx.queries
    .update(agentExecutions)
    .set({ contextItems: JSON.stringify(marked) })
    .where(eq(agentExecutions.id, executionId))
    .run()
  const episodes = remembered.filter(({ kind, id }) => kind === 'episode' && used.has(id)).map(({ id }) => id)
  reinforceEpisodes(tx, run.clientId, episodes, now)
}
