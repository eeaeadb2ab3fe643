import { and, eq, inArray, isNull } from 'drizzle-orm'
import { z } from 'zod'
import {
  aiEpisodicMemory,
  clientInsights,
  conversationSummaries,
  learnedUserPreferences,
  messages,
  relationshipContext,
  sessionSummaries,
} from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { MemoryItemKind } from '../../../shared/taxonomy/memory.ts'

interface GivenMemory {
  readonly kind: MemoryItemKind
  readonly id: string
}

export interface MemoryText {
  /** As it stands today. */
  readonly text: string
  /** Where in which thread it stands, of a message or a session. */
  readonly conversationId?: string
  readonly seq?: number
}

/** Things remembered by their ids, as they are today: of what was forgotten or taken back nothing, nor of another client. */
export const memoryTexts = (
  queries: Queries,
  clientId: string,
  given: readonly GivenMemory[],
): ReadonlyMap<string, MemoryText> => {
  const idsOf = (kind: MemoryItemKind): string[] => given.filter((one) => one.kind === kind).map(({ id }) => id)
  const items = ({ kind, table, text }: (typeof itemTables)[number]): [string, MemoryText][] => {
    const ids = idsOf(kind)
    if (ids.length === 0) return []
    return queries
      .select({ id: table.id, text, corrected: table.correctedText })
      .from(table)
      .where(and(eq(table.clientId, clientId), inArray(table.id, ids), isNull(table.forgottenAt)))
      .all()
      .map((row) => [row.id, { text: row.corrected ?? row.text }])
  }
  const said = queries
    .select({ id: messages.id, text: messages.content, conversationId: messages.conversationId, seq: messages.seq })
    .from(messages)
    .where(
      and(eq(messages.clientId, clientId), inArray(messages.id, idsOf('past_message')), isNull(messages.removedAt)),
    )
    .all()
  const sessions = queries
    .select({
      id: sessionSummaries.id,
      text: sessionSummaries.summary,
      conversationId: sessionSummaries.conversationId,
      seq: sessionSummaries.firstSeq,
    })
    .from(sessionSummaries)
    .where(and(eq(sessionSummaries.clientId, clientId), inArray(sessionSummaries.id, idsOf('session'))))
    .all()
  const rollUps = queries
    .select({ id: conversationSummaries.id, topics: conversationSummaries.keyTopics })
    .from(conversationSummaries)
    .where(and(eq(conversationSummaries.clientId, clientId), inArray(conversationSummaries.id, idsOf('summary'))))
    .all()
  return new Map<string, MemoryText>([
    ...itemTables.flatMap(items),
    ...[...said, ...sessions].map(({ id, ...place }) => [id, place] as const),
    ...rollUps.map(
      ({ id, topics }) => [id, { text: z.array(z.string()).parse(JSON.parse(topics)).join(', ') }] as const,
    ),
  ])
}

const itemTables = [
  { kind: 'insight', table: clientInsights, text: clientInsights.content },
  { kind: 'episode', table: aiEpisodicMemory, text: aiEpisodicMemory.memoryDescription },
  { kind: 'preference', table: learnedUserPreferences, text: learnedUserPreferences.preferenceText },
  { kind: 'relationship', table: relationshipContext, text: relationshipContext.content },
] as const
