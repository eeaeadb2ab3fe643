import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { countConversations, listConversations } from '../../../host/inbox/index.ts'
import type { InboxFilter } from '../../../shared/contract/inbox.ts'
import { type Inbox, openInbox } from './world.ts'

type ListInput = Parameters<typeof listConversations>[1]

const now = 1_000_000
let inbox: Inbox
beforeEach(() => {
  inbox = openInbox()
})
afterEach(() => inbox.close())

const named = (filter: InboxFilter, more: Partial<ListInput> = {}): string[] =>
  listConversations(inbox.queries, { filter, limit: 50, ...more }, now).rows.map((row) => row.id)
/** The whole list, read page by page. */
const pagesOf = (filter: InboxFilter, limit: number): string[] => {
  const seen: string[] = []
  let after: ListInput['after']
  do {
    const page = listConversations(inbox.queries, { filter, limit, after }, now)
    seen.push(...page.rows.map((row) => row.id))
    after = page.next ?? undefined
  } while (after !== undefined)
  return seen
}
const rowOf = (id: string) =>
  listConversations(inbox.queries, { filter: 'all', limit: 50 }, now).rows.find((row) => row.id === id)

/** One conversation of each standing; the coach has answered all of them. */
const addEveryStanding = (): void => {
  const standings = {
    plain: {},
    mine: { owner: 'human' },
    waiting: { owner: 'waiting' },
    snoozed: { snoozedUntil: now + 1 },
    done: { doneAt: now - 1 },
    requested: { acceptance: 'requested' },
    declined: { acceptance: 'declined' },
  } as const
  for (const [id, standing] of Object.entries(standings)) {
    inbox.addConversation(id, { ...standing, unreadCount: 1 })
    inbox.addMessage(id)
    inbox.addMessage(id, { senderType: 'human_coach' })
  }
}

describe('the lists of the inbox', () => {
  test('what was put off, done, not let in or declined is in its own list only', () => {
    addEveryStanding()
    expect(named('all')).toEqual(['waiting', 'mine', 'plain'])
    expect(named('unread')).toEqual(['waiting', 'mine', 'plain'])
    expect(named('ai')).toEqual(['plain'])
    expect(named('mine')).toEqual(['mine'])
    expect(named('snoozed')).toEqual(['snoozed'])
    expect(named('done')).toEqual(['done'])
    expect(named('requests')).toEqual(['requested'])
    expect(named('needs_me').toSorted()).toEqual(['requested', 'waiting'])
  })

  test('each count is what its list holds', () => {
    addEveryStanding()
    expect(countConversations(inbox.queries, now)).toEqual({ needsMe: 2, unread: 3, all: 3, requests: 1, snoozed: 1 })
  })

  test('who is in danger stands on top of every everyday list, whatever became of the conversation', () => {
    addEveryStanding()
    inbox.addConversation('danger', { owner: 'locked', doneAt: now - 1, acceptance: 'declined', waitingSince: 5 })
    inbox.addMessage('danger')
    inbox.addMessage('plain')
    for (const filter of ['needs_me', 'unread', 'all', 'ai', 'mine'] as const)
      expect(named(filter)[0], filter).toBe('danger')
    expect(named('all', { after: { seq: 10_000, waitsSince: null } })).not.toContain('danger')
    expect(named('requests')).toEqual(['requested'])
  })

  test('one client at a time, those in danger too', () => {
    addEveryStanding()
    inbox.addConversation('danger', { owner: 'locked', waitingSince: 5 })
    inbox.addConversation('second', { clientId: 'client-plain', channel: 'other' })
    inbox.addMessage('second')
    expect(named('all', { clientId: 'client-plain' })).toEqual(['second', 'plain'])
    expect(named('all', { clientId: 'client-danger' })).toEqual(['danger'])
  })

  test('pages without gaps or repeats', () => {
    for (let index = 0; index < 23; index += 1) {
      inbox.addConversation(`c${index}`, index % 3 === 0 ? { doneAt: 1 } : {})
      inbox.addMessage(`c${index}`)
    }
    const seen = pagesOf('all', 4)
    expect(seen).toEqual(named('all'))
    expect(seen).toHaveLength(15)
  })

  test('under "needs me" danger comes first, then whoever has waited longest, then what waits for no answer', () => {
    inbox.addConversation('danger', { owner: 'locked', waitingSince: 900 })
    inbox.addMessage('danger', { sentAt: 900, createdAt: 900 })
    for (const [id, since] of [
      ['hour', 300],
      ['day', 100],
      ['minute', 700],
    ] as const) {
      inbox.addConversation(id, { owner: 'waiting', waitingSince: since + 1 })
      inbox.addMessage(id, { sentAt: since, createdAt: since })
    }
    inbox.addMessage('day', { sentAt: 950, createdAt: 950 })
    inbox.addConversation('held', { owner: 'waiting', waitingSince: 400 })
    inbox.addMessage('held', { sentAt: 350, createdAt: 350 })
    inbox.addMessage('held', { senderType: 'ai', sentAt: 390, createdAt: 390 })
    for (const id of ['earlier', 'later']) {
      inbox.addConversation(id)
      inbox.addMessage(id, { sentAt: 10, createdAt: 10 })
      inbox.addMessage(id, { senderType: 'human_coach', sentAt: 20, createdAt: 20 })
      inbox.addFollowUp(id, { dueAt: now })
    }
    const inOrder = ['danger', 'day', 'hour', 'held', 'minute', 'later', 'earlier']
    expect(named('needs_me')).toEqual(inOrder)
    for (const limit of [1, 2, 3, 5]) expect(pagesOf('needs_me', limit), `${limit} at a time`).toEqual(inOrder)
  })

  test('who was in danger and has heard nothing from the coach since stands before those who merely wait', () => {
    for (const [id, owner, since] of [
      ['taken', 'human', 900],
      ['longer', 'waiting', 100],
      ['locked', 'locked', 950],
    ] as const) {
      inbox.addConversation(id, { owner, waitingSince: owner === 'human' ? null : since })
      inbox.addMessage(id, { sentAt: since, createdAt: since })
    }
    const messageSeq = rowOf('taken')?.lastSeq ?? 0
    inbox.addHandoff('taken', { trigger: 'safety_crisis', toOwner: 'locked', messageSeq })
    expect(named('needs_me')).toEqual(['locked', 'taken', 'longer'])
    expect(pagesOf('needs_me', 1)).toEqual(['locked', 'taken', 'longer'])
  })

  test('those who began to wait in the same moment are all listed, page by page', () => {
    for (let index = 0; index < 7; index += 1) {
      inbox.addConversation(`c${index}`, { owner: 'human' })
      inbox.addMessage(`c${index}`)
    }
    expect(pagesOf('needs_me', 2)).toEqual(['c6', 'c5', 'c4', 'c3', 'c2', 'c1', 'c0'])
  })
})

describe('what needs the coach', () => {
  test('a snooze that ran out with the client unanswered, though the clone meant to stay silent', () => {
    inbox.addConversation('ann', { snoozedUntil: now })
    const asked = inbox.addMessage('ann')
    inbox.addRun('ann', { status: 'silent', lastClientSeq: asked.seq })
    expect(named('needs_me')).toEqual(['ann'])
    inbox.addMessage('ann', { senderType: 'human_coach' })
    expect(named('needs_me')).toEqual([])
  })

  test('a client who waits for a person, although the coach put the conversation off or was done with it', () => {
    inbox.addConversation('off', { owner: 'waiting', snoozedUntil: now + 1 })
    inbox.addConversation('done', { owner: 'waiting', doneAt: now - 1 })
    inbox.addConversation('quiet', { owner: 'human', snoozedUntil: now + 1 })
    for (const id of ['off', 'done', 'quiet']) inbox.addMessage(id)
    expect(named('needs_me')).toEqual(['done', 'off'])
  })

  test('a send in trouble, wherever the conversation was put', () => {
    inbox.addConversation('done', { doneAt: now - 1 })
    inbox.addMessage('done')
    inbox.addOutgoing('done', { state: 'unknown' })
    expect(named('needs_me')).toEqual(['done'])
  })

  test('a reminder from the moment it is due until it is done, also in a conversation that was done before it came due', () => {
    inbox.addConversation('ann', { doneAt: now - 100 })
    inbox.addMessage('ann')
    inbox.addMessage('ann', { senderType: 'human_coach' })
    inbox.addFollowUp('ann', { dueAt: now })
    expect(named('needs_me')).toEqual(['ann'])
    expect(listConversations(inbox.queries, { filter: 'needs_me', limit: 9 }, now - 1).rows).toEqual([])
    inbox.sqlite.exec(`UPDATE conversations SET done_at = ${now}`)
    expect(named('needs_me')).toEqual([])
  })

  test('the question whether to hand back after an answer on the own device', () => {
    inbox.addConversation('ann', { owner: 'human', handbackAskedAt: 5 })
    inbox.addMessage('ann')
    inbox.addMessage('ann', { senderType: 'human_coach' })
    expect(named('needs_me')).toEqual(['ann'])
    expect(rowOf('ann')?.asksToHandBack).toBe(true)
  })

  test('a client whom the clone owes an answer, unless it is about to give one; a text scheduled for later is none', () => {
    inbox.addConversation('ann')
    inbox.addMessage('ann')
    inbox.addOutgoing('ann', { author: 'human', sendAfter: now + 9_999 })
    expect(named('needs_me')).toEqual(['ann'])
    inbox.addReplyJob('ann')
    expect(named('needs_me')).toEqual([])
  })
})

describe('a row of the list', () => {
  test('tells since when the client is unanswered: the first message after the last answer that did not fail', () => {
    inbox.addConversation('ann')
    inbox.addMessage('ann', { sentAt: 10, createdAt: 10 })
    inbox.addMessage('ann', { senderType: 'ai', sentAt: 20, createdAt: 20 })
    expect(rowOf('ann')?.unansweredSince).toBeNull()
    inbox.addMessage('ann', { sentAt: 30, createdAt: 90 })
    inbox.addMessage('ann', { sentAt: 40, createdAt: 90 })
    inbox.addMessage('ann', { senderType: 'system', sentAt: 50, createdAt: 50 })
    inbox.addMessage('ann', { senderType: 'human_coach', deliveryStatus: 'failed', sentAt: 60, createdAt: 60 })
    expect(rowOf('ann')?.unansweredSince).toBe(30)
  })

  test('carries what the channel calls the client, and whether they can be reached', () => {
    inbox.addConversation('ann', { handle: '@ann', isReachable: false, snoozedUntil: now - 5 })
    inbox.addMessage('ann')
    expect(rowOf('ann')).toMatchObject({
      handle: '@ann',
      isReachable: false,
      snoozedUntil: now - 5,
      doneAt: null,
      acceptance: 'accepted',
      asksToHandBack: false,
    })
  })
})

describe('the plans of the queries', () => {
  /** How the newest query of a list is carried out, one step a line. */
  const planOf = (filter: InboxFilter): string => {
    const prepare = inbox.sqlite.prepare.bind(inbox.sqlite)
    const seen: string[] = []
    Object.assign(inbox.sqlite, {
      prepare: (text: string) => {
        seen.push(text)
        return prepare(text)
      },
    })
    named(filter)
    const text = seen.at(-1) ?? ''
    return prepare(`EXPLAIN QUERY PLAN ${text}`)
      .all(...Array.from({ length: text.split('?').length - 1 }, () => 1))
      .map((step) => JSON.stringify(step))
      .join('\n')
  }

  test('a list walks the newest conversations and looks answers up, without sorting or reading a whole thread', () => {
    const plan = planOf('all')
    expect(plan).toContain('conversations_recent')
    expect(plan).not.toContain('USE TEMP B-TREE')
    expect(plan).not.toMatch(/SCAN (m|cm|a|u|o|d|e|j|f)\b/)
    expect(plan).toContain('messages_answers')
  })

  test('who needs the coach is found and sorted by index entries alone; only the rows of the page are read', () => {
    const plan = planOf('needs_me')
    expect(plan).toMatch(/SEARCH c USING PRIMARY KEY/)
    expect(plan).not.toMatch(/SCAN (m|cm|a|u|o|d|e|j|f)\b/)
    expect(plan).toContain('messages_answers')
  })
})
