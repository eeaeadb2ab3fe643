import type { Tx } from '../../../db/write.ts'
import { isoDate, knownTimeZone, wallTimeAt } from '../dates/index.ts'
import { readStatement } from '../extraction/index.ts'
import { dropEvidence, type Evidence, refoldTouched, replaceEvidence } from '../items/index.ts'
import { refreshPatterns } from '../patterns/index.ts'
import {
  markStale,
  putSessions,
  removeOtherSessions,
  rollUp,
  saveSummary,
  sessionAt,
  splitSessions,
  staleSessions,
  summariseSession,
  type Thread,
} from '../sessions/index.ts'
import {
  changesAfter,
  lastChange,
  messageOf,
  messagesAfter,
  type Progress,
  progressOf,
  type ReadMessage,
  saveProgress,
  threadOf,
} from './progressStore.ts'

/** Rises when the rules change enough for everything to be read again. */
const rulesVersion = 1
const messagesAtOnce = 50
const changesAtOnce = 50
const sessionsAtOnce = 10

/** By what a conversation was read; where it differs from now, it is read again from the beginning. */
export const recipeFor = (timeZone: string | null, sessionGapMinutes: number): string =>
  JSON.stringify([rulesVersion, zoneOf(timeZone), sessionGapMinutes])

/** Where nobody said it, the client is taken to live by the clock of this machine. */
export const zoneOf = (timeZone: string | null): string =>
  knownTimeZone(timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone)

interface Work {
  readonly tx: Tx
  readonly thread: Thread
  readonly timeZone: string
  readonly gapMs: number
  readonly now: number
  /** What changed, and what follows from it at the end of the slice. */
  readonly touched: Evidence[]
  readonly dates: Set<string>
}

export interface SliceResult {
  /** More is waiting to be read. */
  readonly isMore: boolean
  readonly messages: number
}

const nothing: SliceResult = { isMore: false, messages: 0 }

/**
 * Reads on in one conversation, at most 50 messages and 50 changes, in the caller's transaction: evidence, items,
 * sessions, roll-ups, patterns and how far it came are committed together. What was read before is not read again; the
 * same slice twice changes nothing.
 */
export const readSlice = (tx: Tx, conversationId: string, sessionGapMinutes: number, now: number): SliceResult => {
  const found = threadOf(tx.queries, conversationId)
  if (!found) return nothing
  const thread = { clientId: found.clientId, conversationId }
  const timeZone = zoneOf(found.timeZone)
  const gapMs = sessionGapMinutes * 60_000
  const work: Work = { tx, thread, timeZone, gapMs, now, touched: [], dates: new Set() }
  const recipe = recipeFor(found.timeZone, sessionGapMinutes)
  const known = progressOf(tx.queries, thread)
  const before: Progress =
    known?.recipe === recipe
      ? known
      : { ...thread, extractedSeq: 0, changeSeq: lastChange(tx.queries, thread.clientId), recipe, updatedAt: now }
  const changes = changesAfter(tx.queries, thread.clientId, before.changeSeq, changesAtOnce)
  for (const messageSeq of new Set(changes.map((change) => change.messageSeq))) followChange(work, messageSeq, before)
  const messages = messagesAfter(tx.queries, thread, before.extractedSeq, messagesAtOnce)
  for (const message of messages) readMessage(work, message, false)
  placeInSessions(work, messages, before.extractedSeq)
  const extractedSeq = messages.at(-1)?.seq ?? before.extractedSeq
  refoldTouched(tx, thread.clientId, work.touched, now)
  const isAtEnd = messages.length < messagesAtOnce
  const isSummarised = summariseStale(work, found.channel, extractedSeq, isAtEnd)
  if (work.dates.size > 0) {
    rollUp(tx, thread.clientId, work.dates, now)
    refreshPatterns(tx, thread.clientId, now)
  }
  const changeSeq = changes.at(-1)?.seq ?? before.changeSeq
  if (extractedSeq !== known?.extractedSeq || changeSeq !== known.changeSeq || recipe !== known.recipe) {
    saveProgress(tx, { ...before, extractedSeq, changeSeq, updatedAt: now })
    tx.changed('memory', thread.clientId)
  }
  return {
    isMore: !isAtEnd || changes.length === changesAtOnce || !isSummarised,
    messages: messages.length,
  }
}

/** Memory follows what happened to a message that was read: other words, taken back, another client's now, gone. */
const followChange = (work: Work, messageSeq: number, { extractedSeq }: Progress): void => {
  const { tx, thread } = work
  const message = messageOf(tx.queries, thread.clientId, messageSeq)
  if (message === undefined) work.touched.push(...dropEvidence(tx, thread.clientId, messageSeq))
  else if (message.conversationId === thread.conversationId && messageSeq <= extractedSeq)
    readMessage(work, message, true)
  const session = sessionAt(tx.queries, thread, messageSeq)
  if (session && session.lastSeq >= messageSeq) markStale(tx, thread, session.seq)
}

/** Only what the client wrote, and what still stands, is evidence. */
const readMessage = ({ tx, thread, timeZone, touched }: Work, message: ReadMessage, isChanged: boolean): void => {
  const isTheirs = message.senderType === 'client' && message.stands
  const findings = isTheirs
    ? readStatement({ text: message.text, at: message.sentAt, timeZone, crisis: message.crisis })
    : []
  touched.push(...replaceEvidence(tx, { ...thread, ...message }, findings, { isChanged }))
}

const placeInSessions = (work: Work, messages: readonly ReadMessage[], after: number): void => {
  const { tx, thread, timeZone, gapMs, now, dates } = work
  const last = messages.at(-1)
  if (last === undefined) return
  const localDate = (at: number): string => isoDate(wallTimeAt(at, timeZone).day)
  const open = after === 0 ? undefined : sessionAt(tx.queries, thread, after)
  const sessions = splitSessions(messages, open ?? null, gapMs)
  const starts = sessions.map(({ firstSeq }) => firstSeq)
  for (const { firstSeq } of sessions) {
    const old = sessionAt(tx.queries, thread, firstSeq)
    if (old?.firstSeq === firstSeq && old.localDate !== localDate(old.startedAt)) dates.add(old.localDate)
  }
  const gone = removeOtherSessions(tx, thread, { after, upTo: last.seq, starts })
  for (const date of gone) dates.add(date)
  const placed = sessions.map(({ firstSeq, lastSeq, startedAt, endedAt, lastSentAt }) => ({
    firstSeq,
    lastSeq,
    startedAt,
    endedAt,
    lastSentAt,
  }))
  putSessions(tx, thread, placed, localDate, now)
}

/** True where every summary is up to date. The session that is still being read waits until it was read to its end. */
const summariseStale = (work: Work, channel: string, extractedSeq: number, isAtEnd: boolean): boolean => {
  const { tx, thread, timeZone, now, dates } = work
  const open = sessionAt(tx.queries, thread, extractedSeq)
  const stale = staleSessions(tx.queries, thread, extractedSeq, sessionsAtOnce)
  for (const session of stale) {
    if (!isAtEnd && session.firstSeq === open?.firstSeq) continue
    saveSummary(tx, thread.clientId, session.seq, {
      ...summariseSession(tx.queries, session, { channel, timeZone }),
      updatedAt: now,
    })
    dates.add(session.localDate)
  }
  return stale.length < sessionsAtOnce
}
