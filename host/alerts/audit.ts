import { and, asc, eq, gt, inArray, lte, sql } from 'drizzle-orm'
import { alerts, followUps, messages, outbox } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { AuditEvent, CrisisRecord } from '../../shared/contract/handoffs.ts'
import { crisisKindWords, crisisSeverityWords } from '../../shared/taxonomy/crisisWords.ts'
import { readMetadata, seqsOf } from '../conversations/index.ts'
import { type HandoffRecord, resourcesOf } from '../handoff/index.ts'
import { type CrisisChain, chainOf, readingOf, recordOf } from './crises.ts'

type Happened = Pick<AuditEvent, 'at' | 'kind' | 'text'> & Partial<Pick<AuditEvent, 'messageId' | 'alert'>>

/** The record of a safety crisis: everything that happened, in order. Throws NOT_FOUND for any other handoff. */
export const auditCrisis = (queries: Queries, handoffId: string): CrisisRecord & { events: AuditEvent[] } => {
  const chain = chainOf(queries, handoffId)
  const happened = [
    ...ownerEvents(queries, chain),
    ...noticeEvents(queries, chain),
    ...messageEvents(queries, chain),
    ...alertEvents(queries, chain),
    ...followUpEvents(queries, chain),
  ].toSorted((a, b) => a.at - b.at || order.indexOf(a.kind) - order.indexOf(b.kind))
  const seqs = seqsOf(
    queries,
    happened.flatMap((event) => event.messageId ?? []),
  )
  const events = happened.map(
    (event): AuditEvent => ({
      messageId: null,
      alert: null,
      messageSeq: seqs.get(event.messageId ?? '') ?? null,
      ...event,
    }),
  )
  return { ...recordOf(queries, chain), events: withoutRepeats(events) }
}

/** What causes what, within one millisecond. */
const order: readonly AuditEvent['kind'][] = [
  'message',
  'client_wrote',
  'detected',
  'locked',
  'notice_queued',
  'alert',
  'notice_sent',
  'notice_failed',
  'acknowledged',
  'taken_over',
  'coach_wrote',
  'handed_back',
  'follow_up',
  'follow_up_done',
]

const ownerEvents = (queries: Queries, { rows, end }: CrisisChain): Happened[] => [
  ...rows.flatMap((row, index) =>
    row.toOwner === 'locked'
      ? alarmEvents(queries, row, index === 0)
      : row.toOwner === 'human'
        ? [{ at: row.createdAt, kind: 'taken_over', text: 'You took the conversation over.' } satisfies Happened]
        : [],
  ),
  ...(end
    ? [{ at: end.createdAt, kind: 'handed_back', text: 'You handed the conversation back to the clone.' } as const]
    : []),
]

const alarmEvents = (queries: Queries, row: HandoffRecord, isFirst: boolean): Happened[] => {
  const { severity, kinds, messageSeq } = readingOf(queries, row)
  const about = kinds.length > 0 ? `, about ${kinds.map((kind) => crisisKindWords[kind]).join(' and ')}` : ''
  const raising =
    messageSeq === null
      ? undefined
      : queries
          .select({ id: messages.id, createdAt: messages.createdAt })
          .from(messages)
          .where(and(eq(messages.seq, messageSeq), eq(messages.senderType, 'client')))
          .get()
  const detected = {
    at: row.createdAt,
    kind: 'detected',
    text: `${isFirst ? 'Their words were read here' : 'Their words were read again'}: ${crisisSeverityWords[severity]}${about}.`,
    messageId: raising?.id ?? null,
  } satisfies Happened
  return [
    ...(isFirst && raising
      ? [{ at: raising.createdAt, kind: 'message', text: 'The client wrote this.', messageId: raising.id } as const]
      : []),
    detected,
    ...(row.fromOwner === 'locked'
      ? []
      : [{ at: row.createdAt, kind: 'locked', text: 'The clone was locked out: only you can answer.' } as const]),
    ...(row.acknowledgedAt === null
      ? []
      : [{ at: row.acknowledgedAt, kind: 'acknowledged', text: 'You acknowledged the alert.' } as const]),
  ]
}

const noticeEvents = (queries: Queries, { first, end }: CrisisChain): Happened[] =>
  queries
    .select()
    .from(outbox)
    .where(
      and(
        eq(outbox.conversationId, first.conversationId),
        sql`json_extract(${outbox.metadata}, '$.notice') = 'crisis_holding'`,
        // One that was still waiting when the crisis began spoke for it.
        sql`(${outbox.createdAt} >= ${first.createdAt} OR coalesce(${outbox.settledAt}, ${first.createdAt}) >= ${first.createdAt})`,
        end ? lte(outbox.createdAt, end.createdAt) : undefined,
      ),
    )
    .orderBy(asc(outbox.seq))
    .all()
    .flatMap((row): Happened[] => {
      const { messageId } = row
      const text = `The holding message, which says that you were told and where help is, was queued.${guessWords(row.metadata)}`
      const queued = { at: row.createdAt, kind: 'notice_queued', text, messageId } satisfies Happened
      const at = row.settledAt ?? row.createdAt
      switch (row.state) {
        case 'sent':
          return [queued, { at, kind: 'notice_sent', text: 'The holding message was sent.', messageId }]
        case 'failed':
        case 'unknown':
        case 'discarded': {
          const why = row.error ?? 'By then the conversation had moved on.'
          const what = row.state === 'unknown' ? 'may not have arrived' : 'was not sent'
          return [
            queued,
            { at, kind: 'notice_failed', text: `The holding message ${what}. ${why}`, messageId } as const,
          ]
        }
        default:
          return [queued]
      }
    })

/** Where the country was not set, its numbers are a guess, and the record says so. */
const guessWords = (metadata: string): string => {
  const country = resourcesOf(readMetadata(metadata).guessed_region ?? null)?.country
  return country === undefined
    ? ''
    : ` It names help in ${country}: you had not set the country, so it was taken from the time zone. Please confirm it, or choose another, beside the conversation.`
}

const messageEvents = (queries: Queries, { first, end }: CrisisChain): Happened[] =>
  queries
    .select({
      id: messages.id,
      senderType: messages.senderType,
      metadata: messages.metadata,
      createdAt: messages.createdAt,
    })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, first.conversationId),
        gt(messages.seq, first.messageSeq),
        end ? lte(messages.seq, end.messageSeq) : undefined,
        inArray(messages.senderType, ['client', 'human_coach', 'ai']),
      ),
    )
    .orderBy(asc(messages.seq))
    .all()
    .map(({ id: messageId, senderType, metadata, createdAt: at }) => {
      if (senderType === 'client') return { at, messageId, kind: 'client_wrote', text: 'The client wrote.' }
      if (senderType === 'human_coach') return { at, messageId, kind: 'coach_wrote', text: 'You wrote.' }
      return readMetadata(metadata).approved_by_coach === true
        ? { at, messageId, kind: 'coach_wrote', text: "You sent a draft of the clone's." }
        : { at, messageId, kind: 'message', text: 'A message of the clone went out.' }
    })

const alertEvents = (queries: Queries, { rows }: CrisisChain): Happened[] =>
  queries
    .select()
    .from(alerts)
    .where(
      inArray(
        alerts.handoffId,
        rows.map((row) => row.id),
      ),
    )
    .orderBy(asc(alerts.seq))
    .all()
    .map(({ level, route, outcome, detail, createdAt }) => ({
      at: createdAt,
      kind: 'alert',
      text: route === 'console' ? consoleText(level) : ownDeviceText(outcome, detail),
      alert: { level, route, outcome },
    }))

const consoleText = (level: number): string =>
  level === 1 ? 'You were called in the console.' : 'You were called in the console again.'

const ownDeviceText = (outcome: string, detail: string): string => {
  if (outcome === 'sent') return 'Your own device was called.'
  return outcome === 'failed'
    ? `Your own device could not be reached. ${detail}`
    : `Your own device was called, perhaps in vain. ${detail}`
}

const followUpEvents = (queries: Queries, { rows }: CrisisChain): Happened[] =>
  queries
    .select()
    .from(followUps)
    .where(
      inArray(
        followUps.handoffId,
        rows.map((row) => row.id),
      ),
    )
    .orderBy(asc(followUps.createdAt))
    .all()
    .flatMap(({ createdAt, doneAt }) => [
      { at: createdAt, kind: 'follow_up', text: 'A follow-up was planned.' } as const,
      ...(doneAt === null ? [] : [{ at: doneAt, kind: 'follow_up_done', text: 'The follow-up was done.' } as const]),
    ])

const shownOfEachRun = 10

/** Of many alerts in the console in a row the first ones, and the last before something else, with how many lie between. */
const withoutRepeats = (events: readonly AuditEvent[]): AuditEvent[] => {
  const isInConsole = (event: AuditEvent | undefined) => event?.alert?.route === 'console'
  let run = 0
  let left = 0
  return events.flatMap((event, index) => {
    if (!isInConsole(event)) {
      if (event.alert === null) run = 0
      return [event]
    }
    run += 1
    if (run > shownOfEachRun && isInConsole(events[index + 1])) {
      left += 1
      return []
    }
    const between = left
    left = 0
    return [between === 0 ? event : { ...event, text: `${event.text} (${between} more since the one before.)` }]
  })
}
