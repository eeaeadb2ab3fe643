import { and, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import {
  aiEpisodicMemory,
  clientInsights,
  conversationSummaries,
  episodeVectors,
  learnedUserPreferences,
  memoryEvidence,
  messageSignals,
  messages,
  relationshipContext,
  sessionSummaries,
} from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { SummaryPeriod } from '../../../shared/taxonomy/memory.ts'

/** So many rows of a layer are weighed, the ones said last; what is older comes by the messages that were found. */
const mostOf = { insights: 60, episodes: 120, preferences: 30, relationship: 30, sessions: 6 } as const

/** So many are compared, the ones remembered last: more would take longer than all the rest of memory. */
const mostVectors = 256

const theClient = sql.placeholder('clientId')
const theSeqs = sql.placeholder('seqs')

type ItemTable =
  | typeof clientInsights
  | typeof aiEpisodicMemory
  | typeof learnedUserPreferences
  | typeof relationshipContext

// Written out, not bound: only then does SQLite see that the index of what holds can answer.
const holds = (table: ItemTable): SQL | undefined =>
  and(eq(table.clientId, theClient), sql`${table.isActive} = 1`, isNull(table.forgottenAt))

const isPinned = (table: ItemTable): SQL => sql`${table.pinnedAt} IS NOT NULL`

/** Items that one of the given messages is evidence of. */
const isSaidIn = (table: ItemTable, layer: 'insight' | 'episodic'): SQL => sql`${table.itemKey} IN (
  SELECT ${memoryEvidence.itemKey} FROM ${memoryEvidence}
  WHERE ${memoryEvidence.clientId} = ${theClient} AND ${memoryEvidence.layer} = ${sql.raw(`'${layer}'`)}
    AND ${memoryEvidence.messageSeq} IN (SELECT value FROM json_each(${theSeqs})))`

const itemColumns = <Table extends ItemTable>(table: Table) => ({
  id: table.id,
  isSensitive: table.isSensitive,
  pinnedAt: table.pinnedAt,
  correctedText: table.correctedText,
  lastSaidAt: table.lastSaidAt,
  evidenceCount: table.evidenceCount,
})

const prepareAll = (queries: Queries) => {
  const insights = (which: SQL | undefined) =>
    queries
      .select({
        ...itemColumns(clientInsights),
        insightType: clientInsights.insightType,
        content: clientInsights.content,
        state: clientInsights.state,
        dueTo: clientInsights.dueTo,
        confidence: clientInsights.confidence,
      })
      .from(clientInsights)
      .where(and(holds(clientInsights), which))
      .orderBy(desc(clientInsights.lastSaidAt))
      .limit(mostOf.insights)
      .prepare()
  const episodes = (which: SQL | undefined) =>
    queries
      .select({
        ...itemColumns(aiEpisodicMemory),
        seq: aiEpisodicMemory.seq,
        memoryType: aiEpisodicMemory.memoryType,
        memoryDescription: aiEpisodicMemory.memoryDescription,
        originalTimestamp: aiEpisodicMemory.originalTimestamp,
        strength: aiEpisodicMemory.strength,
        lastReinforcedAt: aiEpisodicMemory.lastReinforcedAt,
        timesReferenced: aiEpisodicMemory.timesReferenced,
        expiresAt: aiEpisodicMemory.expiresAt,
      })
      .from(aiEpisodicMemory)
      .where(and(holds(aiEpisodicMemory), which))
      .orderBy(desc(aiEpisodicMemory.lastSaidAt))
      .limit(mostOf.episodes)
      .prepare()
  return {
    insights: {
      pinned: insights(isPinned(clientInsights)),
      found: insights(isSaidIn(clientInsights, 'insight')),
      last: insights(undefined),
    },
    episodes: {
      pinned: episodes(isPinned(aiEpisodicMemory)),
      found: episodes(isSaidIn(aiEpisodicMemory, 'episodic')),
      near: episodes(sql`${aiEpisodicMemory.seq} IN (SELECT value FROM json_each(${theSeqs}))`),
      last: episodes(undefined),
    },
    vectors: queries
      .select({ seq: episodeVectors.episodeSeq, vector: episodeVectors.vector })
      .from(episodeVectors)
      .where(and(eq(episodeVectors.clientId, theClient), eq(episodeVectors.spaceId, sql.placeholder('spaceId'))))
      .orderBy(desc(episodeVectors.episodeSeq))
      .limit(mostVectors)
      .prepare(),
    preferences: queries
      .select({
        ...itemColumns(learnedUserPreferences),
        preferenceText: learnedUserPreferences.preferenceText,
        confidence: learnedUserPreferences.confidence,
      })
      .from(learnedUserPreferences)
      .where(holds(learnedUserPreferences))
      .orderBy(desc(learnedUserPreferences.lastSaidAt))
      .limit(mostOf.preferences)
      .prepare(),
    relationship: queries
      .select({
        ...itemColumns(relationshipContext),
        aspect: relationshipContext.aspect,
        content: relationshipContext.content,
        confidence: relationshipContext.confidence,
      })
      .from(relationshipContext)
      .where(holds(relationshipContext))
      .orderBy(desc(relationshipContext.lastSaidAt))
      .limit(mostOf.relationship)
      .prepare(),
    sessions: queries
      .select({
        id: sessionSummaries.id,
        startedAt: sessionSummaries.startedAt,
        endedAt: sessionSummaries.endedAt,
        topics: sessionSummaries.topics,
        insights: sessionSummaries.insights,
        progress: sessionSummaries.progress,
        challenges: sessionSummaries.challenges,
        actionItems: sessionSummaries.actionItems,
        emotionalState: sessionSummaries.emotionalState,
      })
      .from(sessionSummaries)
      .where(and(eq(sessionSummaries.clientId, theClient), sql`${sessionSummaries.messageCount} > 0`))
      .orderBy(desc(sessionSummaries.startedAt))
      .limit(mostOf.sessions)
      .prepare(),
    lastRollUp: queries
      .select({
        id: conversationSummaries.id,
        startDate: conversationSummaries.startDate,
        sessionCount: conversationSummaries.sessionCount,
        keyTopics: conversationSummaries.keyTopics,
        userProgress: conversationSummaries.userProgress,
        challengesDiscussed: conversationSummaries.challengesDiscussed,
        updatedAt: conversationSummaries.updatedAt,
      })
      .from(conversationSummaries)
      .where(
        and(
          eq(conversationSummaries.clientId, theClient),
          eq(conversationSummaries.summaryPeriod, sql.placeholder('period')),
        ),
      )
      .orderBy(desc(conversationSummaries.startDate))
      .limit(1)
      .prepare(),
    messages: queries
      .select({
        id: messages.id,
        seq: messages.seq,
        senderType: messages.senderType,
        content: messages.content,
        sentAt: messages.sentAt,
      })
      .from(messages)
      .leftJoin(messageSignals, eq(messageSignals.messageSeq, messages.seq))
      .where(
        and(
          // What was said in danger stays with the people who answered it.
          sql`coalesce(${messageSignals.crisisSeverity}, 'none') = 'none'`,
          sql`${messages.seq} IN (SELECT value FROM json_each(${theSeqs}))`,
          eq(messages.clientId, theClient),
          isNull(messages.removedAt),
        ),
      )
      .prepare(),
  }
}

const prepared = new WeakMap<Queries, ReturnType<typeof prepareAll>>()

/** Statements are made once a connection: to make them takes longer than to run them. */
const statementsOf = (queries: Queries): ReturnType<typeof prepareAll> => {
  const known = prepared.get(queries) ?? prepareAll(queries)
  prepared.set(queries, known)
  return known
}

/** Each row once. */
const once = <Row extends { readonly id: string }>(...lists: readonly (readonly Row[])[]): Row[] => [
  ...new Map(lists.flat().map((row) => [row.id, row])).values(),
]

/** The rows of one client that a reply may be given. Every statement names the client. */
export const memoryRows = (queries: Queries, clientId: string) => {
  const statements = statementsOf(queries)
  return {
    /** What is pinned, what the found messages are evidence of, and what was said last. */
    insights: (foundIn: readonly number[]) => {
      const { pinned, found, last } = statements.insights
      const seqs = JSON.stringify(foundIn)
      return once(
        pinned.all({ clientId }),
        foundIn.length === 0 ? [] : found.all({ clientId, seqs }),
        last.all({ clientId }),
      )
    },
    /** The same of episodes, and those whose meaning is near, without those that have expired. */
    episodes: (now: number, foundIn: readonly number[], nearSeqs: readonly number[]) => {
      const { pinned, found, near, last } = statements.episodes
      const seqs = JSON.stringify(foundIn)
      return once(
        pinned.all({ clientId }),
        foundIn.length === 0 ? [] : found.all({ clientId, seqs }),
        nearSeqs.length === 0 ? [] : near.all({ clientId, seqs: JSON.stringify(nearSeqs) }),
        last.all({ clientId }),
      ).filter(({ expiresAt, pinnedAt }) => expiresAt === null || expiresAt > now || pinnedAt !== null)
    },
    /** What the episodes remembered last mean in a space of vectors, the last first. */
    vectors: (spaceId: string) => statements.vectors.all({ clientId, spaceId }),
    preferences: () => statements.preferences.all({ clientId }),
    relationship: () => statements.relationship.all({ clientId }),
    /** The last sessions that were summed up, the newest first. */
    sessions: () => statements.sessions.all({ clientId }),
    lastRollUp: (period: SummaryPeriod) => statements.lastRollUp.get({ clientId, period }),
    /** Messages that were found, as they stand now; one taken back, said in danger or another client's is left out. */
    messages: (seqs: readonly number[]) =>
      seqs.length === 0 ? [] : statements.messages.all({ clientId, seqs: JSON.stringify(seqs) }),
  }
}

export type MemoryRows = ReturnType<typeof memoryRows>
