import { and, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { newId } from '../../../db/ids.ts'
import { conversationSummaries } from '../../../db/schema/index.ts'
import type { Tx } from '../../../db/write.ts'
import { type SummaryPeriod, summaryPeriods } from '../../../shared/taxonomy/memory.ts'
import { dayOf, dayOfIso, isoDate, partsOf, weekdayOf } from '../dates/index.ts'
import { overallSentiment } from './mood.ts'
import { type SessionRow, sessionsBetween } from './sessionStore.ts'
import { topicName } from './topics.ts'

const mostTopics = 10
const mostStatements = 10

/** The day, week (Monday first) or month that a date lies in; `to` is not in it. */
export const periodOf = (period: SummaryPeriod, date: string): { from: string; to: string } => {
  const day = dayOfIso(date)
  const { year, month } = partsOf(day)
  const monday = day - weekdayOf(day)
  const [from, to] = {
    daily: [day, day + 1],
    weekly: [monday, monday + 7],
    monthly: [dayOf(year, month, 1), dayOf(year, month + 1, 1)],
  }[period]
  return { from: isoDate(from ?? day), to: isoDate(to ?? day + 1) }
}

const texts = z.array(z.string())
const readTexts = (stored: string): string[] => texts.parse(JSON.parse(stored))

/** Topics that most sessions share first. */
const sharedTopics = (sessions: readonly SessionRow[]): string[] => {
  const told = sessions.flatMap(({ topics }) => readTexts(topics))
  return [...Map.groupBy(told, topicName)]
    .toSorted(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .slice(0, mostTopics)
    .map(([name, [written = name]]) => written)
}

const lastOf = (sessions: readonly SessionRow[], part: (session: SessionRow) => string): string =>
  JSON.stringify([...new Set(sessions.flatMap((session) => readTexts(part(session))))].slice(-mostStatements))

const weighed = (sessions: readonly SessionRow[], value: (session: SessionRow) => number | null): number | null => {
  const known = sessions.flatMap((session) => {
    const one = value(session)
    return one === null ? [] : [{ one, weight: session.clientMessageCount }]
  })
  const weight = known.reduce((sum, { weight: each }) => sum + each, 0)
  return weight === 0 ? null : known.reduce((sum, { one, weight: each }) => sum + one * each, 0) / weight
}

/** The days, weeks or months that dates lie in, each once. */
const stretchesOf = (period: SummaryPeriod, dates: Iterable<string>) =>
  new Map([...dates].map((date) => periodOf(period, date)).map((stretch) => [stretch.from, stretch])).values()

/** Takes what roll-ups of the days, weeks and months quote out of them, until their sessions are summarised anew. */
export const emptyRollUps = (tx: Tx, clientId: string, dates: Iterable<string>): void => {
  for (const period of summaryPeriods) {
    const starts = Array.from(stretchesOf(period, dates), ({ from }) => from)
    tx.queries
      .update(conversationSummaries)
      .set({ mainInsights: '[]', userProgress: '[]', challengesDiscussed: '[]', commitmentsMade: '[]' })
      .where(
        and(
          eq(conversationSummaries.clientId, clientId),
          eq(conversationSummaries.summaryPeriod, period),
          inArray(conversationSummaries.startDate, starts),
        ),
      )
      .run()
  }
}

/** Makes the roll-ups of the days, weeks and months that dates lie in what the sessions in them say. */
export const rollUp = (tx: Tx, clientId: string, dates: Iterable<string>, now: number): void => {
  for (const period of summaryPeriods) {
    for (const { from, to } of stretchesOf(period, dates)) rollUpOne(tx, clientId, { period, from, to }, now)
  }
}

const rollUpOne = (
  tx: Tx,
  clientId: string,
  { period, from, to }: { period: SummaryPeriod; from: string; to: string },
  now: number,
): void => {
  const sessions = sessionsBetween(tx.queries, clientId, from, to)
  if (sessions.length === 0) {
    tx.queries
      .delete(conversationSummaries)
      .where(
        and(
          eq(conversationSummaries.clientId, clientId),
          eq(conversationSummaries.summaryPeriod, period),
          eq(conversationSummaries.startDate, from),
        ),
      )
      .run()
    return
  }
  const sentiment = weighed(sessions, (session) => session.sentiment)
  const motivation = weighed(sessions, (session) => session.userMotivationLevel)
  const row = {
    clientId,
    summaryPeriod: period,
    startDate: from,
    endDate: isoDate(dayOfIso(to) - 1),
    keyTopics: JSON.stringify(sharedTopics(sessions)),
    mainInsights: lastOf(sessions, (session) => session.insights),
    userProgress: lastOf(sessions, (session) => session.progress),
    challengesDiscussed: lastOf(sessions, (session) => session.challenges),
    commitmentsMade: lastOf(sessions, (session) => session.actionItems),
    overallSentiment: overallSentiment(sessions.flatMap((session) => session.sentiment ?? [])),
    sentiment: sentiment === null ? null : Math.round(sentiment * 1000) / 1000,
    userMotivationLevel: motivation === null ? null : Math.round(motivation),
    sessionCount: sessions.length,
    messageCount: sessions.reduce((sum, session) => sum + session.messageCount, 0),
    updatedAt: now,
  }
  tx.queries
    .insert(conversationSummaries)
    .values({ ...row, id: newId(now), createdAt: now })
    .onConflictDoUpdate({
      target: [conversationSummaries.clientId, conversationSummaries.summaryPeriod, conversationSummaries.startDate],
      set: row,
    })
    .run()
}
