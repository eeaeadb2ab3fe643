import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { behind, overview } from '../../../host/reports/index.ts'
import { type Ledger, openLedger } from './ledger.ts'

let ledger: Ledger
beforeEach(() => {
  ledger = openLedger()
})
afterEach(() => ledger.close())

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const monday = Date.UTC(2026, 10, 2)
const span = { from: monday, to: monday + 3 * day, timeZone: 'UTC', withPractice: false }
const report = (more: Partial<typeof span> = {}) => overview(ledger.queries, { ...span, ...more })
const listed = (what: Parameters<typeof behind>[1]['what'], more: Partial<Parameters<typeof behind>[1]> = {}) =>
  behind(ledger.queries, { ...span, what, limit: 10, ...more })

describe('the overview', () => {
  test('of a time in which nothing happened has its days, zeros, and no rates', () => {
    const found = report()
    expect(found.unit).toBe('day')
    expect(found.drafts.map((row) => row.start)).toEqual([monday, monday + day, monday + 2 * day])
    expect(found.acknowledge.map((row) => row.medianMs)).toEqual([null, null, null])
    expect(found.replies).toHaveLength(12)
    expect(found.handoffs).toEqual([])
    expect(found.totals).toEqual({
      clientMessages: 0,
      aiReplies: 0,
      handoffs: 0,
      handoffRate: null,
      shouldHaveHandedOverRate: null,
      shouldHaveHandedOver: 0,
      acknowledgeMedianMs: null,
      costMicros: 0,
      tokens: 0,
    })
  })

  test('counts replies by who stands behind them', () => {
    const ann = ledger.client('Ann')
    ledger.message(ann, 'client', monday + hour)
    ledger.message(ann, 'ai', monday + hour)
    ledger.message(ann, 'ai', monday + hour, { approved_by_coach: true })
    ledger.message(ann, 'ai', monday + hour, { approved_by_coach: true, edit_distance: 0.1 })
    ledger.message(ann, 'human_coach', monday + hour, { approved_by_coach: true, edit_distance: 0.6 })
    ledger.message(ann, 'human_coach', monday + day)
    ledger.message(ann, 'system', monday + 3 * day - 1)
    ledger.message(ann, 'ai', monday + 3 * day)
    ledger.message(ann, 'ai', monday - 1)
    const counts = report().replies.filter((row) => row.count > 0)
    expect(counts).toEqual([
      { start: monday, author: 'ai', count: 1 },
      { start: monday, author: 'approved_draft', count: 2 },
      { start: monday, author: 'human_coach', count: 1 },
      { start: monday + day, author: 'human_coach', count: 1 },
      { start: monday + 2 * day, author: 'system', count: 1 },
    ])
    expect(report().totals).toMatchObject({ clientMessages: 1, aiReplies: 3 })
  })

  test('counts a call for the coach by its trigger, and a crisis that goes on once', () => {
    const ann = ledger.client('Ann')
    ledger.handoff(ann, monday + hour, { trigger: 'client_request' })
    ledger.handoff(ann, monday + 2 * hour, { from: 'waiting', to: 'locked', trigger: 'safety_crisis' })
    ledger.handoff(ann, monday + 3 * hour, { from: 'locked', to: 'locked', trigger: 'safety_crisis' })
    ledger.handoff(ann, monday + 4 * hour, { from: 'locked', to: 'human', trigger: 'safety_crisis' })
    ledger.handoff(ann, monday + 5 * hour, { from: 'human', to: 'ai', trigger: 'handback' })
    ledger.handoff(ann, monday + day, { from: 'ai', to: 'human', trigger: 'coach' })
    ledger.handoff(ann, monday + day, { trigger: 'client_request' })
    expect(report().handoffs).toEqual([
      { start: monday, trigger: 'client_request', count: 1 },
      { start: monday, trigger: 'safety_crisis', count: 1 },
      { start: monday + day, trigger: 'client_request', count: 1 },
    ])
    expect(report().totals.handoffs).toBe(3)
  })

  test('shows handoffs of all turns, and beside them the replies that should have been one', () => {
    const ann = ledger.client('Ann')
    for (const status of ['sent', 'draft', 'silent', 'superseded', 'handoff', 'failed'] as const)
      ledger.run(ann, monday + hour, status, { costMicros: 100, promptTokens: 10, completionTokens: 1 })
    ledger.handoff(ann, monday + hour)
    const replies = [1, 2, 3, 4].map((hours) => ledger.message(ann, 'ai', monday + hours * hour))
    ledger.mark(replies[0]?.id ?? '', monday + 30 * day)
    ledger.mark(ledger.message(ann, 'ai', monday - day).id, monday + hour)
    expect(report().totals).toMatchObject({
      handoffRate: 1 / 4,
      shouldHaveHandedOver: 1,
      shouldHaveHandedOverRate: 1 / 4,
      costMicros: 600,
      tokens: 66,
    })
  })

  test('takes a draft for accepted up to an edit distance of 0.2, unedited ones among them', () => {
    const ann = ledger.client('Ann')
    ledger.draft(ann, monday, 'sent', 0)
    ledger.draft(ann, monday, 'edited', 0.2)
    ledger.draft(ann, monday, 'edited', 0.21)
    ledger.draft(ann, monday + day, 'discarded', null)
    expect(report().drafts).toEqual([
      { start: monday, accepted: 2, unedited: 1, edited: 1, discarded: 0 },
      { start: monday + day, accepted: 0, unedited: 0, edited: 0, discarded: 1 },
      { start: monday + 2 * day, accepted: 0, unedited: 0, edited: 0, discarded: 0 },
    ])
  })

  test('measures how long the coach took, where taking over answers a call too', () => {
    const [ann, bob, cleo] = [ledger.client('Ann'), ledger.client('Bob'), ledger.client('Cleo')]
    ledger.handoff(ann, monday, { acknowledgedAt: monday + minute, endedAt: monday + hour })
    ledger.handoff(bob, monday, { endedAt: monday + 3 * minute })
    ledger.handoff(bob, monday + 3 * minute, { from: 'waiting', to: 'human', acknowledgedAt: monday + 3 * minute })
    ledger.handoff(cleo, monday, { endedAt: monday + 9 * minute })
    ledger.handoff(cleo, monday + 9 * minute, { from: 'waiting', to: 'locked', trigger: 'safety_crisis' })
    expect(report().acknowledge[0]).toEqual({ start: monday, medianMs: 2 * minute, slowestMs: 3 * minute, count: 2 })
    expect(report().acknowledge[1]).toMatchObject({ medianMs: null, slowestMs: null, count: 0 })
    ledger.handoff(ann, monday + day, { acknowledgedAt: monday + day + 20 * minute })
    expect(report().acknowledge[1]).toMatchObject({ medianMs: 20 * minute, count: 1 })
    expect(report().totals.acknowledgeMedianMs).toBe(3 * minute)
  })

  test('leaves rehearsals out unless they are asked for', () => {
    for (const client of [ledger.client('Ann'), ledger.client('Maya', true)]) {
      ledger.message(client, 'client', monday + day)
      ledger.mark(ledger.message(client, 'ai', monday + day).id, monday + day)
      ledger.message(client, 'ai', monday + day, { approved_by_coach: true })
      ledger.message(client, 'human_coach', monday + 2 * day)
      ledger.message(client, 'system', monday)
      ledger.handoff(client, monday, { acknowledgedAt: monday + minute })
      ledger.run(client, monday, 'sent', { costMicros: 5, promptTokens: 7 })
      ledger.draft(client, monday, 'sent', 0)
    }
    const [real, all] = [report(), report({ withPractice: true })]
    const half = (value: unknown) =>
      JSON.parse(JSON.stringify(value), (key, one) => (['count', 'accepted', 'unedited'].includes(key) ? one / 2 : one))
    expect(real.replies).toEqual(half(all.replies))
    expect(real.drafts).toEqual(half(all.drafts))
    expect(real.handoffs).toEqual(half(all.handoffs))
    expect(real.acknowledge).toEqual(half(all.acknowledge))
    expect(real.totals).toMatchObject({ clientMessages: 1, aiReplies: 2, handoffs: 1, costMicros: 5, tokens: 7 })
    expect(all.totals).toMatchObject({ clientMessages: 2, aiReplies: 4, handoffs: 2, costMicros: 10, tokens: 14 })
    expect(listed('ai_reply').map((row) => row.clientName)).toEqual(['Ann'])
    expect(listed('handoff', { withPractice: true }).map((row) => row.clientName)).toEqual(['Maya', 'Ann'])
  })

  test('puts what happened around midnight into the coach’s day, over a change of the clock', () => {
    const ann = ledger.client('Ann')
    const berlin = { from: Date.UTC(2026, 9, 23, 22), to: Date.UTC(2026, 9, 26, 23), timeZone: 'Europe/Berlin' }
    for (const at of [
      Date.UTC(2026, 9, 24, 21, 59),
      Date.UTC(2026, 9, 24, 22),
      Date.UTC(2026, 9, 25, 22, 59),
      Date.UTC(2026, 9, 25, 23),
    ])
      ledger.message(ann, 'human_coach', at)
    const counts = report(berlin).replies.filter((row) => row.author === 'human_coach')
    expect(counts).toEqual([
      { start: Date.UTC(2026, 9, 23, 22), author: 'human_coach', count: 1 },
      { start: Date.UTC(2026, 9, 24, 22), author: 'human_coach', count: 2 },
      { start: Date.UTC(2026, 9, 25, 23), author: 'human_coach', count: 1 },
    ])
  })

  test('refuses a time zone that does not exist and an end before the beginning', () => {
    const refused = expect.objectContaining({ code: 'INVALID_INPUT' })
    expect(() => report({ timeZone: 'Mars/Olympus' })).toThrow(refused)
    expect(() => report({ to: span.from })).toThrow(refused)
    expect(() => report({ from: -8e15 })).toThrow(refused)
    expect(() => listed('ai_reply', { timeZone: "'; DROP TABLE messages" })).toThrow(refused)
  })
})

describe('the messages behind a figure', () => {
  test('are the newest first, with what there is to say about them', () => {
    const ann = ledger.client('Ann')
    ledger.message(ann, 'ai', monday, { confidence: 0.816 })
    const newer = ledger.message(ann, 'ai', monday + hour)
    ledger.message(ann, 'ai', monday + hour, { approved_by_coach: true, edit_distance: 0.123 })
    ledger.message(ann, 'human_coach', monday, { from_own_device: true })
    ledger.message(ann, 'system', monday, { notice: 'crisis_holding' })
    expect(listed('ai_reply')).toEqual([
      {
        conversationId: 'with-Ann',
        messageId: newer.id,
        messageSeq: newer.seq,
        clientName: 'Ann',
        senderType: 'ai',
        preview: 'Words of ai',
        detail: '',
        at: monday + hour,
      },
      expect.objectContaining({ detail: 'Confidence 0.82.', at: monday }),
    ])
    expect(listed('ai_reply', { limit: 1 })).toHaveLength(1)
    expect(listed('approved_draft')).toMatchObject([{ detail: 'Changed by 12 %.' }])
    expect(listed('coach_reply')).toMatchObject([{ detail: 'From your own device.', senderType: 'human_coach' }])
    expect(listed('notice')).toMatchObject([{ detail: 'Holding message of a safety crisis.' }])
  })

  test('a handoff is shown with the message before it and its reason, by trigger where one is asked for', () => {
    const ann = ledger.client('Ann')
    const { seq, id } = ledger.message(ann, 'client', monday)
    ledger.handoff(ann, monday, { trigger: 'circles', messageSeq: seq })
    ledger.handoff(ann, monday + hour, { trigger: 'client_request' })
    expect(listed('handoff')).toHaveLength(2)
    expect(listed('handoff', { trigger: 'circles' })).toMatchObject([
      { messageId: id, senderType: 'client', preview: 'Words of client', detail: 'Because of circles.' },
    ])
    expect(listed('handoff', { trigger: 'client_request' })).toMatchObject([{ messageId: null, preview: '' }])
  })

  test('a draft is shown with the message it became, or as what was discarded', () => {
    const ann = ledger.client('Ann')
    const { id } = ledger.message(ann, 'ai', monday, { approved_by_coach: true })
    ledger.draft(ann, monday, 'sent', 0, id)
    ledger.draft(ann, monday + hour, 'edited', 0.15)
    ledger.draft(ann, monday, 'edited', 0.5)
    ledger.draft(ann, monday, 'discarded', null)
    expect(listed('draft_accepted')).toMatchObject([
      { messageId: null, detail: 'Changed by 15 %.' },
      { messageId: id, detail: 'Sent as it was.', preview: 'Sent draft', senderType: 'ai' },
    ])
    expect(listed('draft_edited')).toMatchObject([{ detail: 'Changed by 50 %.' }])
    expect(listed('draft_discarded')).toMatchObject([{ messageId: null, preview: 'Draft', detail: 'Discarded.' }])
  })

  test('the slowest acknowledgements and the marked replies are those the figures count', () => {
    const ann = ledger.client('Ann')
    ledger.handoff(ann, monday, { acknowledgedAt: monday + 2 * hour })
    ledger.handoff(ann, monday + hour, { acknowledgedAt: monday + hour + 5_000 })
    ledger.handoff(ann, monday + 2 * hour, { acknowledgedAt: monday + 2 * hour + 4 * minute })
    ledger.handoff(ann, monday + 3 * hour)
    expect(listed('slow_acknowledge', { limit: 2 }).map((row) => row.detail)).toEqual([
      'Acknowledged after 4 minutes.',
      'Acknowledged after 2 hours.',
    ])
    const marked = ledger.message(ann, 'ai', monday)
    ledger.message(ann, 'ai', monday)
    ledger.mark(marked.id, monday + 9 * day)
    expect(listed('should_have_handed_over').map((row) => row.messageId)).toEqual([marked.id])
  })
})

test('no report of a month reads through all messages, runs, handoffs or drafts', () => {
  const prepared = vi.spyOn(ledger.sqlite, 'prepare')
  const month = { ...span, to: span.from + 30 * day, limit: 50 }
  overview(ledger.queries, month)
  const whats = [
    'handoff',
    'ai_reply',
    'approved_draft',
    'coach_reply',
    'notice',
    'draft_accepted',
    'draft_edited',
    'draft_discarded',
    'should_have_handed_over',
    'slow_acknowledge',
  ] as const
  for (const what of whats) behind(ledger.queries, { ...month, what })
  const statements = prepared.mock.calls.map(([text]) => text)
  prepared.mockRestore()
  expect(statements.length).toBeGreaterThan(whats.length)
  for (const text of statements) {
    const bound = Array.from({ length: text.split('?').length - 1 }, () => null)
    const plan = ledger.sqlite
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
      .all(...bound)
      .map((step) => step.detail)
    // Scanning is fine for the few clients, the buckets, and along the small index of marked replies.
    const scans = plan.filter((detail) =>
      /^SCAN (?!b\b|bucket\b|cl\b|clients\b|json_each\b|r USING|\(subquery)/.test(detail),
    )
    expect(scans, text).toEqual([])
  }
})
