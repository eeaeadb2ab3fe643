import { and, asc, desc, eq, gt, gte, inArray, lt, lte, ne, notInArray } from 'drizzle-orm'
import { newId } from '../../../db/ids.ts'
import { messageSignals, messages, sessionSummaries } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { Tx } from '../../../db/write.ts'
import type { Session } from './split.ts'

export type SessionRow = typeof sessionSummaries.$inferSelect

/** Whose session it is, and where. */
export interface Thread {
  readonly clientId: string
  readonly conversationId: string
}

const inThread = ({ clientId, conversationId }: Thread) =>
  and(eq(sessionSummaries.clientId, clientId), eq(sessionSummaries.conversationId, conversationId))

/** The session that a message belongs to, or would go on: the last that began at or before it. */
export const sessionAt = (queries: Queries, thread: Thread, seq: number): SessionRow | undefined =>
  queries
    .select()
    .from(sessionSummaries)
    .where(and(inThread(thread), lte(sessionSummaries.firstSeq, seq)))
    .orderBy(desc(sessionSummaries.firstSeq))
    .limit(1)
    .get()

/** Writes where sessions begin and end; a summary of one that changed is out of date. */
export const putSessions = (
  tx: Tx,
  thread: Thread,
  sessions: readonly Session[],
  localDate: (at: number) => string,
  now: number,
): void => {
  for (const session of sessions) {
    const row = { ...thread, ...session, localDate: localDate(session.startedAt), isStale: true, updatedAt: now }
    tx.queries
      .insert(sessionSummaries)
      .values({ ...row, id: newId(now), createdAt: now })
      .onConflictDoUpdate({ target: [sessionSummaries.conversationId, sessionSummaries.firstSeq], set: row })
      .run()
  }
}

/** Removes sessions in a stretch that no longer begin there; answers with the days they stood for. */
export const removeOtherSessions = (
  tx: Tx,
  thread: Thread,
  { after, upTo, starts }: { after: number; upTo: number; starts: readonly number[] },
): string[] => {
  const gone = tx.queries
    .delete(sessionSummaries)
    .where(
      and(
        inThread(thread),
        gt(sessionSummaries.firstSeq, after),
        lte(sessionSummaries.firstSeq, upTo),
        notInArray(sessionSummaries.firstSeq, [...starts]),
      ),
    )
    .returning({ localDate: sessionSummaries.localDate })
    .all()
  return gone.map(({ localDate }) => localDate)
}

export const markStale = (tx: Tx, { clientId }: Pick<Thread, 'clientId'>, sessionSeq: number): void => {
  tx.queries
    .update(sessionSummaries)
    .set({ isStale: true })
    .where(and(eq(sessionSummaries.clientId, clientId), eq(sessionSummaries.seq, sessionSeq)))
    .run()
}

/** Takes what a summary quotes out of it, until it is made anew. */
export const emptySummary = (tx: Tx, clientId: string, sessionSeq: number): void => {
  tx.queries
    .update(sessionSummaries)
    .set({ summary: '', insights: '[]', actionItems: '[]', progress: '[]', challenges: '[]', isStale: true })
    .where(and(eq(sessionSummaries.clientId, clientId), eq(sessionSummaries.seq, sessionSeq)))
    .run()
}

/** Sessions whose summary is out of date, oldest first, up to a message. */
export const staleSessions = (queries: Queries, thread: Thread, upTo: number, most: number): SessionRow[] =>
  queries
    .select()
    .from(sessionSummaries)
    .where(and(inThread(thread), eq(sessionSummaries.isStale, true), lte(sessionSummaries.lastSeq, upTo)))
    .orderBy(asc(sessionSummaries.firstSeq))
    .limit(most)
    .all()

export const saveSummary = (
  tx: Tx,
  clientId: string,
  seq: number,
  summary: Partial<typeof sessionSummaries.$inferInsert>,
): void => {
  tx.queries
    .update(sessionSummaries)
    .set({ ...summary, isStale: false })
    .where(and(eq(sessionSummaries.clientId, clientId), eq(sessionSummaries.seq, seq)))
    .run()
}

/** Sessions of a client that began in a stretch of days, in which anything still stands, oldest first. */
export const sessionsBetween = (queries: Queries, clientId: string, from: string, to: string): SessionRow[] =>
  queries
    .select()
    .from(sessionSummaries)
    .where(
      and(
        eq(sessionSummaries.clientId, clientId),
        gte(sessionSummaries.localDate, from),
        lt(sessionSummaries.localDate, to),
        gt(sessionSummaries.messageCount, 0),
      ),
    )
    .orderBy(asc(sessionSummaries.startedAt), asc(sessionSummaries.firstSeq))
    .all()

/** The newest sessions of a client in which anything still stands, newest first. */
export const lastSessions = (queries: Queries, clientId: string, most: number): SessionRow[] =>
  queries
    .select()
    .from(sessionSummaries)
    .where(and(eq(sessionSummaries.clientId, clientId), gt(sessionSummaries.messageCount, 0)))
    .orderBy(desc(sessionSummaries.startedAt), desc(sessionSummaries.firstSeq))
    .limit(most)
    .all()

/** The messages of a session with their signals, in the order in which they were said. */
export const messagesOfSession = (queries: Queries, { clientId, conversationId }: Thread, from: number, to: number) =>
  queries
    .select({
      seq: messages.seq,
      senderType: messages.senderType,
      sentAt: messages.sentAt,
      content: messages.content,
      removedAt: messages.removedAt,
      deliveryStatus: messages.deliveryStatus,
      sentiment: messageSignals.sentiment,
      emotion: messageSignals.emotion,
    })
    .from(messages)
    .leftJoin(messageSignals, eq(messageSignals.messageSeq, messages.seq))
    .where(
      and(
        eq(messages.clientId, clientId),
        eq(messages.conversationId, conversationId),
        gte(messages.seq, from),
        lte(messages.seq, to),
        inArray(messages.senderType, ['client', 'ai', 'human_coach']),
        ne(messages.deliveryStatus, 'failed'),
      ),
    )
    .orderBy(asc(messages.seq))
    .all()
