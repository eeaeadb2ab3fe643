import { desc, eq } from 'drizzle-orm'
import { memoryWishes } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import { foldAccents } from './fold.ts'

/** Words the coach does not want mentioned to a client, the newest first. */
export const wishesOf = (queries: Queries, clientId: string): string[] =>
  queries
    .select({ words: memoryWishes.words })
    .from(memoryWishes)
    .where(eq(memoryWishes.clientId, clientId))
    .orderBy(desc(memoryWishes.createdAt))
    .all()
    .map(({ words }) => words.trim())
    .filter((words) => words !== '')

/** Tells whether a text holds none of some words, without regard to case and accents. */
export const holdsNoneOf = (words: readonly string[]): ((text: string) => boolean) => {
  const quiet = words.map(foldAccents)
  return (text) => {
    const folded = foldAccents(text)
    return !quiet.some((one) => folded.includes(one))
  }
}

/** Tells whether the coach lets a text be mentioned to a client. What they asked is read once, when this is called. */
export const mentionableTo = (queries: Queries, clientId: string): ((text: string) => boolean) =>
  holdsNoneOf(wishesOf(queries, clientId))
