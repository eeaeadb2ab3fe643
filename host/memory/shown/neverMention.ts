import { and, count, desc, eq } from 'drizzle-orm'
import { newId } from '../../../db/ids.ts'
import { clients, memoryWishes } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { Tx } from '../../../db/write.ts'
import type { NeverMention } from '../../../shared/contract/memory.ts'
import { maxNeverMentionLength, maxNeverMentions } from '../../../shared/limits.ts'
import { Problem } from '../../../shared/problem.ts'
import { foldAccents } from '../fold.ts'

/** What the coach does not want mentioned to a client, newest first. */
export const listNeverMention = (queries: Queries, clientId: string): NeverMention[] =>
  queries
    .select({ id: memoryWishes.id, words: memoryWishes.words, createdAt: memoryWishes.createdAt })
    .from(memoryWishes)
    .where(eq(memoryWishes.clientId, clientId))
    .orderBy(desc(memoryWishes.createdAt), desc(memoryWishes.id))
    .all()

/** Whatever holds these words is no longer mentioned to the client. The same words twice are one wish. */
export const addNeverMention = (
  tx: Tx,
  { clientId, words }: { clientId: string; words: string },
  now: number,
): { id: string } => {
  const client = tx.queries.select({ id: clients.id }).from(clients).where(eq(clients.id, clientId)).get()
  if (!client) throw new Problem('NOT_FOUND')
  const trimmed = words.replace(/\s+/gu, ' ').trim()
  // One letter or two stand in nearly every text: nothing could be mentioned any more.
  if ((trimmed.match(/[\p{L}\p{N}]/gu) ?? []).length < 2)
    throw new Problem(
      'INVALID_INPUT',
      'Write the words that are not to be mentioned, such as a name. One letter is too little.',
    )
  if (trimmed.length > maxNeverMentionLength)
    throw new Problem(
      'INVALID_INPUT',
      `Use fewer words, at most ${maxNeverMentionLength} characters: whatever holds all of them in this order is kept quiet.`,
    )
  const known = listNeverMention(tx.queries, clientId).find((wish) => foldAccents(wish.words) === foldAccents(trimmed))
  if (known) return { id: known.id }
  const total = tx.queries
    .select({ total: count() })
    .from(memoryWishes)
    .where(eq(memoryWishes.clientId, clientId))
    .get()?.total
  if ((total ?? 0) >= maxNeverMentions)
    throw new Problem(
      'INVALID_INPUT',
      `There are ${maxNeverMentions} already. Remove one that is no longer needed, then add this one.`,
    )
  const id = newId(now)
  tx.queries.insert(memoryWishes).values({ id, clientId, words: trimmed, createdAt: now }).run()
  tx.changed('memory', clientId)
  return { id }
}

/** Lets words be mentioned again; removing what is gone already is no failure. */
export const removeNeverMention = (tx: Tx, { clientId, id }: { clientId: string; id: string }): void => {
  const removed = tx.queries
    .delete(memoryWishes)
    .where(and(eq(memoryWishes.clientId, clientId), eq(memoryWishes.id, id)))
    .run()
  if (removed.changes > 0) tx.changed('memory', clientId)
}
