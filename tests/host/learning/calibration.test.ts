import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clients } from '../../../db/schema/index.ts'
import { calibrate, reliability, repliesBehind } from '../../../host/learning/index.ts'
import { anotherReply, openReplyWorld, type ReplyWorld } from './replyWorld.ts'

const borders = { lowConfidenceBelow: 0.6 }
const calm = { isHighStakes: false }
let world: ReplyWorld

beforeEach(async () => {
  world = await openReplyWorld(['Ann', 'Ben'])
})
afterEach(() => world.close())

const draft = (name: string, confidence: number) => {
  world.writes(name, 'I walked home.')
  return world.answers(name, anotherReply(), confidence, 'drafts')
}
const sent = async (name: string, confidence: number, words?: string) => {
  draft(name, confidence)
  world.sends(name, words)
  await world.pass(11_000)
  await world.pump()
  await world.pass(0)
}
const discarded = (name: string, confidence: number, count = 1) => {
  for (let index = 0; index < count; index += 1) {
    draft(name, confidence)
    world.discards(name)
  }
}
const corrected = (value: number) => calibrate(world.queries, borders).apply(value, calm)

describe('how sure the clone is', () => {
  test('is left as it is until twenty drafts were decided about, and then follows what the coach does', () => {
    discarded('Ann', 0.8, 19)
    expect(corrected(0.8)).toBe(0.8)
    discarded('Ann', 0.8)
    expect(corrected(0.8)).toBeLessThan(0.5)
    expect(calibrate(world.queries, borders).size).toBe(20)
  })

  test('goes back to what it was when the last decision is taken back', () => {
    discarded('Ann', 0.8, 19)
    discarded('Ann', 0.8)
    world.restores('Ann')
    expect(corrected(0.8)).toBe(0.8)
  })

  test('does not rest on practice clients', () => {
    discarded('Ann', 0.8, 25)
    world.queries.update(clients).set({ isPractice: true }).where(eq(clients.id, 'Ann')).run()
    expect(calibrate(world.queries, borders).size).toBe(0)
    expect(corrected(0.8)).toBe(0.8)
  })

  test('does not rest on what the clone sent by itself: only the bad ones of those are marked', async () => {
    for (let index = 0; index < 22; index += 1) {
      world.writes('Ann', 'I walked home.')
      world.answers('Ann', anotherReply(), 0.8, 'autopilot')
      await world.pump()
      world.marks('Ann', { isHelpful: false })
    }
    const own = world.outcomes().filter(({ isSelfSent, isAccepted }) => isSelfSent && isAccepted === false)
    expect(own.length).toBeGreaterThan(19)
    expect(calibrate(world.queries, borders).size).toBe(0)
  })

  test('counts a draft that was sent and should have been handed over as one that was not accepted', async () => {
    await sent('Ann', 0.85)
    expect(reliability(world.queries, borders).bins[8]).toMatchObject({ count: 1, accepted: 1 })
    world.marks('Ann', { shouldHaveHandedOver: true })
    expect(reliability(world.queries, borders).bins[8]).toMatchObject({ count: 1, accepted: 0 })
  })

  test('rests on what the clone said before the record corrected it', () => {
    discarded('Ann', 0.8, 30)
    const once = corrected(0.8)
    expect(
      world.outcomes().every(({ rawConfidence, modelConfidence }) => rawConfidence === 0.8 && modelConfidence === 0.8),
    ).toBe(true)
    expect(corrected(0.8)).toBe(once)
  })
})

describe('the page', () => {
  test('has ten bins and no error while there is nothing to rest on', () => {
    const empty = reliability(world.queries, borders)
    expect(empty).toMatchObject({ decided: 0, needed: 20, isInUse: false, error: null })
    expect(empty.bins).toHaveLength(10)
    expect(empty.bins[3]).toEqual({
      from: 0.3,
      to: 0.4,
      count: 0,
      accepted: 0,
      said: null,
      shown: null,
      low: 0,
      high: 1,
    })
  })

  test('shows what was said beside what the coach did, and the error without and with the record', () => {
    discarded('Ann', 0.8, 25)
    const { bins, error, decided, isInUse } = reliability(world.queries, borders)
    expect([decided, isInUse]).toEqual([25, true])
    expect(bins[8]).toMatchObject({ count: 25, accepted: 0 })
    expect(bins[8]?.said).toBeCloseTo(0.8, 10)
    expect(bins[8]?.shown).toBeLessThan(0.5)
    expect(error?.before.value).toBeCloseTo(0.8, 10)
    expect(error?.after.high).toBeLessThan(error?.before.low ?? 0)
  })

  test('every bin opens its replies, with what the coach did, newest first', async () => {
    await sent('Ann', 0.9)
    await sent('Ben', 0.95, 'Call me.')
    discarded('Ann', 1)
    discarded('Ann', 0.5)
    draft('Ben', 0.92)
    world.wishes('Ben')
    const rows = repliesBehind(world.queries, 0.9, 10)
    expect(rows.map(({ clientName, decision }) => [clientName, decision.replace(/\d+ %/, '%')])).toEqual([
      ['Ben', 'You asked for another'],
      ['Ann', 'You discarded it'],
      ['Ben', 'You sent it, % changed'],
      ['Ann', 'You sent it as it was'],
    ])
    expect(rows[3]).toMatchObject({ conversationId: 'Ann', said: 0.9 })
    expect(rows[3]?.text).toMatch(/\?$/)
    expect(rows[3]?.messageSeq).toBe(world.outcomes().find(({ draftOutcome }) => draftOutcome === 'sent')?.sentSeq)
    expect(repliesBehind(world.queries, 0.9, 2)).toHaveLength(2)
    expect(repliesBehind(world.queries, 0.5, 10)).toHaveLength(1)
    expect(repliesBehind(world.queries, 0.1, 10)).toEqual([])
  })
})
