import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  addFollowUp,
  auditCrisis,
  finishFollowUp,
  listFollowUps,
  planAfterCrisis,
  postponeFollowUp,
} from '../../../host/alerts/index.ts'
import { handBack } from '../../../host/handoff/index.ts'
import { type Desk, noon, openDesk } from './desk.ts'

let desk: Desk
beforeEach(() => {
  desk = openDesk()
  desk.alerts().start()
})
afterEach(() => desk.close())

const hour = 3_600_000
const listed = () => listFollowUps(desk.db.queries, desk.clock.now())
const add = (conversationId: string, dueAt: number, reason = 'Ask about the interview') =>
  desk.write((tx) => addFollowUp(tx, { conversationId, dueAt, reason }, desk.clock.now())).id
const endCrisis = (conversationId: string): void =>
  desk.write((tx) => {
    const ended = handBack(tx, conversationId, desk.clock.now(), true)
    if (ended) planAfterCrisis(tx, ended, { followUpHours: 24 }, desk.clock.now())
    if (ended) planAfterCrisis(tx, ended, { followUpHours: 24 }, desk.clock.now())
  })

describe('a follow-up', () => {
  test('is planned when a safety crisis ends, once, and told of when it falls due', async () => {
    const conversationId = desk.addClient('Sarah')
    const handoffId = desk.raise(conversationId)
    desk.takeOver(conversationId)
    endCrisis(conversationId)
    expect(listed()).toMatchObject([
      { clientId: 'Sarah', clientName: 'Sarah', conversationId, dueAt: noon + 24 * hour, isDue: false },
    ])
    const record = auditCrisis(desk.db.queries, listed()[0]?.crisisId ?? '')
    expect(record.handoffId).toBe(handoffId)
    desk.told.length = 0
    desk.published.length = 0
    await desk.clock.advance(24 * hour)
    expect(desk.told).toEqual([
      {
        conversationId,
        title: 'Time to look after Sarah',
        body: 'A follow-up you planned is due.',
        level: 0,
        isCrisis: false,
      },
    ])
    expect(desk.published).toContainEqual({ topic: 'inbox' })
    expect(desk.published).toContainEqual({ topic: 'conversation', id: conversationId })
    expect(listed()).toMatchObject([{ isDue: true }])
    await desk.clock.advance(24 * hour)
    expect(desk.told).toHaveLength(1)
  })

  test('of each crisis is its own', () => {
    const conversationId = desk.addClient('Sarah')
    for (let times = 0; times < 2; times += 1) {
      desk.raise(conversationId)
      desk.takeOver(conversationId)
      endCrisis(conversationId)
    }
    expect(listed()).toHaveLength(2)
  })

  test('that fell due while the console was closed is told of at the start', async () => {
    add(desk.addClient('Sarah'), noon + hour)
    desk.crash()
    desk.clock.jumpTo(noon + 5 * hour)
    desk.alerts().start()
    expect(desk.told.map((one) => one.title)).toEqual(['Time to look after Sarah'])
  })

  test('that is done is gone, and doing it twice changes nothing', async () => {
    const id = add(desk.addClient('Sarah'), noon + hour)
    for (let times = 0; times < 2; times += 1) desk.write((tx) => finishFollowUp(tx, id, desk.clock.now()))
    expect(listed()).toEqual([])
    await desk.clock.advance(2 * hour)
    expect(desk.told).toEqual([])
    expect(() => desk.write((tx) => postponeFollowUp(tx, { id, dueAt: noon }))).toThrow('done in the meantime')
  })

  test('that is put off is told of again at its new time', async () => {
    const id = add(desk.addClient('Sarah'), noon + hour)
    await desk.clock.advance(hour)
    desk.write((tx) => postponeFollowUp(tx, { id, dueAt: noon + 3 * hour }))
    expect(listed()).toMatchObject([{ isDue: false }])
    await desk.clock.advance(2 * hour)
    expect(desk.told).toHaveLength(2)
  })

  test('is listed with the soonest first, and refused for what is not there', () => {
    const conversationId = desk.addClient('Sarah')
    const [late, soon] = [add(conversationId, noon + 2 * hour), add(conversationId, noon + hour)]
    expect(listed().map((one) => one.id)).toEqual([soon, late])
    expect(() => add('nobody', noon)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
    expect(() => desk.write((tx) => finishFollowUp(tx, 'none', noon))).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    )
  })
})
