import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { channelGaps, type handoffs, messageParts, messageVersions, replyFeedback } from '../../../db/schema/index.ts'
import { readThread, readVersions, setFeedback } from '../../../host/inbox/index.ts'
import { type Inbox, openInbox } from './world.ts'

let inbox: Inbox
beforeEach(() => {
  inbox = openInbox()
  inbox.addConversation('ann')
})
afterEach(() => inbox.close())

const page = (
  more: { before?: number | undefined; after?: number | undefined; limit?: number } = {},
  canChange = true,
) =>
  readThread(inbox.queries, { conversationId: 'ann', limit: 50, ...more }, 'Robin', (channel) => {
    expect(channel).toBe('fake')
    return canChange
  })
const only = (canChange = true) => {
  const [message] = page({}, canChange).messages
  if (!message) throw new Error('The thread is empty.')
  return message
}

describe('a thread', () => {
  test('is read backwards from its end, forwards from a place, and says what lies beyond', () => {
    const seqs = Array.from({ length: 7 }, () => inbox.addMessage('ann').seq)
    inbox.addConversation('ben')
    inbox.addMessage('ben')
    const shown = (part: ReturnType<typeof page>) => [
      part.messages.map((message) => seqs.indexOf(message.seq)),
      part.hasEarlier,
      part.hasLater,
    ]
    expect(shown(page({ limit: 3 }))).toEqual([[4, 5, 6], true, false])
    expect(shown(page({ before: seqs[4], limit: 3 }))).toEqual([[1, 2, 3], true, true])
    expect(shown(page({ before: seqs[1], limit: 3 }))).toEqual([[0], false, true])
    expect(shown(page({ before: seqs[0] }))).toEqual([[], false, true])
    expect(shown(page({ after: seqs[1], limit: 3 }))).toEqual([[2, 3, 4], true, true])
    expect(shown(page({ after: seqs[4], limit: 3 }))).toEqual([[5, 6], true, false])
    expect(shown(page({ after: seqs[6] }))).toEqual([[], true, false])
    expect(shown(page({ after: 0, limit: 100 }))).toEqual([[0, 1, 2, 3, 4, 5, 6], false, false])
  })

  test('of nobody is a failure with a sentence', () => {
    expect(() => readThread(inbox.queries, { conversationId: 'nobody', limit: 1 }, 'Robin')).toThrow('no longer here')
  })

  test('shows a gap of its channel on exactly one page boundary side, and none twice within a page', () => {
    const gap = (channel: string, fromAt: number, toAt: number) =>
      inbox.queries
        .insert(channelGaps)
        .values({ id: `${channel}-${fromAt}`, channel, fromAt, toAt })
        .run()
    const seqs = [100, 200, 1_000, 1_100].map((sentAt) => inbox.addMessage('ann', { sentAt }).seq)
    gap('fake', 10, 50)
    gap('fake', 300, 900)
    gap('fake', 2_000, 3_000)
    gap('other', 300, 900)
    expect(page().gaps).toEqual([
      { from: 300, to: 900 },
      { from: 2_000, to: 3_000 },
    ])
    expect(page({ limit: 2 }).gaps).toEqual([
      { from: 300, to: 900 },
      { from: 2_000, to: 3_000 },
    ])
    expect(page({ before: seqs[2], limit: 2 }).gaps).toEqual([])
    expect(page({ after: seqs[1], limit: 1 }).gaps).toEqual([{ from: 300, to: 900 }])
  })
})

describe('the owner of a conversation', () => {
  const hand = (more: Partial<typeof handoffs.$inferInsert> & { messageSeq: number }) => inbox.addHandoff('ann', more)
  const shown = (part: ReturnType<typeof page>) => part.ownerChanges.map(({ id, beforeSeq }) => [id, beforeSeq])

  /** Six messages; a crisis after the second, taken over, handed back after the fourth; one more call at the end. */
  const story = () => {
    const seqs = [1, 2, 3, 4, 5, 6].map((at) => inbox.addMessage('ann', { createdAt: at * 100 }).seq)
    const [, second = 0, , fourth = 0, , sixth = 0] = seqs
    const crisis = { trigger: 'safety_crisis', createdAt: 200, messageSeq: second } as const
    const locked = hand({ ...crisis, fromOwner: 'ai', toOwner: 'locked' })
    const taken = hand({ ...crisis, fromOwner: 'locked', toOwner: 'human', createdAt: 250 })
    const back = { fromOwner: 'human', toOwner: 'ai', trigger: 'handback', createdAt: 450 } as const
    const given = hand({ ...back, messageSeq: fourth, reason: 'You handed back to the clone.' })
    const call = { fromOwner: 'ai', toOwner: 'waiting', trigger: 'low_confidence', createdAt: 600 } as const
    const called = hand({ ...call, messageSeq: sixth })
    return { seqs, locked, taken, given, called }
  }

  test('is told whenever it changed, where it changed, with the record of a crisis', () => {
    const { seqs, locked, taken, given, called } = story()
    inbox.addConversation('ben')
    inbox.addHandoff('ben', { messageSeq: 0 })
    expect(page().ownerChanges).toEqual([
      {
        id: locked,
        at: 200,
        from: 'ai',
        to: 'locked',
        trigger: 'safety_crisis',
        byCoach: false,
        hasCrisisRecord: true,
        interventionId: null,
        beforeSeq: seqs[2],
      },
      expect.objectContaining({ id: taken, to: 'human', byCoach: true, hasCrisisRecord: false, beforeSeq: seqs[2] }),
      expect.objectContaining({ id: given, to: 'ai', byCoach: true, beforeSeq: seqs[4] }),
      expect.objectContaining({ id: called, to: 'waiting', byCoach: false, beforeSeq: null }),
    ])
  })

  test.each([1, 2, 3, 4, 5, 6, 7])(
    'is on exactly one page, with %i messages a page, backwards and forwards',
    (limit) => {
      const { locked, taken, given, called } = story()
      const walk = (
        next: (last: ReturnType<typeof page>) => Parameters<typeof page>[0],
        first: Parameters<typeof page>[0],
      ) => {
        const pages = [page({ limit, ...first })]
        for (let last = pages[0]; last; last = pages.at(-1)) {
          const isOver = first?.after === undefined ? !last.hasEarlier : !last.hasLater
          if (isOver) return pages
          pages.push(page({ limit, ...next(last) }))
        }
        return pages
      }
      const backwards = walk((last) => ({ before: last.messages[0]?.seq }), {}).reverse()
      const forwards = walk((last) => ({ after: last.messages.at(-1)?.seq }), { after: 0 })
      for (const pages of [backwards, forwards]) {
        expect(pages.flatMap((part) => part.ownerChanges.map(({ id }) => id))).toEqual([locked, taken, given, called])
        for (const part of pages) {
          const seqs = new Set(part.messages.map(({ seq }) => seq))
          expect(part.ownerChanges.every(({ beforeSeq }) => beforeSeq === null || seqs.has(beforeSeq))).toBe(true)
        }
      }
    },
  )

  test('that came back to the clone by itself is told when it did, not with what was dealt with before', () => {
    const [first = 0, , third] = [100, 200, 300].map((createdAt) => inbox.addMessage('ann', { createdAt }).seq)
    const back = { fromOwner: 'human', toOwner: 'ai', trigger: 'handback', reason: 'You were silent.' } as const
    const returned = hand({ ...back, messageSeq: first, createdAt: 250 })
    const again = hand({ ...back, messageSeq: first, createdAt: 350 })
    expect(shown(page())).toEqual([
      [returned, third],
      [again, null],
    ])
    expect(page().ownerChanges.map(({ byCoach }) => byCoach)).toEqual([false, false])
    expect(shown(page({ before: third }))).toEqual([])
  })

  test('before anything was said stands at the beginning', () => {
    const taken = hand({ messageSeq: 0, fromOwner: 'ai', toOwner: 'human', trigger: 'coach' })
    expect(shown(page())).toEqual([[taken, null]])
    const { seq } = inbox.addMessage('ann')
    expect(shown(page())).toEqual([[taken, seq]])
  })

  test('is looked up by the index of its conversation', () => {
    const statements: string[] = []
    const { sqlite } = inbox
    const prepare = sqlite.prepare.bind(sqlite)
    sqlite.prepare = (source: string) => {
      statements.push(source)
      return prepare(source)
    }
    page()
    const asked = statements.filter((source) => source.includes('handoffs'))
    expect(asked).toHaveLength(1)
    for (const source of asked) {
      const plan = prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${source}`)
        .all(...Array.from(source.matchAll(/\?/g), () => 1))
        .map(({ detail }) => detail)
      expect(plan.filter((line) => /SCAN (?!placed)/.test(line))).toEqual([])
      expect(plan.join()).toContain('handoffs_conversation')
    }
  })
})

describe('a message', () => {
  test('tells that it was edited, deleted, or cannot be read here', () => {
    inbox.addMessage('ann', { editedAt: 5, removedAt: 6, unreadable: 'voice' })
    expect(only()).toMatchObject({ editedAt: 5, removedAt: 6, unreadable: 'voice' })
  })

  test('keeps its earlier texts, oldest first', () => {
    const { id } = inbox.addMessage('ann')
    inbox.queries.insert(messageVersions).values({ messageId: id, version: 2, content: 'second', replacedAt: 20 }).run()
    inbox.queries.insert(messageVersions).values({ messageId: id, version: 1, content: 'first', replacedAt: 10 }).run()
    expect(readVersions(inbox.queries, id).rows).toEqual([
      { content: 'first', replacedAt: 10 },
      { content: 'second', replacedAt: 20 },
    ])
  })

  test('shows what it answers, also a later part of a text that was split, and only in its own conversation', () => {
    inbox.addConversation('ben')
    inbox.addMessage('ben', { externalId: 'x9', content: 'A secret of Ben' })
    const asked = inbox.addMessage('ann', { senderType: 'ai', externalId: 'x1', content: `🙂${'a'.repeat(300)}` })
    inbox.queries.insert(messageParts).values({ messageId: asked.id, position: 1, externalId: 'x2' }).run()
    for (const replyTo of ['x1', 'x2', 'x9', 'unknown']) inbox.addMessage('ann', { replyTo })
    const quotes = page().messages.map((message) => message.replyTo)
    const quote = { messageId: asked.id, seq: asked.seq, preview: `🙂${'a'.repeat(159)}` }
    expect(quotes).toEqual([null, quote, quote, null, null])
  })

  test('waits with its time and the reason, and asks for a decision when it is in trouble', () => {
    const waits = inbox.addMessage('ann', { senderType: 'human_coach', deliveryStatus: 'queued' })
    const failed = inbox.addMessage('ann', { senderType: 'human_coach', deliveryStatus: 'failed' })
    const outboxId = inbox.addOutgoing('ann', { messageId: waits.id, sendAfter: 77, error: 'No connection.' })
    inbox.addOutgoing('ann', { messageId: failed.id, state: 'failed', error: 'Blocked.' })
    const [one, two] = page().messages
    expect(one?.waiting).toEqual({ outboxId, sendAfter: 77, note: 'No connection.' })
    expect(one?.trouble).toBeNull()
    expect(two?.waiting).toBeNull()
    expect(two?.trouble).toMatchObject({ state: 'failed', message: 'Blocked.' })
  })

  test('can be changed where it is ours, arrived, still there and the channel lets it', () => {
    const ours = { senderType: 'human_coach', externalId: 'x' } as const
    const cases = [
      [ours, true],
      [{ ...ours, senderType: 'ai' }, true],
      [{ ...ours, senderType: 'system' }, false],
      [{ ...ours, senderType: 'client' }, false],
      [{ ...ours, removedAt: 5 }, false],
      [{ ...ours, externalId: null }, false],
      [{ ...ours, deliveryStatus: 'unknown' }, false],
      [{ ...ours, metadata: '{"from_own_device":true}' }, false],
    ] as const
    cases.forEach(([more], index) => {
      inbox.addMessage('ann', { ...more, externalId: more.externalId === null ? null : `x${index}` })
    })
    expect(page().messages.map((message) => message.canChange)).toEqual(cases.map(([, expected]) => expected))
    expect(page({}, false).messages.some((message) => message.canChange)).toBe(false)
  })
})

describe('the opinion of a reply', () => {
  const rate = (messageId: string, given: Omit<Parameters<typeof setFeedback>[1], 'messageId'>): void =>
    inbox.write((tx) => setFeedback(tx, { messageId, ...given }, 9))

  test('is given step by step, changed, and taken back whole', () => {
    const { id } = inbox.addMessage('ann', { senderType: 'ai' })
    expect(only().feedback).toBeNull()
    rate(id, { isHelpful: false, reason: 'tone' })
    rate(id, { shouldHaveHandedOver: true })
    expect(only().feedback).toEqual({
      isHelpful: false,
      reason: 'tone',
      shouldHaveHandedOver: true,
      clientFoundHelpful: null,
    })
    rate(id, { isHelpful: true, reason: null })
    expect(only().feedback).toMatchObject({ isHelpful: true, reason: null, shouldHaveHandedOver: true })
    rate(id, { isHelpful: null, shouldHaveHandedOver: false })
    expect(only().feedback).toBeNull()
    expect(inbox.changes.at(-1)).toEqual({ topic: 'conversation', id: 'ann' })
  })

  test('of the client stands beside that of the coach', () => {
    const { id } = inbox.addMessage('ann', { senderType: 'ai' })
    inbox.queries.insert(replyFeedback).values({ messageId: id, author: 'client', isHelpful: true, createdAt: 1 }).run()
    rate(id, { isHelpful: false })
    expect(only().feedback).toMatchObject({ isHelpful: false, clientFoundHelpful: true })
    rate(id, { isHelpful: null })
    expect(only().feedback).toMatchObject({ isHelpful: null, clientFoundHelpful: true })
  })

  test('is for what the clone wrote, also where the coach approved it, and for nothing else', () => {
    const approved = inbox.addMessage('ann', { senderType: 'human_coach', metadata: '{"approved_by_coach":true}' })
    rate(approved.id, { isHelpful: true })
    for (const senderType of ['client', 'human_coach', 'system'] as const) {
      const { id } = inbox.addMessage('ann', { senderType })
      expect(() => rate(id, { isHelpful: true }), senderType).toThrow('Only replies that the clone wrote')
    }
    expect(() => rate('nobody', { isHelpful: true })).toThrow('no longer here')
  })
})
