import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { conversations, jobs } from '../../../db/schema/index.ts'
import { listConversations, restore, triage } from '../../../host/inbox/index.ts'
import { createSettings } from '../../../host/settings/index.ts'
import type { TriageAction, TriageBefore } from '../../../shared/contract/inbox.ts'
import { type Inbox, openInbox } from './world.ts'

const now = 1_000_000
let inbox: Inbox
beforeEach(() => {
  inbox = openInbox()
  for (const id of ['ann', 'ben', 'cho']) {
    inbox.addConversation(id)
    inbox.addMessage(id)
    inbox.addMessage(id, { senderType: 'human_coach' })
  }
})
afterEach(() => inbox.close())

const settings = () => createSettings(inbox.queries, {}).values()
const act = (conversationIds: string[], action: TriageAction): TriageBefore[] =>
  inbox.write((tx) => triage(tx, { conversationIds, action }, settings(), now)).before
const undo = (before: TriageBefore[]): void => inbox.write((tx) => restore(tx, { before }, settings(), now))
const stateOf = (id: string) => {
  const row = inbox.queries.select().from(conversations).where(eq(conversations.id, id)).get()
  return row && [row.snoozedUntil, row.doneAt, row.unreadCount, row.acceptance]
}
const everyState = () => ['ann', 'ben', 'cho'].map(stateOf)
const isListed = (id: string): boolean =>
  listConversations(inbox.queries, { filter: 'all', limit: 9 }, now).rows.some((row) => row.id === id)
/** As the house stores it: what was put aside is back in sight, and one more is unread. */
const clientWrites = (id: string): void => {
  inbox.addMessage(id)
  inbox.sqlite.exec(
    `UPDATE conversations SET snoozed_until = NULL, done_at = NULL, unread_count = unread_count + 1 WHERE id = '${id}'`,
  )
}

describe('putting conversations aside', () => {
  test('done, put off and back again, for several at once', () => {
    act(['ann', 'ben'], { kind: 'done' })
    expect(stateOf('ann')).toEqual([null, now, 0, 'accepted'])
    act(['ann'], { kind: 'snooze', until: now + 60 })
    expect(stateOf('ann')).toEqual([now + 60, null, 0, 'accepted'])
    act(['ann', 'ben'], { kind: 'reopen' })
    expect(everyState()).toEqual(Array(3).fill([null, null, 0, 'accepted']))
  })

  test('read and unread, where unread messages are not counted anew', () => {
    act(['ann'], { kind: 'unread' })
    expect(stateOf('ann')?.[2]).toBe(1)
    clientWrites('ben')
    clientWrites('ben')
    act(['ben'], { kind: 'unread' })
    expect(stateOf('ben')?.[2]).toBe(2)
    act(['ann', 'ben'], { kind: 'read' })
    expect(everyState().map((state) => state?.[2])).toEqual([0, 0, 0])
  })

  test('a time that is over is refused with a sentence', () => {
    expect(() => act(['ann'], { kind: 'snooze', until: now })).toThrow('Choose one that lies ahead')
  })

  test('where one of many is gone, nothing happens to the others', () => {
    expect(() => act(['ann', 'nobody'], { kind: 'done' })).toThrow('no longer here')
    expect(stateOf('ann')?.[1]).toBeNull()
    expect(inbox.changes).toEqual([])
  })

  test('five hundred at once, and back', () => {
    const ids = Array.from({ length: 500 }, (_, index) => inbox.addConversation(`many-${index}`))
    const before = act([...ids, ...ids], { kind: 'done' })
    expect(before).toHaveLength(500)
    undo(before)
    expect(stateOf('many-499')).toEqual([null, null, 0, 'accepted'])
  })

  test('windows are told', () => {
    act(['ann'], { kind: 'done' })
    expect(inbox.changes).toEqual([{ topic: 'inbox' }, { topic: 'conversation', id: 'ann' }])
  })
})

describe('letting a new sender in', () => {
  const addRequest = (): void => {
    inbox.addConversation('new', { acceptance: 'requested' })
    inbox.addMessage('new', { sentAt: now - 1_000, createdAt: now - 1_000 })
  }
  const queued = () => inbox.queries.select().from(jobs).where(eq(jobs.dedupeKey, 'new')).all()
  const epoch = () => inbox.queries.select().from(conversations).where(eq(conversations.id, 'new')).get()?.epoch

  test('the clone thinks about what they wrote', () => {
    addRequest()
    act(['new'], { kind: 'accept' })
    expect(queued()).toHaveLength(1)
  })

  test('declining, and taking the acceptance back, makes what the clone was about to say out of date', () => {
    addRequest()
    const before = act(['new'], { kind: 'accept' })
    const accepted = epoch() ?? 0
    undo(before)
    expect(stateOf('new')?.[3]).toBe('requested')
    expect(epoch()).toBeGreaterThan(accepted)
    act(['new'], { kind: 'decline' })
    expect(isListed('new')).toBe(false)
  })
})

describe('taking it back', () => {
  test('a message that came meanwhile stays in sight and unread', () => {
    act(['ann'], { kind: 'snooze', until: now + 60 })
    for (const action of [{ kind: 'done' }, { kind: 'reopen' }] as const) {
      const before = act(['ann'], action)
      clientWrites('ann')
      undo(before)
      expect(isListed('ann'), action.kind).toBe(true)
      expect(stateOf('ann')?.[2], action.kind).toBeGreaterThan(0)
      act(['ann'], { kind: 'read' })
      act(['ann'], { kind: 'snooze', until: now + 60 })
    }
  })

  test.each([0, 1, 2])(
    'a message that came meanwhile stays so where %j had been unread before, and all were read since',
    (unread) => {
      inbox.sqlite.exec(`UPDATE conversations SET unread_count = ${unread}, done_at = 7 WHERE id = 'ann'`)
      const before = act(['ann'], { kind: 'reopen' })
      act(['ann'], { kind: 'read' })
      clientWrites('ann')
      undo(before)
      expect(isListed('ann')).toBe(true)
      expect(stateOf('ann')?.[2]).toBeGreaterThan(0)
    },
  )

  test('a message that came meanwhile and was read is not unread again', () => {
    const before = act(['ann'], { kind: 'done' })
    clientWrites('ann')
    act(['ann'], { kind: 'read' })
    undo(before)
    expect(stateOf('ann')).toEqual([null, null, 0, 'accepted'])
  })

  test('what the coach did after such a message holds', () => {
    const before = act(['ann'], { kind: 'snooze', until: now + 60 })
    clientWrites('ann')
    act(['ann'], { kind: 'done' })
    undo(before)
    expect(stateOf('ann')?.[1]).toBe(now)
  })

  test('whatever was done, taking it back step by step leads to where it began', () => {
    const action = fc.oneof(
      fc.constantFrom<TriageAction>(
        { kind: 'done' },
        { kind: 'reopen' },
        { kind: 'read' },
        { kind: 'unread' },
        { kind: 'accept' },
        { kind: 'decline' },
      ),
      fc.integer({ min: 1, max: 90 }).map((ms): TriageAction => ({ kind: 'snooze', until: now + ms })),
    )
    const step = fc.record({ action, ids: fc.subarray(['ann', 'ben', 'cho'], { minLength: 1 }) })
    const start = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3))
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 12 }), (unread, steps) => {
        for (const [index, id] of ['ann', 'ben', 'cho'].entries())
          inbox.sqlite.exec(`UPDATE conversations SET unread_count = ${unread[index]} WHERE id = '${id}'`)
        const states = [everyState()]
        const undos = steps.map(({ action: chosen, ids }) => {
          const before = act(ids, chosen)
          states.push(everyState())
          return before
        })
        for (const before of undos.toReversed()) {
          expect(everyState()).toEqual(states.pop())
          undo(before)
        }
        expect(everyState()).toEqual(states.pop())
      }),
      { numRuns: 150, seed: 4_711 },
    )
  })
})
