import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { handoffs, messageSignals, outbox } from '../../../db/schema/index.ts'
import { auditCrisis, finishFollowUp, listCrises, listFollowUps, planAfterCrisis } from '../../../host/alerts/index.ts'
import { getConversation } from '../../../host/conversations/index.ts'
import { alertAgain, handBack } from '../../../host/handoff/index.ts'
import { enqueueOutgoing } from '../../../host/outbox/index.ts'
import type { CrisisSeverity } from '../../../shared/taxonomy/conversation.ts'
import { type Desk, noon, openDesk } from './desk.ts'

let desk: Desk
beforeEach(() => {
  desk = openDesk({ ownDeviceAfterSeconds: 60, alertRepeatSeconds: 30 })
  desk.alerts().start()
})
afterEach(() => desk.close())

const second = 1_000
const hour = 3_600 * second
const audit = (handoffId: string) => auditCrisis(desk.db.queries, handoffId)
const kinds = (handoffId: string) => audit(handoffId).events.map((event) => event.kind)

const storeSignals = (messageSeq: number, crisisSeverity: CrisisSeverity, crisisKinds: string[]): void => {
  desk.db.queries
    .insert(messageSignals)
    .values({
      messageSeq,
      crisisSeverity,
      crisisKinds: JSON.stringify(crisisKinds),
      sentiment: -0.9,
      urgency: 1,
      highStakes: false,
      requestsHuman: false,
      emotion: 'sad',
      situation: 'other',
    })
    .run()
}

const firstSeq = (handoffId: string): number =>
  desk.db.queries.select().from(handoffs).where(eq(handoffs.id, handoffId)).get()?.messageSeq ?? 0

const coachWrites = (conversationId: string): void =>
  desk.write((tx) => {
    const conversation = getConversation(tx.queries, conversationId)
    enqueueOutgoing(tx, conversation, { author: 'human', text: 'I am here.', senderId: 'coach' }, desk.clock.now())
  })

const settleNotice = (state: 'sent' | 'failed' | 'unknown' | 'discarded', error: string | null = null): void => {
  desk.db.queries
    .update(outbox)
    .set({ state, error, settledAt: desk.clock.now() })
    .where(eq(outbox.author, 'notice'))
    .run()
}

const endCrisis = (conversationId: string): void =>
  desk.write((tx) => {
    const ended = handBack(tx, conversationId, desk.clock.now(), true)
    if (ended) planAfterCrisis(tx, ended, { followUpHours: 24 }, desk.clock.now())
  })

describe('the record of a safety crisis', () => {
  test('tells everything that happened, in order', async () => {
    const conversationId = desk.addClient('Sarah')
    const handoffId = desk.raise(conversationId)
    storeSignals(firstSeq(handoffId), 'high', ['suicide', 'self_harm'])
    await desk.clock.advance(second)
    settleNotice('sent')
    await desk.clock.advance(69 * second)
    desk.acknowledge(conversationId)
    await desk.clock.advance(5 * second)
    desk.clientWrites(conversationId)
    await desk.clock.advance(5 * second)
    desk.takeOver(conversationId)
    await desk.clock.advance(5 * second)
    coachWrites(conversationId)
    await desk.clock.advance(hour)
    endCrisis(conversationId)
    await desk.clock.advance(24 * hour)
    const followUp = listFollowUps(desk.db.queries, desk.clock.now())[0]?.id ?? ''
    desk.write((tx) => finishFollowUp(tx, followUp, desk.clock.now()))

    const record = audit(handoffId)
    expect(record).toMatchObject({
      handoffId,
      conversationId,
      clientName: 'Sarah',
      severity: 'high',
      kinds: ['suicide', 'self_harm'],
      createdAt: noon,
      acknowledgedAt: noon + 70 * second,
      endedAt: noon + 85 * second + hour,
    })
    expect(record.events.map((event) => [(event.at - noon) / second, event.kind])).toEqual([
      [0, 'message'],
      [0, 'detected'],
      [0, 'locked'],
      [0, 'notice_queued'],
      [0, 'alert'],
      [1, 'notice_sent'],
      [30, 'alert'],
      [60, 'alert'],
      [60, 'alert'],
      [70, 'acknowledged'],
      [75, 'client_wrote'],
      [80, 'taken_over'],
      [85, 'coach_wrote'],
      [3_685, 'handed_back'],
      [3_685, 'follow_up'],
      [3_685 + 24 * 3_600, 'follow_up_done'],
    ])
    expect(record.events.filter((event) => event.kind === 'alert').map((event) => event.alert)).toEqual([
      { level: 1, route: 'console', outcome: 'raised' },
      { level: 2, route: 'console', outcome: 'raised' },
      { level: 3, route: 'console', outcome: 'raised' },
      { level: 3, route: 'own_device', outcome: 'sent' },
    ])
    expect(record.events.find((event) => event.kind === 'detected')?.text).toBe(
      'Their words were read here: serious danger, about suicide and hurting themselves.',
    )
    expect(record.events.find((event) => event.kind === 'client_wrote')?.messageId).not.toBeNull()
    expect(JSON.stringify(record)).not.toContain('SECRET')
    expect(record.events.map((event) => event.text).join()).not.toMatch(/self_harm|level|severity/i)
  })

  test('is the same whichever of its handoffs is asked about', () => {
    const conversationId = desk.addClient('Sarah')
    const handoffId = desk.raise(conversationId)
    desk.takeOver(conversationId)
    const all = desk.db.queries.select().from(handoffs).all()
    expect(all).toHaveLength(2)
    for (const { id } of all) expect(audit(id)).toEqual(audit(handoffId))
    expect(audit(handoffId).acknowledgedAt).toBe(noon)
  })

  test('goes on when danger shows again, and is as grave as its gravest moment', () => {
    const conversationId = desk.addClient('Sarah')
    const handoffId = desk.raise(conversationId)
    storeSignals(firstSeq(handoffId), 'concern', ['abuse'])
    desk.acknowledge(conversationId)
    const seq = desk.clientWrites(conversationId)
    storeSignals(seq, 'imminent', ['suicide'])
    desk.write((tx) =>
      alertAgain(tx, getConversation(tx.queries, conversationId), { score: 5, parts: [] }, desk.clock.now()),
    )
    expect(audit(handoffId)).toMatchObject({ severity: 'imminent', kinds: ['suicide', 'abuse'], acknowledgedAt: noon })
    expect(kinds(handoffId).filter((kind) => kind === 'detected' || kind === 'locked')).toEqual([
      'detected',
      'detected',
      'locked',
    ])
    expect(listCrises(desk.db.queries, { limit: 10 }).rows).toHaveLength(1)
  })

  test.each([
    ['failed', 'The bot was blocked.', 'The holding message was not sent. The bot was blocked.'],
    ['unknown', 'The connection broke.', 'The holding message may not have arrived. The connection broke.'],
    ['discarded', null, 'The holding message was not sent. By then the conversation had moved on.'],
  ] as const)('says what became of the holding message: %s', (state, error, text) => {
    const handoffId = desk.raise(desk.addClient('Sarah'))
    settleNotice(state, error)
    expect(audit(handoffId).events.find((event) => event.kind === 'notice_failed')?.text).toBe(text)
  })

  test('takes the severity from the handoff where it is not stored with the message', () => {
    const handoffId = desk.raise(desk.addClient('Sarah'))
    expect(audit(handoffId)).toMatchObject({ severity: 'concern', kinds: [] })
    const parts = JSON.stringify([{ name: 'Safety crisis', value: 'imminent', points: 5 }])
    desk.db.queries.update(handoffs).set({ parts }).where(eq(handoffs.id, handoffId)).run()
    expect(audit(handoffId)).toMatchObject({ severity: 'imminent', kinds: [] })
    expect(kinds(handoffId)).toContain('message')
    storeSignals(firstSeq(handoffId), 'none', [])
    expect(audit(handoffId)).toMatchObject({ severity: 'imminent' })
    expect(kinds(handoffId)).not.toContain('message')
  })

  test('stays readable after a night of alarms nobody heard', async () => {
    const handoffId = desk.raise(desk.addClient('Sarah'))
    await desk.clock.advance(8 * hour)
    const record = audit(handoffId)
    expect(desk.consoleRows(handoffId)).toHaveLength(961)
    expect(record.events.length).toBeLessThan(130)
    const [last] = record.events.filter((event) => event.alert?.route === 'console').slice(-1)
    expect(last).toMatchObject({
      alert: { level: 961 },
      text: expect.stringMatching(/\(\d+ more since the one before\.\)$/),
    })
  })

  test('does not exist for any other handoff', () => {
    const handoffId = desk.raise(desk.addClient('Tom'), 'client_request')
    expect(() => audit(handoffId)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
    expect(() => audit('nothing')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })
})

describe('the list of crises', () => {
  test('has each crisis once, newest first, and pages between moments, never within one', async () => {
    const [sarah, tom, maya] = [desk.addClient('Sarah'), desk.addClient('Tom'), desk.addClient('Maya')]
    const first = desk.raise(sarah)
    desk.takeOver(sarah)
    endCrisis(sarah)
    await desk.clock.advance(hour)
    const second = desk.raise(sarah)
    desk.raise(maya, 'client_request')
    const third = desk.raise(tom)
    const ids = (page: ReturnType<typeof listCrises>) => page.rows.map((row) => row.handoffId)
    const page = listCrises(desk.db.queries, { limit: 1 })
    expect(ids(page)).toEqual([third, second])
    expect(page.next).toBe(noon + hour)
    const rest = listCrises(desk.db.queries, { limit: 1, before: page.next ?? 0 })
    expect(ids(rest)).toEqual([first])
    expect(rest.next).toBeNull()
    expect(rest.rows[0]?.endedAt).toBe(noon)
  })
})
