import { afterEach, describe, expect, test } from 'vitest'
import type { SettingsValues } from '../../../shared/contract/settings.ts'
import { type Desk, noon, openDesk } from './desk.ts'

let desk: Desk
afterEach(() => desk.close())

const begin = (settings: Partial<SettingsValues> = {}): Desk => {
  desk = openDesk({ ownDeviceAfterSeconds: 3_600, ...settings })
  desk.alerts().start()
  return desk
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

describe('a call for the coach', () => {
  test('is raised at once, without a word of the client, and windows are told', () => {
    begin()
    const handoffId = desk.raise(desk.addClient('Sarah'))
    expect(desk.told).toEqual([
      {
        conversationId: 'with-Sarah',
        title: 'Safety crisis: Sarah needs you',
        body: 'Their words point to danger.',
        level: 1,
        isCrisis: true,
      },
    ])
    expect(desk.consoleRows(handoffId)).toMatchObject([{ level: 1, outcome: 'raised', createdAt: noon }])
    expect(desk.published).toContainEqual({ topic: 'alerts' })
    expect(desk.alerts().openAlerts()).toEqual([
      {
        handoffId,
        conversationId: 'with-Sarah',
        clientName: 'Sarah',
        trigger: 'safety_crisis',
        isCrisis: true,
        level: 1,
        createdAt: noon,
        ownDevice: null,
      },
    ])
  })

  test('about a safety crisis repeats at least every 30 seconds at first, then as the coach set it, and never stops', async () => {
    begin({ alertRepeatSeconds: 60 })
    const handoffId = desk.raise(desk.addClient('Sarah'))
    await desk.clock.advance(5 * minute)
    const waits = desk.consoleRows(handoffId).map((row) => (row.createdAt - noon) / second)
    expect(waits).toEqual([0, 30, 60, 90, 120, 180, 240, 300])
    expect(desk.levels(handoffId)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(desk.told.at(-1)).toMatchObject({ level: 8, body: expect.stringContaining('Nobody has acknowledged') })
  })

  test('about anything else repeats as the coach set it, and slows down after the tenth time', async () => {
    begin({ alertRepeatSeconds: 20 })
    const handoffId = desk.raise(desk.addClient('Tom'), 'client_request')
    await desk.clock.advance(3 * minute)
    expect(desk.levels(handoffId)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    await desk.clock.advance(10 * minute)
    expect(desk.levels(handoffId)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  })

  test('falls silent once it is acknowledged', async () => {
    begin()
    const conversationId = desk.addClient('Sarah')
    const handoffId = desk.raise(conversationId)
    await desk.clock.advance(minute)
    desk.acknowledge(conversationId)
    const before = desk.levels(handoffId)
    desk.published.length = 0
    await desk.clock.advance(hour)
    expect(desk.levels(handoffId)).toEqual(before)
    expect(desk.alerts().openAlerts()).toEqual([])
    expect(desk.told).toHaveLength(before.length)
  })

  test('falls silent when the coach takes over, and windows are told', async () => {
    begin()
    const conversationId = desk.addClient('Sarah')
    const handoffId = desk.raise(conversationId)
    desk.published.length = 0
    desk.takeOver(conversationId)
    expect(desk.published).toContainEqual({ topic: 'alerts' })
    await desk.clock.advance(hour)
    expect(desk.levels(handoffId)).toEqual([1])
  })

  test('that is acknowledged after it was resolved stays as it was', async () => {
    begin()
    const conversationId = desk.addClient('Sarah')
    const handoffId = desk.raise(conversationId)
    desk.takeOver(conversationId)
    desk.acknowledge(conversationId)
    desk.acknowledge(conversationId)
    await desk.clock.advance(hour)
    expect(desk.levels(handoffId)).toEqual([1])
  })

  test('rises by itself beside another one', async () => {
    begin({ alertRepeatSeconds: 30 })
    const [first, second] = [desk.addClient('Sarah'), desk.addClient('Tom')]
    const sarah = desk.raise(first)
    await desk.clock.advance(45 * 1_000)
    const tom = desk.raise(second, 'high_stakes_decision')
    await desk.clock.advance(30 * 1_000)
    expect([desk.levels(sarah), desk.levels(tom)]).toEqual([
      [1, 2, 3],
      [1, 2],
    ])
    desk.acknowledge(first)
    await desk.clock.advance(30 * 1_000)
    expect([desk.levels(sarah), desk.levels(tom)]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ])
    expect(desk.alerts().openAlerts()).toMatchObject([{ clientName: 'Tom', level: 3 }])
  })

  test('of a practice client sounds in the console like any other', () => {
    begin()
    const handoffId = desk.raise(desk.addClient('Maya', { isPractice: true }))
    expect(desk.levels(handoffId)).toEqual([1])
    expect(desk.told).toHaveLength(1)
  })

  test('shows a name a client chose without what could mislead', () => {
    begin()
    desk.raise(desk.addClient(`\u202eSarah\n\n${'x'.repeat(200)}`))
    expect(desk.told[0]?.title).toMatch(/^Safety crisis: Sarah x+… needs you$/)
    expect(desk.told[0]?.title.length).toBeLessThanOrEqual(80)
  })

  test('is told in one line where many come at once, except for crises', () => {
    begin()
    desk.crash()
    for (const name of ['A', 'B', 'C', 'D', 'E']) desk.raise(desk.addClient(name), 'no_model')
    desk.raise(desk.addClient('Sarah'))
    desk.raise(desk.addClient('Tom'))
    desk.alerts().start()
    expect(desk.told.map((one) => one.title)).toEqual([
      'Safety crisis: Sarah needs you',
      'Safety crisis: Tom needs you',
      '5 conversations need a look',
    ])
  })

  test('sounds even where nothing can be written down any more', async () => {
    begin()
    const conversationId = desk.addClient('Sarah')
    desk.db.sqlite.exec(
      "CREATE TRIGGER full BEFORE INSERT ON alerts BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END",
    )
    desk.raise(conversationId)
    expect(desk.told).toMatchObject([{ level: 1, isCrisis: true }])
    expect(desk.alerts().openAlerts()).toMatchObject([{ level: 1 }])
    await desk.clock.advance(30 * second)
    expect(desk.told.map((one) => one.level)).toEqual([1, 2])
  })
})

describe('after an interruption', () => {
  test('a start in the middle goes on with the next level at its time', async () => {
    begin({ alertRepeatSeconds: 30 })
    const handoffId = desk.raise(desk.addClient('Sarah'))
    await desk.clock.advance(70 * second)
    await desk.restart()
    expect(desk.levels(handoffId)).toEqual([1, 2, 3])
    await desk.clock.advance(20 * second)
    expect(desk.levels(handoffId)).toEqual([1, 2, 3, 4])
  })

  test('eight hours of sleep end in one call, as loud as if it had never slept, and then the usual pace', async () => {
    begin({ alertRepeatSeconds: 30 })
    const handoffId = desk.raise(desk.addClient('Sarah'))
    desk.clock.jumpTo(noon + 8 * hour)
    desk.alerts().look()
    desk.alerts().look()
    expect(desk.levels(handoffId)).toEqual([1, 961])
    await desk.clock.advance(30 * second)
    expect(desk.levels(handoffId)).toEqual([1, 961, 962])
  })

  test('a crash between the handoff and its alert is made up for at the next start', () => {
    begin()
    desk.crash()
    const handoffId = desk.raise(desk.addClient('Sarah'))
    expect(desk.levels(handoffId)).toEqual([])
    desk.alerts().start()
    expect(desk.levels(handoffId)).toEqual([1])
  })

  test('a clock that was set back by an hour does not silence a crisis', async () => {
    begin({ alertRepeatSeconds: 30 })
    const handoffId = desk.raise(desk.addClient('Sarah'))
    await desk.clock.advance(minute)
    desk.clock.jumpTo(noon - hour)
    desk.alerts().look()
    await desk.clock.advance(minute)
    expect(desk.levels(handoffId)).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('a shorter pace set by the coach holds at once', async () => {
    begin({ alertRepeatSeconds: 600 })
    const handoffId = desk.raise(desk.addClient('Tom'), 'client_request')
    await desk.clock.advance(15 * second)
    desk.set({ alertRepeatSeconds: 10 })
    expect(desk.levels(handoffId)).toEqual([1, 2])
    await desk.clock.advance(10 * second)
    expect(desk.levels(handoffId)).toEqual([1, 2, 3])
  })

  test('a listener that throws keeps nobody else from hearing', () => {
    begin()
    desk.crash()
    desk.alerts().listen(() => {
      throw new Error('window gone')
    })
    const heard: number[] = []
    desk.alerts().listen((attention) => heard.push(attention.level))
    desk.alerts().start()
    desk.raise(desk.addClient('Sarah'))
    expect(heard).toEqual([1])
  })
})
