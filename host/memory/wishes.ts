import { eq } from 'drizzle-orm'
import { memoryWishes } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import { foldAccents } from './fold.ts'

/**
 * Tells whether the coach lets a text be mentioned to a client: it holds none of what they asked to keep quiet about. What
 * they asked is read once, when this is called.
 */
export const mentionableTo = (queries: Queries, clientId: string): ((text: string) => boolean) => {
  const quiet = queries
    .select({ words: memoryWishes.words })
    .from(memoryWishes)
    .where(eq(memoryWishes.clientId, clientId))
    .all()
    .map(({ words }) => foldAccents(words.trim()))
    .filter((words) => words !== '')
  return (text) => {
    const folded = foldAccents(text)
    return !quiet.some((words) => folded.includes(words))
  }
}
