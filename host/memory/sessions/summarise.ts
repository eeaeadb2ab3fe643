import type { sessionSummaries } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { Evidence } from '../items/index.ts'
import { coachMarksOn, evidenceBetween } from '../items/index.ts'
import { activityOf } from './activity.ts'
import { emotionalState, type Felt, motivationOf, sentimentOf } from './mood.ts'
import { messagesOfSession, type SessionRow } from './sessionStore.ts'
import { topicsOf } from './topics.ts'

/** Of a long session the first and the last texts of the client are read for topics; each counts so many. */
const textsAtEachEnd = 200
const longestText = 2_000
const mostOfAKind = 6
const longestSentence = 160

const insightKinds: ReadonlySet<string> = new Set(['goal', 'blocker', 'breakthrough'])

type Summary = Pick<
  typeof sessionSummaries.$inferInsert,
  | 'summary'
  | 'topics'
  | 'insights'
  | 'actionItems'
  | 'progress'
  | 'challenges'
  | 'emotionalState'
  | 'sentiment'
  | 'userMotivationLevel'
  | 'messageCount'
  | 'clientMessageCount'
  | 'activity'
>

/** Each statement once, the last ones where there are too many; what is sensitive is in no summary. */
const statements = (evidence: readonly Evidence[], isOfKind: (one: Evidence) => boolean): string[] => {
  const texts = evidence.filter((one) => isOfKind(one) && one.stance === 'states' && !one.detail.isSensitive)
  return [...new Set(texts.map(({ content }) => content.slice(0, longestSentence)))].slice(-mostOfAKind)
}

const ends = <Item>(items: readonly Item[]): readonly Item[] =>
  items.length <= 2 * textsAtEachEnd ? items : [...items.slice(0, textsAtEachEnd), ...items.slice(-textsAtEachEnd)]

/** Evidence as the coach has it: in their words where they corrected it, and sensitive where they say so. */
const asCorrected = (queries: Queries, clientId: string, evidence: readonly Evidence[]): Evidence[] => {
  const markOn = coachMarksOn(queries, clientId, evidence)
  return evidence.map((one) => {
    const mark = markOn(one)
    const isSensitive = mark?.sensitiveMark ?? one.detail.isSensitive
    return { ...one, content: mark?.correctedText ?? one.content, detail: { ...one.detail, isSensitive } }
  })
}

/** What one session was about, from what still stands of it. Its size is bounded, however long the session. */
export const summariseSession = (
  queries: Queries,
  session: SessionRow,
  { channel, timeZone }: { channel: string; timeZone: string },
): Summary => {
  const told = messagesOfSession(queries, session, session.firstSeq, session.lastSeq)
  const standing = told.filter(({ removedAt }) => removedAt === null)
  const own = standing.filter(({ senderType }) => senderType === 'client')
  const evidence = asCorrected(queries, session.clientId, evidenceBetween(queries, session.clientId, session))
  const felt: Felt[] = own.flatMap(({ sentiment, emotion }) =>
    sentiment === null || emotion === null ? [] : [{ sentiment, emotion }],
  )
  const of = (kind: string) => (one: Evidence) => one.kind === kind
  const actionItems = statements(evidence, of('commitment'))
  const progress = statements(evidence, (one) => one.kind === 'victory' || one.kind === 'progress')
  const challenges = statements(evidence, (one) => one.kind === 'struggle' || one.kind === 'blocker')
  const insights = statements(evidence, (one) => insightKinds.has(one.kind))
  const topics = topicsOf(ends(own).map(({ content }) => content.slice(0, longestText)))
  const steps = { forward: progress.length + actionItems.length, back: challenges.length }
  return {
    summary: inWords({ topics, insights, actionItems, progress, challenges }),
    topics: JSON.stringify(topics),
    insights: JSON.stringify(insights),
    actionItems: JSON.stringify(actionItems),
    progress: JSON.stringify(progress),
    challenges: JSON.stringify(challenges),
    emotionalState: emotionalState(felt),
    sentiment: sentimentOf(felt),
    userMotivationLevel: motivationOf(felt, steps),
    messageCount: standing.length,
    clientMessageCount: own.length,
    activity: JSON.stringify(
      activityOf(
        told.map(({ senderType, sentAt, content, removedAt }) => ({
          senderType,
          sentAt,
          text: content,
          stands: removedAt === null,
        })),
        channel,
        timeZone,
      ),
    ),
  }
}

interface Parts {
  readonly topics: readonly string[]
  readonly insights: readonly string[]
  readonly actionItems: readonly string[]
  readonly progress: readonly string[]
  readonly challenges: readonly string[]
}

/** A few plain sentences made of the client's own words; empty where there is nothing to say. */
const inWords = ({ topics, insights, actionItems, progress, challenges }: Parts): string =>
  [
    topics.length > 0 ? `Spoke about ${topics.slice(0, 4).join(', ')}.` : '',
    quoted('In their words', insights),
    quoted('Went well', progress),
    quoted('Was hard', challenges),
    quoted('Means to', actionItems),
  ]
    .filter((part) => part !== '')
    .join(' ')

const quoted = (lead: string, texts: readonly string[]): string =>
  texts.length === 0
    ? ''
    : `${lead}: ${texts
        .slice(-2)
        .map((text) => `“${text}”`)
        .join('; ')}.`
