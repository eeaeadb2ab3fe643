import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countConversations, listConversations } from '../../../host/inbox/index.ts'
import { type Owner, owners } from '../../../shared/taxonomy/conversation.ts'
import { type Inbox, openInbox } from './world.ts'

const now = 1_000_000

/** Most of the time nothing is the matter, so that each reason also stands alone. */
const seldom = <Value>(what: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: what })
const seldomTrue = seldom(fc.constant(true)).map((isTrue) => isTrue === true)

const state = fc.record({
  owner: fc.oneof(
    { weight: 3, arbitrary: fc.constant<Owner>('ai') },
    { weight: 1, arbitrary: fc.constantFrom(...owners) },
  ),
  acceptance: fc.constantFrom('accepted', 'accepted', 'accepted', 'accepted', 'accepted', 'requested', 'declined'),
  snoozedUntil: seldom(fc.constantFrom(now - 10, now, now + 10)),
  doneAt: seldom(fc.constantFrom(now - 20, now - 5)),
  handbackAskedAt: seldom(fc.constant(now - 1)),
  /** Who wrote, oldest first; `failed`: a reply that did not go out. */
  thread: fc.array(fc.constantFrom('client', 'ai', 'human_coach', 'system', 'failed'), { maxLength: 4 }),
  run: seldom(fc.record({ status: fc.constantFrom('running', 'silent', 'sent', 'failed'), isOfNewest: fc.boolean() })),
  hasReplyJob: seldomTrue,
  outbox: seldom(
    fc.record({
      state: fc.constantFrom('queued', 'sending', 'sent', 'failed', 'unknown', 'discarded'),
      author: fc.constantFrom('ai', 'human', 'notice'),
      hasMessage: fc.boolean(),
    }),
  ),
  hasDraft: seldomTrue,
  followUp: seldom(fc.record({ dueAt: fc.constantFrom(now - 30, now - 10, now, now + 10), isDone: fc.boolean() })),
})
type State = typeof state extends fc.Arbitrary<infer Generated> ? Generated : never

const lastIndexOf = (thread: State['thread'], ...wanted: State['thread']): number =>
  thread.findLastIndex((one) => wanted.includes(one))

/** The written rule once more, in plain words. */
const needsCoach = (one: State): boolean => {
  const isUnanswered = lastIndexOf(one.thread, 'client') > lastIndexOf(one.thread, 'ai', 'human_coach')
  const isSnoozed = (one.snoozedUntil ?? 0) > now
  const outgoing = one.outbox?.state ?? 'sent'
  const isScheduled = one.outbox?.author === 'human' && !one.outbox.hasMessage
  const isOnItsWay = (outgoing === 'queued' || outgoing === 'sending') && !isScheduled
  const isThoughtOf = one.run?.isOfNewest === true && (one.run.status === 'running' || one.run.status === 'silent')
  const isReminded = one.followUp !== null && !one.followUp.isDone && one.followUp.dueAt <= now

  if (one.owner === 'locked') return true
  if (one.acceptance === 'declined') return false
  if (one.owner === 'waiting' || outgoing === 'failed' || outgoing === 'unknown') return true
  if (isSnoozed) return false
  if (isReminded && (one.doneAt === null || (one.followUp?.dueAt ?? 0) > one.doneAt)) return true
  if (one.doneAt !== null) return false
  if (one.acceptance === 'requested' || one.handbackAskedAt !== null || one.hasDraft) return true
  if (!isUnanswered) return false
  if (one.snoozedUntil !== null || one.owner === 'human') return true
  return !one.hasReplyJob && !isOnItsWay && !isThoughtOf
}

const isInEverydayLists = (one: State): boolean =>
  one.owner === 'locked' || (one.acceptance === 'accepted' && one.doneAt === null && (one.snoozedUntil ?? 0) <= now)

const build = (inbox: Inbox, states: readonly State[]): void => {
  states.forEach((one, index) => {
    const { owner, acceptance, snoozedUntil, doneAt, handbackAskedAt } = one
    const id = inbox.addConversation(`c${index}`, { owner, acceptance, snoozedUntil, doneAt, handbackAskedAt })
    let newest = 0
    let lastId: string | null = null
    for (const who of one.thread) {
      const row = inbox.addMessage(
        id,
        who === 'failed' ? { senderType: 'ai', deliveryStatus: 'failed' } : { senderType: who },
      )
      lastId = row.id
      if (who === 'client') newest = row.seq
    }
    if (one.outbox) {
      const messageId = one.outbox.hasMessage ? lastId : null
      // Nothing was written that it could stand for: then it is as if it had been scheduled.
      inbox.addOutgoing(id, { state: one.outbox.state, author: one.outbox.author, messageId })
    }
    if (one.run) inbox.addRun(id, { status: one.run.status, lastClientSeq: one.run.isOfNewest ? newest : newest - 1 })
    if (one.hasReplyJob) inbox.addReplyJob(id)
    if (one.hasDraft) inbox.addDraft(id, inbox.addRun(id, { status: 'draft', lastClientSeq: -1 }))
    if (one.followUp) inbox.addFollowUp(id, { dueAt: one.followUp.dueAt, doneAt: one.followUp.isDone ? 1 : null })
  })
}

/** A draft comes from a run of its own, which is then the newest; a message stands for a send only where there is one. */
const consistent = (one: State): State => ({
  ...one,
  run: one.hasDraft ? null : one.run,
  outbox: one.outbox && { ...one.outbox, hasMessage: one.outbox.hasMessage && one.thread.length > 0 },
})

describe('in any state of the inbox', () => {
  test('exactly those who need a person by the written rule are under "needs me", and the counts agree', () => {
    const inbox = openInbox()
    fc.assert(
      fc.property(fc.array(state.map(consistent), { minLength: 6, maxLength: 14 }), (states) => {
        inbox.sqlite.exec('SAVEPOINT before')
        try {
          build(inbox, states)
          const ids = (wanted: (one: State) => boolean) =>
            states.flatMap((one, index) => (wanted(one) ? [`c${index}`] : [])).toSorted()
          const listed = (filter: 'needs_me' | 'all') =>
            listConversations(inbox.queries, { filter, limit: 100 }, now)
              .rows.map((row) => row.id)
              .toSorted()
          expect(listed('needs_me')).toEqual(ids(needsCoach))
          expect(listed('all')).toEqual(ids(isInEverydayLists))
          const counts = countConversations(inbox.queries, now)
          expect(counts.needsMe).toBe(ids(needsCoach).length)
          expect(counts.all).toBe(ids(isInEverydayLists).length)
        } finally {
          inbox.sqlite.exec('ROLLBACK TO before; RELEASE before')
        }
      }),
      { numRuns: 100, seed: 20_261_121 },
    )
    inbox.close()
  })
})
