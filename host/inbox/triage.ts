import { eq, inArray, sql } from 'drizzle-orm'
import { conversations } from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import type { TriageAction, TriageBefore } from '../../shared/contract/inbox.ts'
import type { SettingsValues } from '../../shared/contract/settings.ts'
import { Problem } from '../../shared/problem.ts'
import type { ConversationRecord } from '../conversations/index.ts'
import { answerWhatIsOpen } from '../replies/index.ts'

type State = Omit<TriageBefore, 'conversationId' | 'lastClientSeq'>

/**
 * Puts conversations aside, back, read or unread, lets a sender in or not; all of them or none. Gives what each was
 * before, for `restore`. Throws NOT_FOUND, and INVALID_INPUT for a snooze into the past.
 */
export const triage = (
  tx: Tx,
  { conversationIds, action }: { conversationIds: readonly string[]; action: TriageAction },
  settings: SettingsValues,
  now: number,
): { before: TriageBefore[] } => {
  if (action.kind === 'snooze' && action.until <= now)
    throw new Problem('INVALID_INPUT', 'This time is already over. Choose one that lies ahead.')
  const before = statesOf(tx, conversationIds)
  for (const record of before) become(tx, record, after(record, action, now), settings, now)
  return { before: before.map(asBefore) }
}

/** Puts back what triage changed. What a client wrote since stays in sight and unread. Throws NOT_FOUND. */
export const restore = (
  tx: Tx,
  { before }: { before: readonly TriageBefore[] },
  settings: SettingsValues,
  now: number,
): void => {
  const records = new Map(
    statesOf(
      tx,
      before.map((state) => state.conversationId),
    ).map((record) => [record.id, record]),
  )
  for (const earlier of before) {
    const record = records.get(earlier.conversationId)
    if (record) become(tx, record, restored(record, earlier), settings, now)
  }
}

const statesOf = (tx: Tx, conversationIds: readonly string[]): ConversationRecord[] => {
  const wanted = [...new Set(conversationIds)]
  const records = tx.queries.select().from(conversations).where(inArray(conversations.id, wanted)).all()
  if (records.length < wanted.length) throw new Problem('NOT_FOUND')
  return records
}

const stateOf = ({ snoozedUntil, doneAt, unreadCount, acceptance }: State): State => ({
  snoozedUntil,
  doneAt,
  unreadCount,
  acceptance,
})

const asBefore = (record: ConversationRecord): TriageBefore => ({
  conversationId: record.id,
  lastClientSeq: record.lastClientSeq,
  ...stateOf(record),
})

const after = (record: ConversationRecord, action: TriageAction, now: number): State => {
  const state = stateOf(record)
  switch (action.kind) {
    case 'done':
      return { ...state, doneAt: now, snoozedUntil: null }
    case 'reopen':
      return { ...state, doneAt: null, snoozedUntil: null }
    case 'snooze':
      return { ...state, snoozedUntil: action.until, doneAt: null }
    case 'read':
      return { ...state, unreadCount: 0 }
    case 'unread':
      return { ...state, unreadCount: Math.max(1, state.unreadCount) }
    case 'accept':
      return { ...state, acceptance: 'accepted' }
    case 'decline':
      return { ...state, acceptance: 'declined' }
  }
}

/** What the client wrote since ended what was put aside and is unread, unless the coach has read it: neither is undone. */
const restored = (record: ConversationRecord, earlier: TriageBefore): State => {
  if (record.lastClientSeq <= earlier.lastClientSeq) return stateOf(earlier)
  const { doneAt, snoozedUntil } = record
  const unreadCount = record.unreadCount === 0 ? 0 : Math.max(record.unreadCount, earlier.unreadCount)
  return { ...stateOf(earlier), doneAt, snoozedUntil, unreadCount }
}

const become = (tx: Tx, record: ConversationRecord, state: State, settings: SettingsValues, now: number): void => {
  const hasChanged = record.acceptance !== state.acceptance
  tx.queries
    .update(conversations)
    .set({
      ...state,
      // What the clone was about to say was decided for a sender who stood otherwise.
      ...(hasChanged && record.owner === 'ai' ? { epoch: sql`${conversations.epoch} + 1` } : {}),
    })
    .where(eq(conversations.id, record.id))
    .run()
  if (hasChanged && state.acceptance === 'accepted') answerWhatIsOpen(tx, record.id, settings, now)
  tx.changed('inbox')
  tx.changed('conversation', record.id)
}
