import { eq } from 'drizzle-orm'
import { channelMemory } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx } from '../../db/write.ts'

/** What a channel asked to remember; null before. The channel parses it. */
export const storedMemory = (queries: Queries, channel: string): unknown => {
  const stored = queries.select().from(channelMemory).where(eq(channelMemory.channel, channel)).get()
  return stored ? JSON.parse(stored.memory) : null
}

export const keepMemory = (tx: Tx, channel: string, memory: unknown, now: number): void => {
  const row = { channel, memory: JSON.stringify(memory), updatedAt: now }
  tx.queries.insert(channelMemory).values(row).onConflictDoUpdate({ target: channelMemory.channel, set: row }).run()
  tx.changed('channels')
}
